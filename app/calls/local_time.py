"""Which instant is meant by a day and an hour on the clocks of a place?

Clocks that are put forward skip times, and clocks that are put back show times twice. A skipped time
names no instant; of a repeated one the caller says which is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


class SkippedTime(ValueError):
    """The clocks of the place never showed this time: they were put forward over it.

    `instead` is what they showed when it would have been that time.
    """

    def __init__(self, instead: time) -> None:
        super().__init__("the clocks skip this time")
        self.instead = instead


@dataclass(frozen=True)
class Meant:
    """An instant in UTC, and whether the clocks show its time twice that day."""

    instant: datetime
    is_repeated: bool = False


def instant_of(day: date, at: time, zone: str, *, later: bool) -> Meant:
    """The instant of a day and time in a zone; of a repeated time the `later` or the earlier one.

    Raises SkippedTime.
    """
    there = ZoneInfo(zone)
    first = datetime.combine(day, at, there)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return Meant(first.astimezone(UTC))
    shown = first.astimezone(UTC).astimezone(there)
    if shown.time() != at or shown.date() != day:
        raise SkippedTime(shown.time())
    return Meant((second if later else first).astimezone(UTC), is_repeated=True)


def parts_of(instant: datetime, zone: str) -> tuple[date, time]:
    """Day and time on the clocks of a zone."""
    there = instant.astimezone(ZoneInfo(zone))
    return there.date(), there.time().replace(fold=0)
