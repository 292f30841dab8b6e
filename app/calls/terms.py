"""What does the Secretariat decide about a call before it opens, and what is still missing?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.accounts.zones import COUNTRY_OF
from app.calls.models import Call
from app.formats.words import N_
from app.web.errors import Refusal

FORMAT = "need"
"""The format that calls ask countries to answer: the training need's."""
CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
CODE_LENGTH, TITLE_LENGTH, GUIDANCE_LENGTH, REASON_LENGTH = 16, 160, 8000, 1000

TRANSLATIONS = {
    "title_es": N_("the title in Spanish"),
    "title_en": N_("the title in English"),
    "guidance_es": N_("the guidance in Spanish"),
    "guidance_en": N_("the guidance in English"),
}
"""Each text of a call, as it is named where it is missing."""

NO_TITLE = N_("Write the title, in one language at least.")
NO_COUNTRY = N_("Choose at least one country.")


@dataclass(frozen=True, kw_only=True)
class Words:
    """The texts of a call that countries read, in both languages."""

    title_es: str
    title_en: str
    guidance_es: str = ""
    guidance_en: str = ""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Everything that may change while a call is a draft. `countries` are delegations' ids."""

    code: str
    words: Words
    format_version: int
    zone: str
    opens_at: datetime
    closes_at: datetime
    countries: frozenset[str]


class Untranslated(Refusal):
    """A call cannot be announced while one of its texts stands in one language only."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(
            N_("Countries read a call in Spanish and in English. Still missing: %(what)s."),
            field=missing[0],
        )
        self.missing = missing

    def say(self) -> str:
        return _(self.message, what=", ".join(_(TRANSLATIONS[name]) for name in self.missing))


def untranslated(call: Call | Words) -> tuple[str, ...]:
    """The texts without which the call cannot be announced, by name.

    The title is needed in both languages; the guidance in both or in neither.
    """
    missing = [name for name in ("title_es", "title_en") if not getattr(call, name)]
    if bool(call.guidance_es) != bool(call.guidance_en):
        missing.append("guidance_en" if call.guidance_es else "guidance_es")
    return tuple(missing)


def refuse_untranslated(call: Call | Words) -> None:
    """Raise Untranslated naming what stands in one language only."""
    if missing := untranslated(call):
        raise Untranslated(missing)


def refuse_unfit(terms: Terms, *, versions: list[int], delegations: set[str]) -> None:
    """Raise Refusal for terms under which no call can be held."""
    refuse_too_long(terms.words)
    if not (terms.words.title_es or terms.words.title_en):
        raise Refusal(NO_TITLE, field="title_es")
    if len(terms.code) > CODE_LENGTH or not CODE.fullmatch(terms.code):
        raise Refusal(
            N_("Write up to 16 capital letters, digits and hyphens, for example 2004."),
            field="code",
        )
    if terms.format_version not in versions:
        raise Refusal(N_("Choose one of the published versions of the form."),
                      field="format_version")  # fmt: skip
    if terms.zone not in COUNTRY_OF:
        raise Refusal(N_("Choose one of the time zones of the list."), field="zone")
    if terms.closes_at <= terms.opens_at:
        raise Refusal(N_("The call would close before it opens. Choose a later close."),
                      field="closes_day")  # fmt: skip
    refuse_uninvited(terms.countries, delegations)


def refuse_uninvited(countries: frozenset[str], delegations: set[str]) -> None:
    """Raise Refusal for no country at all, and for one that is no delegation."""
    if not countries:
        raise Refusal(NO_COUNTRY, field="countries")
    if not countries <= delegations:
        raise Refusal(N_("Choose countries of the list only."), field="countries")


def refuse_too_long(words: Words) -> None:
    """Raise Refusal for a text that is longer than a call's may be."""
    for name in TRANSLATIONS:
        limit = TITLE_LENGTH if name.startswith("title") else GUIDANCE_LENGTH
        if len(getattr(words, name)) > limit:
            raise Refusal(TOO_LONG, field=name, limit=limit)


TOO_LONG = N_("Write no more than %(limit)s characters.")


def columns_of(terms: Terms) -> dict[str, Any]:
    """The columns of a call that its terms fill."""
    return {
        "code": terms.code,
        "format_version": terms.format_version,
        "zone": terms.zone,
        "opens_at": terms.opens_at,
        "closes_at": terms.closes_at,
        **vars(terms.words),
    }
