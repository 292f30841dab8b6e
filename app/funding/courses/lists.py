"""Which codes stand in a course: cost lines, payers, roles, currencies, languages, forms of payment?

The lists are those of the needs' form; an expected payer that is missing there stands nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.formats.cleaning import plain
from app.formats.spec import CodeList
from app.formats.words import N_
from app.needs.format import NEED
from app.organisations.models import Organisation

_LISTS = NEED.code_lists
COST_LINES: CodeList = _LISTS["cost_lines"]
CURRENCIES: CodeList = _LISTS["currencies"]
FORMS: CodeList = _LISTS["payment_forms"]
LANGUAGES: CodeList = _LISTS["languages"]
PAYERS: CodeList = _LISTS["payers"]
THEMES: CodeList = _LISTS["themes"]
LINE_KEYS = tuple(code.key for code in COST_LINES.codes)
"""Cost lines in the order in which people read them."""

ROLES = {
    "payer": N_("pays"),
    "content": N_("provides content"),
    "technical": N_("gives technical support"),
    "fund_seeker": N_("helps to seek funds"),
    "host": N_("hosts"),
}
"""What an organisation may be to a course."""


def choices(codes: CodeList, lang: str) -> list[tuple[str, str]]:
    """(code, words) of a list, in its order."""
    return [(code.key, code.label.say(lang)) for code in codes.codes]


def by_name(organisations: Iterable[Organisation], lang: str) -> list[tuple[str, str]]:
    """(id, name) in the order in which a reader of this language looks for a name."""
    named = [(one.id, one.name(lang)) for one in organisations]
    return sorted(named, key=lambda one: plain(one[1]))


def in_order(lines: set[str]) -> list[str]:
    """These cost lines in the order of the list."""
    return [line for line in LINE_KEYS if line in lines]
