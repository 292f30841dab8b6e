"""Which typed text may be kept with a summary?"""

from __future__ import annotations

from app.formats.cleaning import UnfitText, clean
from app.formats.words import N_
from app.web.errors import Refusal

TEXT_LIMIT = 4000
"""Characters."""
TOO_LONG = N_("This is too long: at most %(most)s characters.")


def read(text: str, *, field: str, missing: str | None = None) -> str:
    """The text as it is kept. Refusal at `field` if it is too long, unfit, or missing."""
    if len(text) > TEXT_LIMIT:
        raise Refusal(TOO_LONG, field=field, most=TEXT_LIMIT)
    try:
        cleaned = clean(text, lines=True)
    except UnfitText:
        raise Refusal(
            N_("The text holds a sign that cannot be kept. Type it anew."), field=field
        ) from None
    if missing and not cleaned:
        raise Refusal(missing, field=field)
    return cleaned
