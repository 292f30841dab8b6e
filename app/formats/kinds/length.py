"""How long is a course? A number of days or weeks, and the hours of each."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.formats.kinds.base import BadAnswer, CellValue, Kind, Value
from app.formats.numbers import NotANumber, read_number, write_number
from app.formats.words import A_DAY, A_WEEK, DAY, DAYS, HOUR, HOURS, IN_ALL, N_, WEEK, WEEKS

if TYPE_CHECKING:
    from app.formats.spec import Field

UNITS = MappingProxyType({"days": (DAY, DAYS, A_DAY), "weeks": (WEEK, WEEKS, A_WEEK)})
MOST_COUNT = MappingProxyType({"days": 366, "weeks": 104})
MOST_HOURS = MappingProxyType({"days": 24, "weeks": 168})

COUNT_EXPECTED = N_("Write how many days or weeks in figures, from 1 to %(most)s.")
HOURS_EXPECTED = N_("Write the hours of each day or week in figures, for example %(example)s.")
TOO_MANY_HOURS = N_("A day has at most 24 hours and a week 168.")
UNIT_EXPECTED = N_("Choose days or weeks.")
THREE_PARTS = N_("A duration has a number, days or weeks, and hours.")


def course_hours(value: Value) -> Decimal | None:
    """Hours of a whole course; None while the duration is not complete."""
    if not value or not value.get("count") or not value.get("hours"):
        return None
    return Decimal(value["hours"]) * int(value["count"])


class DurationKind(Kind):
    """A length with its hours a unit. Kept as {"unit": "days"|"weeks", "count": int, "hours": "6"}.

    While somebody is still answering, the parts not yet given are None; only a duration with all
    three is complete.
    """

    name = "duration"
    parts = ("count", "unit", "hours")

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        if len(raw) not in (0, 3):
            raise BadAnswer(THREE_PARTS)
        count, unit, hours = (part.strip() for part in raw or ("", "", ""))
        if not count and not hours and not unit:
            return None
        known = unit if unit in UNITS else ""
        mistakes = [] if known == unit else [BadAnswer(UNIT_EXPECTED)]
        value = {
            "unit": known or None,
            "count": _read(_count, count, known, locale, mistakes),
            "hours": _read(_hours, hours, known, locale, mistakes),
        }
        if mistakes:
            raise BadAnswer(mistakes[0].message_id, *mistakes[1:], **mistakes[0].params)
        return value

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        if value is None:
            return ["", "", ""]
        count, hours = value["count"], value["hours"]
        return [
            "" if count is None else write_number(count, locale),
            value["unit"] or "",
            "" if hours is None else write_number(Decimal(hours), locale, places=2),
        ]

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        if not self.is_answered(value):
            return ""
        each = UNITS[value["unit"]][2].say(lang) if value["unit"] else ""
        said = [_counted(value, lang, locale)]
        if value["hours"]:
            said.append(f"{_hours_said(Decimal(value['hours']), lang, locale)} {each}".strip())
        text = ", ".join(part for part in said if part)
        total = course_hours(value)
        if total is None or value["unit"] is None:
            return text
        return f"{text} ({_hours_said(total, lang, locale)} {IN_ALL.say(lang)})"

    def typed(self, raw: list[str], field: Field, lang: str) -> str:
        units = {unit: words[1].say(lang) for unit, words in UNITS.items()}
        return " ".join(units.get(part, part).strip() for part in raw if part.strip())

    def cell(self, value: Value, field: Field, lang: str) -> CellValue:
        return self.show(value, field, lang, "es_419" if lang.startswith("es") else "en") or None

    def is_answered(self, value: Value) -> bool:
        return bool(value) and any(part is not None for part in value.values())

    def is_complete(self, value: Value) -> bool:
        return bool(value) and all(part is not None for part in value.values())


def _read(
    read: Callable[[str, str, str], Value], text: str, unit: str, locale: str,
    mistakes: list[BadAnswer],
) -> Value:  # fmt: skip
    """A part, or None; what is wrong with it joins the other mistakes."""
    try:
        return read(text, unit, locale) if text else None
    except BadAnswer as mistake:
        mistakes.append(mistake)
        return None


def _count(text: str, unit: str, locale: str) -> int:
    most = MOST_COUNT.get(unit, MOST_COUNT["days"])
    try:
        count = int(read_number(text, locale, places=0))
    except NotANumber:
        raise BadAnswer(COUNT_EXPECTED, most=most) from None
    if not 1 <= count <= most:
        raise BadAnswer(COUNT_EXPECTED, most=most)
    return count


def _hours(text: str, unit: str, locale: str) -> str:
    try:
        hours = read_number(text, locale, places=2)
    except NotANumber:
        hours = Decimal(0)
    if hours <= 0:
        example = write_number(Decimal("6.5"), locale, places=2)
        raise BadAnswer(HOURS_EXPECTED, example=example)
    if hours > MOST_HOURS.get(unit, MOST_HOURS["weeks"]):
        raise BadAnswer(TOO_MANY_HOURS)
    return f"{hours.normalize():f}"


def _counted(value: Value, lang: str, locale: str) -> str:
    """ "4 days", or as much of it as was answered."""
    count, unit = value["count"], value["unit"]
    number = "" if count is None else write_number(count, locale)
    if unit is None:
        return number
    singular, plural, _ = UNITS[unit]
    return f"{number} {(singular if count == 1 else plural).say(lang)}".strip()


def _hours_said(hours: Decimal, lang: str, locale: str) -> str:
    number = write_number(hours, locale, places=2)
    return f"{number} {(HOUR if hours == 1 else HOURS).say(lang)}"
