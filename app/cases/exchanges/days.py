"""Which day is it for everybody who exchanges cases? The one on the Conference's clocks."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app import clock

ZONE = ZoneInfo("America/Panama")
"""On whose clocks a day of access, or of keeping, ends for all countries alike."""


def today() -> date:
    """The day it is there now."""
    return of(clock.now())


def of(instant: datetime) -> date:
    """The day it was there then."""
    return instant.astimezone(ZONE).date()
