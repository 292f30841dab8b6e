"""Who delivers which message now, and what became of it?

Several processes may deliver at the same time: a message is taken by one of them for a while. If that
one dies, the while ends and another takes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, insert, or_, select, true, update
from sqlalchemy.orm import Session

from app import clock
from app.db.base import new_id
from app.outbox.models import OutboxMessage
from app.outbox.states import LEASED, PARKED, SENT, SPLIT, VOID, WAITING

LEASE = timedelta(minutes=5)
MOST_TRIES = 8
PATIENCE = timedelta(days=5)
"""For how long a letter is tried that the server may yet take (RFC 5321, 4.5.4.1)."""
_table = OutboxMessage.__table__


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A message that is ours to deliver until the lease ends."""

    id: str
    kind: str
    recipient: str
    params: dict[str, Any]
    tries: int
    leased_until: datetime
    created_at: datetime


def take(
    session: Session, *, only: tuple[str, ...] | None = None, without: tuple[str, ...] = ()
) -> Taken | None:
    """The message that has been due for longest, now leased to the caller; None if none is due.

    `only` these kinds, or any `without` those.
    """
    now = clock.now()
    is_due = or_(
        and_(_table.c.state == WAITING, _table.c.due_at <= now),
        and_(_table.c.state == LEASED, _table.c.leased_until <= now),
    )
    oldest = (
        select(_table.c.id)
        .where(is_due, _table.c.kind.in_(only) if only is not None else true())
        .where(_table.c.kind.not_in(without))
        .order_by(_table.c.due_at, _table.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)  # SQLite has one writer at a time, and ignores it
    )
    row = session.execute(
        update(_table)
        .where(_table.c.id == oldest.scalar_subquery())
        .values(state=LEASED, leased_until=now + LEASE, tries=_table.c.tries + 1)
        .returning(*(_table.c[name] for name in Taken.__annotations__))
    ).one_or_none()
    return Taken(**row._mapping) if row else None


def sent(session: Session, message: Taken) -> bool:
    """It was accepted. False if the lease had been lost: then somebody else sends it again."""
    return _settle(session, message, state=SENT, sent_at=clock.now(), fault=None)


def void(session: Session, message: Taken) -> bool:
    """Nobody is left to whom it could go."""
    return _settle(session, message, state=VOID, fault=None)


def split(session: Session, message: Taken, person_ids: list[str]) -> bool:
    """It is meant for several people: each gets a message, so that none gets it twice."""
    if not _settle(session, message, state=SPLIT, fault=None):
        return False
    now = clock.now()
    common = {"kind": message.kind, "params": message.params, "state": WAITING, "tries": 0}
    session.execute(
        insert(_table),
        [
            {
                "id": new_id(),
                "recipient": f"person:{one}",
                "due_at": now,
                "created_at": now,
                **common,
            }
            for one in person_ids
        ],
    )
    return True


def failed(session: Session, message: Taken, fault: str, *, is_passing: bool = False) -> bool:
    """It was refused: later again, or parked after MOST_TRIES. `fault` is a kind, never a text.

    `is_passing`: the server may yet take it, so that it is parked after PATIENCE only.
    """
    may_wait = is_passing and clock.now() < message.created_at + PATIENCE
    if message.tries >= MOST_TRIES and not may_wait:
        return _settle(session, message, state=PARKED, fault=fault)
    due_at = clock.now() + pause_after(message.tries)
    return _settle(session, message, state=WAITING, due_at=due_at, fault=fault)


def put_back(session: Session, message: Taken, fault: str) -> bool:
    """The way was closed, which says nothing about the message: the try does not count."""
    due_at = clock.now() + pause_after(1)
    tries = message.tries - 1
    return _settle(session, message, state=WAITING, due_at=due_at, fault=fault, tries=tries)


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many tries: one minute, then twice as long each time, up to an hour."""
    return timedelta(minutes=min(2 ** (tries - 1), 60))


def _settle(session: Session, message: Taken, **values: Any) -> bool:
    still_ours = (
        (_table.c.id == message.id)
        & (_table.c.state == LEASED)
        & (_table.c.leased_until == message.leased_until)
    )
    done = session.execute(
        update(_table).where(still_ours).values(leased_until=None, **values).returning(_table.c.id)
    )
    return done.one_or_none() is not None
