"""What does a cell of a workbook mean: which text, which number, which day?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum

Value = str | Decimal | date | bool


class Why(Enum):
    """Why something in a cell is no answer."""

    FORMULA = "formula"
    ERROR = "error"
    SIGNS = "signs"
    """A text with signs that nobody types and nothing can keep."""


@dataclass(frozen=True, slots=True)
class Odd:
    """What a cell may hold that is no answer: why, and what stands there where it can be shown."""

    why: Why
    text: str = ""


Held = Value | Odd
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 knows no character for."""
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_BESIDE = re.compile(r'"[^"]*"|\\.|\[(?!(?:h+|m+|s+)\])[^\]]*\]|_.|\*.', re.IGNORECASE)
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
"""Formats of dates and times that every workbook has without naming them."""
_FALSE_LEAP_DAY = 60
"""Excel counts 29 February 1900, which never was."""
_FIRST_DAY, _FIRST_DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LAST_SERIAL = 2_958_465


@dataclass(frozen=True, slots=True)
class Styles:
    """Which numbers of styles show a number as a day, and from which day is counted."""

    dates: frozenset[int] = frozenset()
    from_1904: bool = False


def unescaped(text: str) -> str | Odd:
    """The text with the signs that a workbook spells out, as `_x000D_`.

    Odd, for its signs, where half a character or a control sign is spelled out: XML itself would refuse those,
    and no database, page or file could hold them.
    """
    if "_x" not in text:
        return text
    said = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return Odd(Why.SIGNS) if _UNFIT.search(said) else said


def is_date_format(number: int, code: str) -> bool:
    """Whether a number format shows days or times."""
    if number in _DATE_FORMATS:
        return True
    return bool(set(_BESIDE.sub("", code).lower()) & set("ymdhs")) and code.lower() != "general"


def place(reference: str) -> tuple[int, int]:
    """(row, column), both from 1, of a reference such as B7. Raises ValueError."""
    found = _PLACE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def column_letters(column: int) -> str:
    """The letters of a column counted from 1: A, Z, AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def number(text: str) -> Decimal:
    """The number as people typed it: a workbook keeps 1.1 as 1.1000000000000001. Raises ValueError."""
    found = float(text)
    if found in (float("inf"), float("-inf")) or found != found:
        raise ValueError(text)
    return Decimal(format(found, ".15g"))


def day(serial: Decimal, styles: Styles) -> date | Decimal:
    """The day that a number stands for, without its time; the number itself where it is no day."""
    whole = int(serial)
    if styles.from_1904:
        return _FIRST_DAY_1904 + timedelta(whole) if 0 <= whole < _LAST_SERIAL - 1500 else serial
    if not 1 <= whole <= _LAST_SERIAL or whole == _FALSE_LEAP_DAY:
        return serial
    return _FIRST_DAY + timedelta(whole + (1 if whole < _FALSE_LEAP_DAY else 0))


def spelled_day(text: str) -> date:
    """A day that a workbook spells out as ISO 8601. Raises ValueError."""
    return datetime.fromisoformat(text.removesuffix("Z")).date()
