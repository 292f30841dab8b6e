"""Which days does a country have for its word, and which of them do not count?

What was told stays: the days that a country had written down when it was asked are kept with the
change, and one that is added later moves no clock that runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app import deadlines
from app.organisations.days import queries as days
from app.organisations.models import Organisation
from app.summaries.models import SummaryChange

DAYS_TO_OBJECT = 5
"""Working days in which a country may object to a changed preview. A proposal of this product, after
the 1540 Committee's practice; not a rule of the Conference."""
AHEAD = timedelta(days=366)
"""How far ahead days are looked up: the period cannot reach beyond."""
Off = list[list[str]]


@dataclass(frozen=True)
class Counted:
    """The days of a period: those that count, and the weekdays that do not, with why."""

    days: tuple[date, ...]
    off: tuple[tuple[date, str], ...]


def begun(country: Organisation, now: datetime) -> tuple[datetime, Off]:
    """When a period that begins now closes, and the weekdays in it that do not count."""
    today = now.astimezone(ZoneInfo(country.zone)).date()
    known = days.between(country.id, today + timedelta(days=1), today + AHEAD)
    closes_at = deadlines.closes_at(
        now, DAYS_TO_OBJECT, "working", country.zone, {each.day for each in known}
    )
    last = closes_at.astimezone(ZoneInfo(country.zone)).date()
    return closes_at, [
        [each.day.isoformat(), each.name_es, each.name_en] for each in known if each.day < last
    ]


def counted(change: SummaryChange, zone: str, lang: str) -> Counted:
    """The days of a change's period, as its country was told them."""
    first = change.proposed_at.astimezone(ZoneInfo(zone)).date()
    off = {date.fromisoformat(day): en if lang == "en" else es for day, es, en in change.days_off}
    within = deadlines.working_days(first, DAYS_TO_OBJECT, off.keys())
    return Counted(tuple(within), tuple(off.items()))
