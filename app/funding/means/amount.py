"""Which sum did a sponsor write, with whatever marks and currency it is used to?

Money has two decimals at most, so a figure can be read in one way alone: in "40.000" the point parts
thousands, in "40,00" the comma parts cents, whichever of the two the reader's own region uses.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from app.formats.numbers import NotANumber, read_number
from app.funding.courses.lists import CURRENCIES

ELSEWHERE = ("en", "es")
"""A region that parts cents with a point, and one that parts them with a comma."""
SIGNS = {"US$": "USD", "€": "EUR", "$": None}
"""Signs of money, and the currency that each means by itself."""
LONGEST = 40
_CODE, _SIGN = "[A-Za-z]{3}", "|".join(re.escape(sign) for sign in SIGNS)
_WRITTEN = re.compile(rf"({_CODE})?\s*({_SIGN})?\s*([^A-Za-z$€]+?)\s*({_SIGN})?\s*({_CODE})?")


@dataclass(frozen=True)
class Written:
    """A sum, and the currencies that are written with it."""

    amount: Decimal
    currencies: frozenset[str]


def read_sum(text: str, locale: str) -> Written:
    """The sum written in `text`. Raises NotANumber."""
    parts = _WRITTEN.fullmatch(text.strip())
    if parts is None or len(text.strip()) > LONGEST:
        raise NotANumber
    before, sign, figures, sign_after, after = parts.groups()
    codes = {code.upper() for code in (before, after) if code}
    if not all(code in CURRENCIES for code in codes):
        raise NotANumber
    meant = {SIGNS[each] for each in (sign, sign_after) if each}
    return Written(_figures(figures, locale), frozenset(codes | {each for each in meant if each}))


def _figures(text: str, locale: str) -> Decimal:
    for region in (locale, *ELSEWHERE):
        with suppress(NotANumber):
            return read_number(text, region, places=2)
    raise NotANumber
