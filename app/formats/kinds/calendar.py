"""Which answers are days? Whole dates, and dates of which only the year or month is known."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.formats.dates import (
    EXAMPLE,
    FIRST_YEAR,
    LAST_YEAR,
    NoSuchDay,
    NoSuchYear,
    NotADate,
    TwoDays,
    read_date,
    read_partial_date,
    say_date,
    say_month,
    write_date,
)
from app.formats.kinds.base import BadAnswer, CellValue, Kind, Value, one
from app.formats.words import N_

if TYPE_CHECKING:
    from app.formats.spec import Field

WRONG_YEAR = N_(
    "This year is out of what is possible: it is expected between %(first)s and %(last)s."
)
MONTH_EXPECTED = N_("Write the month as well, for example %(month)s.")
IS_PAST = N_("This day is over. Write today or a later one.")
IS_TO_COME = N_("This day is still to come. Write today or an earlier one.")
PARTIAL_EXPECTED = N_("Write as much as is known: %(year)s, %(month)s or %(example)s.")


NEVER = frozenset({"past", "coming"})
"""The days that a document may refuse, seen from the day on which the answer is given."""


def _untimely(value: Value, field: Field, today: date) -> BadAnswer | None:
    """A day that is over, or still to come, where it cannot be; of a month or a year as much as is written."""
    if value is None or "never" not in field.options:
        return None
    now = today.isoformat()[: len(value)]
    if field.options["never"] == "past":
        return BadAnswer(IS_PAST) if value < now else None
    return BadAnswer(IS_TO_COME) if value > now else None


class DateKind(Kind):
    """A day. Kept as ISO str."""

    name = "date"
    allows = MappingProxyType({"min": int, "max": int, "never": NEVER})

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        text = one(raw)
        try:
            day = read_date(text, locale) if text else None
        except NotADate as fault:
            message, params = fault.why(locale)
            raise BadAnswer(message, **params) from None
        first, last = field.options.get("min", FIRST_YEAR), field.options.get("max", LAST_YEAR)
        if day and not first <= day.year <= last:
            raise BadAnswer(WRONG_YEAR, first=first, last=last)
        return day.isoformat() if day else None

    def untimely(self, value: Value, field: Field, today: date) -> BadAnswer | None:
        return _untimely(value, field, today)

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        return [] if value is None else [write_date(date.fromisoformat(value), locale)]

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        return "" if value is None else say_date(date.fromisoformat(value), lang)

    def cell(self, value: Value, field: Field, lang: str) -> CellValue:
        return None if value is None else date.fromisoformat(value)


class PartialDateKind(Kind):
    """A day, a month or a year. Kept as "2004", "2004-05" or "2004-05-24"."""

    name = "partial_date"
    allows = MappingProxyType({"least": frozenset({"month"}), "never": NEVER})

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        text = one(raw)
        try:
            value = read_partial_date(text, locale) if text else None
            if value and len(value) == 4 and "least" in field.options:
                raise BadAnswer(MONTH_EXPECTED, month="05/2004")
            return value
        except (NoSuchDay, NoSuchYear, TwoDays) as fault:
            message, params = fault.why(locale)
            raise BadAnswer(message, **params) from None
        except NotADate:
            example = write_date(EXAMPLE, locale)
            raise BadAnswer(
                PARTIAL_EXPECTED, year="2004", month="05/2004", example=example
            ) from None

    def untimely(self, value: Value, field: Field, today: date) -> BadAnswer | None:
        return _untimely(value, field, today)

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        if value is None:
            return []
        if len(value) == 7:
            return [f"{value[5:]}/{value[:4]}"]
        return [value if len(value) == 4 else write_date(date.fromisoformat(value), locale)]

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        if value is None or len(value) == 4:
            return value or ""
        if len(value) == 7:
            return say_month(int(value[:4]), int(value[5:]), lang)
        return say_date(date.fromisoformat(value), lang)

    def cell(self, value: Value, field: Field, lang: str) -> CellValue:
        return value or None
