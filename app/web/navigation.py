"""Which main pages does this reader have? Features name theirs; the table decides who sees them."""

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


_entries: list[Entry] = []


def register(entry: Entry | tuple[Entry, ...] | None) -> None:
    """Add a feature's main pages, in the order of the features."""
    for each in entry if isinstance(entry, tuple) else (entry,):
        if each is not None and each not in _entries:
            _entries.insert(0 if each.is_first else len(_entries), each)


def entries(actor: Actor | None) -> list[tuple[str, str, bool]]:
    """(name, address, whether it is the present page) for each main page of the reader."""
    if actor is None:
        return []
    here = (request.endpoint or "").split(".")[0]
    return [
        (_(entry.label), address(entry.endpoint), entry.endpoint.split(".")[0] == here)
        for entry in _entries
        if might(actor, entry.permission)
    ]
