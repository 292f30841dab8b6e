"""How long does a test wait for what always comes before it says that it never will?

A test that passes does not wait so long: on a busy machine a short wait only finds out that the
machine is busy.
"""

from __future__ import annotations

import time
from collections.abc import Callable

SECONDS = 120
"""For a process to start, answer or end."""
EXPECT_MILLISECONDS = 20_000
"""For a page to show what is expected of it."""
ACT_MILLISECONDS = 60_000
"""For a page to load, and for something on it to be there to be pressed."""


def wait_until(true: Callable[[], bool], what: str) -> None:
    """Return when it is true; AssertionError naming what was waited for when it never is."""
    deadline = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.01)
