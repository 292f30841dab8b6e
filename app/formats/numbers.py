"""How does a region write a number, and which number did somebody there write?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal

MOST_DIGITS = 15
"""Longer figures are refused before they are computed with."""

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})
_MINUS = str.maketrans({"\u2212": "-"})


class NotANumber(ValueError):
    """The text is not a number as this region writes it, or could be read in two ways."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The signs of a region: its decimal mark and the marks it may group thousands with."""

    decimal: str
    groups: tuple[str, ...]


@lru_cache(maxsize=64)
def marks(locale: str) -> Marks:
    """The signs of a CLDR locale such as "es_HN".

    Besides CLDR's own group mark a space is understood everywhere, and a point where the comma is
    the decimal mark: CLDR writes 18 400,50 for Costa Rica, where many write 18.400,50.
    """
    symbols = Locale.parse(locale).number_symbols["latn"]
    decimal = symbols["decimal"]
    groups = {symbols["group"].translate(_SPACES), " "}
    if decimal == ",":
        groups.add(".")
    return Marks(decimal, tuple(sorted(groups)))


def read_number(text: str, locale: str, *, places: int) -> Decimal:
    """The number written in `text` with at most `places` decimals. Raises NotANumber.

    A mark that is neither the region's decimal mark nor groups exact thousands is refused, so that
    "1.234" is never taken for 1,234 in Honduras nor "1,50" for 150.
    """
    body = text.translate(_SPACES).translate(_MINUS).strip()
    negative, body = body.startswith("-"), body.removeprefix("-")
    signs = marks(locale)
    whole, mark, fraction = body.partition(signs.decimal)
    if mark and not re.fullmatch(rf"[0-9]{{1,{places}}}" if places else r"(?!)", fraction):
        raise NotANumber
    digits = _ungrouped(whole, signs, decimals_could_be_three=places >= 3 and not mark)
    if len(digits) > MOST_DIGITS:
        raise NotANumber
    number = Decimal(f"{digits}.{fraction}" if mark else digits)
    return -number if negative and number else number


def _ungrouped(whole: str, signs: Marks, *, decimals_could_be_three: bool) -> str:
    """The digits of the whole part, its groups checked."""
    if re.fullmatch(r"[0-9]+", whole):
        return whole
    for group in signs.groups:
        if group == "." and decimals_could_be_three and whole.count(".") == 1:
            continue
        if re.fullmatch(rf"[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+", whole):
            return whole.replace(group, "")
    raise NotANumber


UNGROUPED = 1000
"""From here on figures are parted into groups."""


def write_number(number: Decimal | int, locale: str, *, places: int = 0, least: int = 0) -> str:
    """The number as the region writes it, with `least` to `places` decimals, never rounded away."""
    if not least and 0 <= number < UNGROUPED and number == int(number):
        return str(int(number))  # every region we know writes these alike; most figures are small
    optional = "#" * (places - least)
    pattern = "#,##0" + (f".{'0' * least}{optional}" if places else "")
    return format_decimal(number, format=pattern, locale=locale, decimal_quantization=False)
