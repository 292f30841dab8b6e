"""Which messages are not letters but something still to be done, once, after what promised them?

A deed is promised in the transaction of its cause, like a letter. It looks first, in a transaction that
only reads and so holds up nobody who writes, however much there is to find; what it found to write is
one transaction with the note that it was done: exactly once. It reaches every organisation, which its
cause often cannot: a sponsor who answers may not know who wrote the need. What changed between the
two is not overwritten: the deed looks again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


class LookAgain(Exception):
    """Raised by what is left to be written: what it was found in has changed since."""


Write = Callable[[], None]
"""What is left to be done after looking: statements that write, each only where things still stand so."""
Look = Callable[[Mapping[str, Any]], Write]
_deeds: dict[str, Look] = {}


def deed(name: str) -> Callable[[Look], Look]:
    """Register what is done for a promise of this name; it gets the ids of the promise."""

    def register(look: Look) -> Look:
        _deeds[name] = look
        return look

    return register


def names() -> tuple[str, ...]:
    """Every registered deed, in alphabetical order."""
    return tuple(sorted(_deeds))


def look(name: str, params: Mapping[str, Any]) -> Write:
    """Find out, in the present transaction, what is to be written for a promise."""
    return _deeds[name](params)
