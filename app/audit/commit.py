"""How does work outside a request commit, with its trace and the mail that it promised?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from app.audit import trail
from app.db.scoping import SYSTEM, Scope
from app.db.transactions import transaction
from app.jobs.wake import wake_outbox
from app.outbox.post import FRESH


@contextmanager
def committed(scope: Scope = SYSTEM) -> Iterator[Session]:
    """One transaction for actions called by a job or a command: all of it, or nothing.

    Raises RuntimeError inside another transaction.
    """
    try:
        with transaction(writing=True, scope=scope) as session:
            yield session
            session.flush()
            trail.append_queued(session)
            has_mail = session.info.pop(FRESH, False)
    except BaseException:
        _forget(session)
        raise
    if has_mail:
        wake_outbox()


def _forget(session: Session) -> None:
    trail.forget_queued(session)
    session.info.pop(FRESH, None)
