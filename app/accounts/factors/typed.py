"""What did somebody give as their second factor: six figures, a code of a sheet, the answer of a key?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.accounts.factors import sheets, totp

BOX, KEY, NEW_KEY = "factor", "factor_passkey", "new_factor_passkey"
"""The names of the inputs of `ui.factor()`; no page ever shows again what stood in them."""
LONGEST = 40


@dataclass(frozen=True)
class Given:
    """At most one of them."""

    figures: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    passkey: str = field(default="", repr=False)
    is_empty: bool = False

    @classmethod
    def of(cls, form: Mapping[str, str]) -> Given:
        """What stands in a form. What can be no code at all is nothing of the three."""
        if answer := form.get(KEY, "").strip():
            return cls(passkey=answer)
        typed = form.get(BOX, "")
        text = sheets.plain(typed[:LONGEST])
        if not text:
            return cls(is_empty=not typed.strip())
        if text.isascii() and text.isdigit() and len(text) == totp.DIGITS:
            return cls(figures=text)
        return cls(code=text) if sheets.is_code(text) else cls()
