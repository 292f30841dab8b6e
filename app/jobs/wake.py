"""How does a committed transaction wake the job that delivers its messages?"""

from __future__ import annotations

from collections.abc import Callable

_wakers: list[Callable[[], None]] = []


def on_wake(waker: Callable[[], None]) -> Callable[[], None]:
    """Register what wakes the delivery; the outbox job does."""
    _wakers[:] = [waker]
    return waker


def wake_outbox() -> None:
    """Ask for delivery soon. Losing this call loses nothing: a periodic job looks as well."""
    for waker in _wakers:
        waker()
