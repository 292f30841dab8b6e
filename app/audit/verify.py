"""Is the audit trail whole and unchanged?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from app.audit.chain import GENESIS, commit_to, hash_of
from app.audit.models import AuditEvent, AuditHead
from app.extensions import db

CHUNK = 2000


@dataclass(frozen=True)
class Fault:
    """Where the chain does not hold, and why."""

    seq: int
    reason: str


def verify() -> tuple[int, list[Fault]]:
    """How many events were checked, and every place where the chain does not hold.

    Removing events from the end is found only against the head row, or against an anchor kept
    elsewhere.
    """
    faults: list[Fault] = []
    count, previous = 0, GENESIS
    for event in _events():
        count += 1
        faults += _faults_of(event, count, previous)
        previous = event["hash"]
    head = db.session.execute(select(AuditHead.seq, AuditHead.hash)).one_or_none()
    if head is None or (head.seq, head.hash) != (count, previous):
        faults.append(Fault(count, "the chain does not end where its head says"))
    return count, faults


def _faults_of(event: dict, expected_seq: int, previous: str) -> list[Fault]:
    seq, faults = event["seq"], []
    if seq != expected_seq:
        faults.append(Fault(seq, f"stands where event {expected_seq} should stand"))
    if event["previous"] != previous:
        faults.append(Fault(seq, "does not follow from the event before it"))
    if hash_of(event) != event["hash"]:
        faults.append(Fault(seq, "was changed"))
    value, sealed, salt = event["value"], event["sealed"], event["salt"]
    if salt is None and (value is not None or sealed is not None):
        faults.append(Fault(seq, "holds a value to which nothing was committed"))
    elif salt and not _is_erased(event) and commit_to(value, sealed, salt) != event["commitment"]:
        faults.append(Fault(seq, "holds another value than the one committed to"))
    return faults


def _is_erased(event: dict) -> bool:
    # A value that was null when it was saved also reads as null, and its commitment still holds.
    return event["value"] is None and event["sealed"] is None and "erased" in event["detail"]


def _events() -> Iterator[dict]:
    table, last = AuditEvent.__table__, -(2**62)
    while True:
        rows = db.session.execute(
            select(table).where(table.c.seq > last).order_by(table.c.seq).limit(CHUNK)
        ).mappings().all()  # fmt: skip
        if not rows:
            return
        yield from (dict(row) for row in rows)
        last = rows[-1]["seq"]
