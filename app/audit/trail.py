"""How does an action leave its trace, in the same transaction as the act?

Actions queue events; they are appended last, just before the commit, so that the chain's lock is
held only for the append. If the append fails, so does the act.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from app import clock
from app.audit.chain import GENESIS, canonical, commit_to, hash_of, new_salt
from app.audit.models import AuditEvent, AuditHead
from app.extensions import db
from app.policy.actor import Actor

QUEUE = "audit_queue"
_HEAD = AuditHead.__table__
HEAD = select(_HEAD.c.seq, _HEAD.c.hash).with_for_update()
APPEND = insert(AuditEvent.__table__)
MOVE_HEAD = update(_HEAD).values(
    seq=bindparam("to_seq"), hash=bindparam("to_hash"), at=bindparam("to_at")
)
"""Made once: every change of anything ends with these three."""


def record(
    actor: Actor | None,
    kind: str,
    *,
    subject: tuple[str, str],
    owner: str | None = None,
    part: str = "",
    row: str = "",
    revision: int | None = None,
    detail: dict[str, Any] | None = None,
    value: Any = None,
    sealed: bytes | None = None,
    keeps_value: bool = False,
) -> None:
    """Queue an event. `subject` is (kind, id); `owner` the organisation whose record it is.

    `detail` never holds an answer; an answer goes to `value` with `keeps_value`, or to `sealed`.
    """
    salt = new_salt() if keeps_value or sealed is not None else None
    event = {
        "at": clock.now(),
        "kind": kind,
        "person_id": actor.person_id if actor else None,
        "acting_organisation_id": actor.organisation_id if actor else None,
        "owner_organisation_id": owner,
        "subject_kind": subject[0],
        "subject_id": subject[1],
        "part": part,
        "row_id": row,
        "revision": revision,
        "detail": canonical(detail or {}),
        "value": value if keeps_value else None,
        "sealed": sealed,
        "salt": salt,
        "commitment": commit_to(value, sealed, salt) if salt else None,
    }
    db.session.info.setdefault(QUEUE, []).append(event)


def append_queued(session: Session) -> None:
    """Append the queued events to the chain; called once, right before the commit."""
    queued = session.info.pop(QUEUE, None)
    if not queued:
        return
    connection = session.connection()
    seq, previous = connection.execute(HEAD).one()
    for event in queued:
        seq += 1
        event.update(seq=seq, previous=previous)
        event["hash"] = previous = hash_of(event)
    connection.execute(APPEND, queued)
    connection.execute(MOVE_HEAD, {"to_seq": seq, "to_hash": previous, "to_at": queued[-1]["at"]})


def forget_queued(session: Session) -> None:
    session.info.pop(QUEUE, None)


def first_head() -> dict[str, Any]:
    """The row with which the chain begins; written by the migration."""
    return {"id": 1, "seq": 0, "hash": GENESIS, "at": None}
