"""Whom does a promised message reach now, at the time of its delivery?

The outbox knows four ways of naming somebody (see post.py) and no feature; the feature that keeps
people tells it how each is looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol


class Addressee(Protocol):
    """A person, or somebody invited."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def email(self) -> str: ...

    @property
    def lang(self) -> str: ...


Find = Callable[..., Sequence[Addressee]]
_finders: dict[str, Find] = {}


def finds(way: str) -> Callable[[Find], Find]:
    """Register how recipients named in this way are found; it gets the parts after the first colon."""

    def register(find: Find) -> Find:
        _finders[way] = find
        return find

    return register


def find(recipient: str) -> Sequence[Addressee]:
    """Everybody the message is for who can still be reached; possibly nobody."""
    way, *parts = recipient.split(":")
    return _finders[way](*parts)
