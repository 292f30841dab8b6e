"""When is a unit reminded of a follow-up: seven days and one before its day, and every seven after it?"""

from __future__ import annotations

EARLY, LATE, EVERY = 7, 1, 7


def milestone(left: int) -> int | None:
    """For which of these days one is reminded when so many are left (below nought: when so many are over)."""
    if left > EARLY:
        return None
    if left > LATE:
        return EARLY
    if left > -EVERY:
        return LATE
    return -(-left // EVERY) * EVERY
