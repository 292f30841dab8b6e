"""Is the audit trail whole and unchanged?

The chain has no key: whoever owns the database could write all of it anew. That, and a trail cut off
together with its head, is found only against anchors kept elsewhere (see anchors.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, true

from app.audit.anchors import Anchor
from app.audit.chain import GENESIS, commit_to, hash_of
from app.audit.models import AuditEvent, AuditHead
from app.db.transactions import transaction

CHUNK = 2000
ERASURE = "values-erased"
"""The kind of event that says which events lost their values on purpose: {"seqs": [...]}."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Fault:
    """Where the chain does not hold, and why."""

    seq: int
    reason: str


@dataclass
class Verified:
    """How many events were looked at, and every place where the chain does not hold."""

    count: int = 0
    faults: list[Fault] = field(default_factory=list)


@dataclass
class _Walk:
    """What is known on the way from the first event to the last."""

    found: Verified = field(default_factory=Verified)
    previous: str = GENESIS
    seq: int = 0
    at: datetime | None = None
    head: Row | None = None
    without_value: set[int] = field(default_factory=set)
    erased: set[int] = field(default_factory=set)
    remembered: dict[int, str] = field(default_factory=dict)

    def fault(self, seq: int, reason: str) -> None:
        self.found.faults.append(Fault(seq, reason))


def verify(anchors: tuple[Anchor, ...] = ()) -> Verified:
    """Look at every event. Reads in short transactions, so that nobody waits for it."""
    walk = _Walk()
    _remember(walk, anchors)
    try:
        for walk.head, events in _chunks():
            for event in events:
                _step(walk, event)
    except (ValueError, TypeError):
        walk.fault(walk.seq + 1, "cannot be read, nor what may come after it")
    else:
        _end(walk)
    return walk.found


def _remember(walk: _Walk, anchors: tuple[Anchor, ...]) -> None:
    for anchor in anchors:
        if walk.remembered.setdefault(anchor.seq, anchor.hash) != anchor.hash:
            walk.fault(anchor.seq, "is remembered differently by two anchors")
    walk.remembered.pop(0, None)  # an anchor of the empty trail asks for no event


def _step(walk: _Walk, event: Row) -> None:
    walk.found.count += 1
    seq = event["seq"]
    if seq != walk.found.count:
        walk.fault(seq, f"stands where event {walk.found.count} should stand")
    if event["previous"] != walk.previous:
        walk.fault(seq, "does not follow from the event before it")
    if hash_of(event) != event["hash"]:
        walk.fault(seq, "was changed")
    elif event["kind"] == ERASURE:
        walk.erased |= set(json.loads(event["detail"])["seqs"])
    if reason := _fault_of_value(walk, event):
        walk.fault(seq, reason)
    if walk.remembered.pop(seq, event["hash"]) != event["hash"]:
        walk.fault(seq, "is not the event that an anchor remembers")
    walk.previous, walk.seq, walk.at = event["hash"], seq, event["at"]


def _fault_of_value(walk: _Walk, event: Row) -> str | None:
    value, sealed, salt = event["value"], event["sealed"], event["salt"]
    if event["commitment"] is None:
        has_more = salt is not None or value is not None or sealed is not None
        return "holds a value to which nothing was committed" if has_more else None
    if salt is None and value is None and sealed is None:
        walk.without_value.add(event["seq"])
        return None
    is_both = value is not None and sealed is not None
    if salt is None or is_both or commit_to(value, sealed, salt) != event["commitment"]:
        return "holds another value than the one committed to"
    return None


def _end(walk: _Walk) -> None:
    end = {"seq": walk.seq, "hash": walk.previous, "at": walk.at}
    if walk.head is None or {name: walk.head[name] for name in end} != end:
        walk.fault(walk.seq, "the chain does not end where its head says")
    for seq in sorted(walk.without_value - walk.erased):
        walk.fault(seq, "has lost the value it committed to")
    for seq in sorted(walk.remembered):
        walk.fault(seq, "is missing: an anchor remembers it")


def _chunks() -> Iterator[tuple[Row | None, list[Row]]]:
    """Some events at a time, each with the head as it stood just before them; the last is empty.

    Events and head are written together, so an empty chunk shows the head that belongs to the end.
    """
    events, heads = AuditEvent.__table__, AuditHead.__table__
    after: ColumnElement[bool] = true()
    while True:
        with transaction(writing=False) as session:
            head = session.execute(select(heads)).mappings().one_or_none()
            found = session.execute(select(events).where(after).order_by(events.c.seq).limit(CHUNK))
            rows: list[Row] = [dict(row) for row in found.mappings()]
        yield dict(head) if head else None, rows
        if not rows:
            return
        after = events.c.seq > rows[-1]["seq"]
