"""How does work outside a request, a job or a command, get a transaction of its own?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from app.db.scoping import SYSTEM, Scope, scoped
from app.extensions import db


@contextmanager
def transaction(*, writing: bool, scope: Scope = SYSTEM) -> Iterator[Session]:
    """One transaction, behind the wall of `scope`; committed when the block ends well and it writes.

    Raises RuntimeError inside another transaction: what that one did would be lost or mixed in.
    """
    session = db.session()
    if session.in_transaction():
        raise RuntimeError("a transaction is open already; end it first")
    with scoped(scope, writing=writing):
        try:
            yield session
            if writing:
                session.commit()
        finally:
            session.rollback()
