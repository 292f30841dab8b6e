"""Which main pages does this reader have, and to which of them does the present one belong?

Features name theirs; the table decides who sees them. A page belongs to the main page under whose address
it stands, or to the one that its feature names for it (`Under`).
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from app.policy.actor import Actor
from app.policy.engine import might
from app.policy.permissions import Permission
from app.web.addresses import address
from app.web.sentences import gettext as _


@dataclass(frozen=True)
class Entry:
    """A main page: its endpoint, the msgid of its name, and who has it."""

    endpoint: str
    label: str
    permission: Permission
    is_first: bool = False
    """Whether it stands before the others, whatever the order of the features."""


@dataclass(frozen=True)
class Under:
    """That pages below an address belong to the first of these main pages that the reader has."""

    path: str
    endpoints: tuple[str, ...]


_entries: list[Entry] = []
_unders: list[Under] = []


def register(named: Entry | Under | tuple[Entry | Under, ...] | None) -> None:
    """Add a feature's main pages, in the order of the features, and where its other pages belong."""
    for each in named if isinstance(named, tuple) else (named,):
        if isinstance(each, Under):
            if each not in _unders:
                _unders.append(each)
        elif each is not None and each not in _entries:
            _entries.insert(0 if each.is_first else len(_entries), each)


def entries(actor: Actor | None) -> list[tuple[str, str, str]]:
    """(name, address, what it is to the present page) for each main page of the reader.

    "page" is the present page itself, "true" the one to which it belongs, "" any other.
    """
    if actor is None:
        return []
    own = {each.endpoint: each for each in _entries if might(actor, each.permission)}
    present = _present(own)
    return [
        (_(entry.label), address(endpoint), _current(endpoint) if endpoint == present else "")
        for endpoint, entry in own.items()
    ]


def _current(endpoint: str) -> str:
    return "page" if request.endpoint == endpoint else "true"


def _present(own: dict[str, Entry]) -> str | None:
    """The main page of the reader to which the present page belongs: the one with the longest address."""
    places = {address(endpoint).removeprefix(request.script_root): endpoint for endpoint in own}
    for under in _unders:
        belongs = next((each for each in under.endpoints if each in own), None)
        if belongs is not None:
            places.setdefault(under.path, belongs)
    here = [path for path in places if request.path == path or request.path.startswith(f"{path}/")]
    return places[max(here, key=len)] if here else None
