"""When does a period end, in calendar or in working days, in a stated time zone?"""

from __future__ import annotations

from collections.abc import Set
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Days = Literal["calendar", "working"]
END_OF_DAY = time(23, 59, 59)


def closes_at(
    anchor: datetime, days: int, kind: Days, zone: str, holidays: Set[date] = frozenset()
) -> datetime:
    """The last instant (UTC) of the day that lies `days` days after the anchor's day in `zone`.

    The anchor's own day is not counted. Working days leave out Saturdays, Sundays and `holidays`.
    Raises ValueError for a negative count.
    """
    if days < 0:
        raise ValueError("a period cannot be negative")
    last = anchor.astimezone(ZoneInfo(zone)).date()
    if kind == "calendar":
        last += timedelta(days=days)
    else:
        last = [last, *working_days(last, days, holidays)][-1]
    return datetime.combine(last, END_OF_DAY, ZoneInfo(zone)).astimezone(UTC)


def working_days(after: date, days: int, holidays: Set[date] = frozenset()) -> list[date]:
    """The next so many days after `after` that are neither weekends nor holidays."""
    found: list[date] = []
    while len(found) < days:
        found.append(next_working_day(found[-1] if found else after, holidays))
    return found


def next_working_day(after: date, holidays: Set[date] = frozenset()) -> date:
    """The first day after `after` that is neither a weekend nor a holiday."""
    day = after + timedelta(days=1)
    while day.weekday() >= 5 or day in holidays:
        day += timedelta(days=1)
    return day
