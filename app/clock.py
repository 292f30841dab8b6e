"""What time is it in the product?

The only source of time for what the product says and stores. The demonstration begins on 24 May
2004: its clock is real time plus an offset fixed when it was prepared. Sign-in, tokens and codes use
`real_now()`, since they must expire in the world outside. A day that ends for all countries alike ends on
the Conference's clocks, whatever the reader's own say.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Panama")
"""On whose clocks a day ends for all countries alike."""

_offset = timedelta()
_stopped: ContextVar[datetime | None] = ContextVar("stopped_clock", default=None)


def now() -> datetime:
    """The product's present instant, in UTC."""
    return _stopped.get() or real_now() + _offset


def day_of(instant: datetime) -> date:
    """The day it was for all countries alike."""
    return instant.astimezone(ZONE).date()


def today() -> date:
    """The day it is for all countries alike."""
    return day_of(now())


def real_now() -> datetime:
    """The world's present instant, in UTC."""
    return datetime.now(UTC)


def set_offset(offset: timedelta) -> None:
    """Move the product's time away from the world's, once, at start."""
    global _offset
    _offset = offset


@contextmanager
def stopped_at(instant: datetime) -> Iterator[None]:
    """Hold the product's time still: for preparing the demonstration, and for tests."""
    token = _stopped.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _stopped.reset(token)
