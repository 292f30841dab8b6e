"""How old was somebody then, when of both days perhaps only the year or the month is known?

A partial date ("2004", "2004-05") is every day it may be, so an age is a span: the youngest and the oldest that the
person can have been. What follows for certain is said; of the rest nothing is.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

OF_AGE = 18
LONGEST_LIFE = 120
BANDS = (
    *(("0-5", 0, 5), ("6-11", 6, 11), ("12-14", 12, 14), ("15-17", 15, 17), ("18-20", 18, 20)),
    *(("21-24", 21, 24), ("25-34", 25, 34), ("35-49", 35, 49), ("50+", 50, LONGEST_LIFE)),
)
"""Code of an age group, and its first and last year of age. One always ends before eighteen."""
_OF_CODE = {code: (first, last) for code, first, last in BANDS}


def days_of(partial: str) -> tuple[date, date]:
    """The first and the last day that a partial date may be."""
    year, month = int(partial[:4]), int(partial[5:7] or 0)
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if len(partial) == 7:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    day = date.fromisoformat(partial)
    return day, day


def years_between(birth: date, day: date) -> int:
    """Birthdays that passed; who was born on 29 February has theirs on 1 March in other years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def ages(birth: str | None, on: str | None) -> tuple[int, int] | None:
    """The youngest and the oldest somebody can have been; None where that is not known, or cannot be."""
    if not birth or not on:
        return None
    (born_first, born_last), (first, last) = days_of(birth), days_of(on)
    oldest = years_between(born_first, last)
    return None if oldest < 0 else (max(years_between(born_last, first), 0), oldest)


def years_of(band: str | None) -> tuple[int, int] | None:
    """The youngest and the oldest of an age group; None where the group is unknown."""
    return _OF_CODE.get(band or "")


def band_of(span: tuple[int, int] | None) -> str | None:
    """The age group in which somebody certainly was."""
    if span is None:
        return None
    found = [code for code, first, last in BANDS if first <= span[0] and span[1] <= last]
    return found[0] if found else None


def is_minor(span: tuple[int, int] | None) -> bool | None:
    """Whether somebody was under eighteen; None where both can be."""
    if span is None:
        return None
    youngest, oldest = span
    return True if oldest < OF_AGE else False if youngest >= OF_AGE else None
