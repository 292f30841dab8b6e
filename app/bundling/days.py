"""From when until when does a course last that may begin on a day, and where are its days of instruction?

Its days are working days of whoever hosts it; weekends and the host's own days off lie between them.
"""

from __future__ import annotations

from datetime import date, timedelta

from app.bundling.world import Host
from app.deadlines import working_days

_A_DAY = timedelta(days=1)


def held(opens: date, days: int, host: Host) -> tuple[date, date]:
    """The first and the last day of a course of so many days that begins as soon as it can from `opens`."""
    found = working_days(opens - _A_DAY, days, frozenset(host.off))
    return found[0], found[-1]


def lasts(first: date, last: date, days: int, host: Host) -> bool:
    """Whether a course from the first to the last day has so many days of instruction, none of them off."""
    return held(first, days, host) == (first, last)
