"""What waits to be delivered, and what was given up?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import clock
from app.outbox.models import OutboxMessage
from app.outbox.states import LEASED, PARKED, WAITING

_table = OutboxMessage.__table__


def counts(session: Session) -> dict[str, int]:
    """How many messages stand where."""
    rows = session.execute(
        select(_table.c.state, func.count().label("many")).group_by(_table.c.state)
    )
    return {row.state: row.many for row in rows}


def oldest_due(session: Session) -> datetime | None:
    """Since when the message has been due that has waited for longest; None if none is due."""
    due = select(func.min(_table.c.due_at)).where(
        _table.c.state.in_((WAITING, LEASED)), _table.c.due_at <= clock.now()
    )
    return session.execute(due).scalar_one()


def parked(session: Session, most: int = 50) -> Sequence[OutboxMessage]:
    """Messages that were given up, the oldest first."""
    given_up = select(OutboxMessage).where(OutboxMessage.state == PARKED)
    return session.execute(given_up.order_by(OutboxMessage.created_at).limit(most)).scalars().all()


def retry(session: Session, message_id: str | None = None) -> int:
    """Take up again one message that was given up, or all of them; how many."""
    again = update(_table).where(_table.c.state == PARKED)
    if message_id is not None:
        again = again.where(_table.c.id == message_id)
    values = again.values(state=WAITING, tries=0, due_at=clock.now(), fault=None)
    return len(session.execute(values.returning(_table.c.id)).all())
