"""Which messages are not letters but something still to be done, once, after what promised them?

A deed is promised in the transaction of its cause, like a letter, and done in one transaction with the
note that it was done: exactly once. It reaches every organisation, which its cause often cannot: a
sponsor who answers may not know who wrote the need.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Do = Callable[[Mapping[str, Any]], None]
_deeds: dict[str, Do] = {}


def deed(name: str) -> Callable[[Do], Do]:
    """Register what is done for a promise of this name; it gets the ids of the promise."""

    def register(do: Do) -> Do:
        _deeds[name] = do
        return do

    return register


def names() -> tuple[str, ...]:
    """Every registered deed, in alphabetical order."""
    return tuple(sorted(_deeds))


def do(name: str, params: Mapping[str, Any]) -> None:
    """Do what was promised, in the present transaction."""
    _deeds[name](params)
