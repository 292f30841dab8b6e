"""How are many acts written without waiting for the disk after each of them?

A preparation that is broken off begins again, so that only its end must be durable: the first commit
after the block waits for all that went before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from app.extensions import db

STATEMENTS = {"sqlite": "PRAGMA synchronous=OFF", "postgresql": "SET synchronous_commit=OFF"}


@contextmanager
def hurried() -> Iterator[None]:
    """Within the block commits do not wait. No transaction may be open at its beginning or end."""
    engine = db.engine
    statement = STATEMENTS[engine.dialect.name]

    def do_not_wait(connection: Any, record: Any) -> None:
        connection.execute(statement)
        connection.commit()

    engine.dispose()  # so that every connection of the block is opened within it
    event.listen(engine, "connect", do_not_wait)
    try:
        yield
    finally:
        event.remove(engine, "connect", do_not_wait)
        db.session.remove()
        engine.dispose()
