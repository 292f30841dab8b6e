"""How is the database of these settings opened, whichever of the two it is?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from app.db import postgresql, scoping, sqlite
from app.db.scoping import Scope

THREADS = 64
"""How many requests one process works on at once (gunicorn.conf.py); on SQLite each may need a
connection, and while it waits for its turn to write it holds one."""
POOL_PATIENCE = 5
"""Seconds to wait for a connection before the answer is 503; SQLAlchemy's thirty would be an age."""


def options(url: str) -> dict[str, Any]:
    """SQLAlchemy's options for the engine of this URL."""
    # An error message with its parameters would carry answers into logs.
    common = {"hide_parameters": True, "pool_timeout": POOL_PATIENCE}
    if url.startswith("sqlite"):
        waiting = {"timeout": sqlite.BUSY_MILLISECONDS / 1000}
        return {**common, "connect_args": waiting, "pool_size": 8, "max_overflow": THREADS - 8}
    # A server takes a hundred at first: two such pools and the jobs beside them fit in.
    return {**common, "connect_args": postgresql.CONNECT_ARGS, "pool_size": 10, "max_overflow": 30}


def prepare(engine: Engine) -> None:
    """Attach walls, locks and pragmas to an engine; once for each engine."""
    (sqlite if engine.dialect.name == "sqlite" else postgresql).prepare(engine)


def watch(session: Any) -> None:
    """Attach the check against foreign rows to a session factory; once for each process."""
    if not event.contains(session, "before_flush", scoping.refuse_foreign_rows):
        event.listen(session, "before_flush", scoping.refuse_foreign_rows)


def enter(session: Session, scope: Scope, *, writing: bool) -> None:
    """Continue under another scope.

    A transaction that will write begins anew on SQLite, where a read lock must not be upgraded, and
    where a reading transaction cannot write; on PostgreSQL a reading one likewise begins anew.
    """
    before, was_writing = scoping.current(), scoping.is_writing()
    scoping.set_scope(scope, writing=writing)
    if not session.in_transaction():
        return
    if writing != was_writing:
        session.rollback()
        return
    if scope == before:
        return
    connection = session.connection()
    (sqlite if connection.dialect.name == "sqlite" else postgresql).enter(connection)
