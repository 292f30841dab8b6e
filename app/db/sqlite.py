"""How is SQLite opened so that nothing acknowledged is lost and a sponsor sees only summaries?

Sources for the choices: `docs/decisions/0003-sqlite.md`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from app.db import scoping
from app.db.scoping import Wall
from app.db.sponsor_wall import (
    SPONSOR_COLUMNS,
    SPONSOR_INSERTS,
    SPONSOR_READS,
    SPONSOR_TRIGGERS,
    SPONSOR_UPDATES,
)
from app.db.turn import Busy, Turn

BUSY_MILLISECONDS = 5000


def has_wal_fix(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether the linked library has the fix of the WAL-reset fault, which could lose commits."""
    return (
        version >= (3, 51, 3)
        or (3, 50, 7) <= version < (3, 51, 0)
        or (3, 44, 6) <= version < (3, 45, 0)
    )


def journal_mode() -> str:
    return "WAL" if has_wal_fix() else "DELETE"


def prepare(engine: Engine) -> None:
    """Attach everything that makes an SQLite engine safe to write with several processes."""
    event.listen(engine, "do_connect", _make_private)
    event.listen(engine, "connect", _open)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "commit", _commit)
    event.listen(engine, "rollback", _give_back)
    event.listen(engine, "checkin", _forget)
    event.listen(engine, "close", _forget)


def _make_private(dialect: Any, record: Any, arguments: list[Any], options: Any) -> None:
    # SQLite would make the file readable by everybody; its journal takes the file's permissions.
    path = arguments[0] if arguments else ":memory:"
    if path != ":memory:" and not path.startswith("file:"):
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))


def _open(dbapi: sqlite3.Connection, record: Any) -> None:
    dbapi.isolation_level = None  # we say BEGIN ourselves: Python would open it deferred
    for pragma in (
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MILLISECONDS}",
        f"journal_mode={journal_mode()}",
        "synchronous=FULL",
        "secure_delete=ON",
        # Without it INSERT OR REPLACE would delete a row past the triggers that keep it.
        "recursive_triggers=ON",
    ):
        dbapi.execute(f"PRAGMA {pragma}")
    # SQLite's own lower() leaves accented letters as they are.
    dbapi.create_function("lower", 1, _lower, deterministic=True)
    path = dbapi.execute("PRAGMA database_list").fetchone()[2]
    record.info["turn"] = Turn(path) if path else None
    record.info["wall"] = record.info["writing"] = None


def _lower(text: str | None) -> str | None:
    return text.lower() if isinstance(text, str) else text


def _begin(connection: Connection) -> None:
    enter(connection)
    writing = scoping.is_writing()
    try:
        if writing and (turn := connection.info["turn"]) is not None:
            turn.take(BUSY_MILLISECONDS / 1000)
        _say(connection, "BEGIN IMMEDIATE" if writing else "BEGIN", writing=writing)
    except Busy:
        locked = sqlite3.OperationalError("database is locked")
        raise OperationalError("BEGIN IMMEDIATE", None, locked) from None
    except sqlite3.Error as fault:
        _give_back(connection)
        raise OperationalError("BEGIN", None, fault) from fault
    except Exception:
        _give_back(connection)
        raise


def _say(connection: Connection, begin: str, *, writing: bool) -> None:
    # To the driver itself: by way of SQLAlchemy these took as long as one of a page's queries.
    dbapi: Any = connection.connection.dbapi_connection
    if connection.info["writing"] is not writing:
        dbapi.execute(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
        connection.info["writing"] = writing
    dbapi.execute(begin)


def _commit(connection: Connection) -> None:
    # SQLAlchemy says it is about to commit. The turn ends after the commit, so we do it here; what
    # SQLAlchemy does next finds no transaction and is nothing.
    try:
        connection.exec_driver_sql("COMMIT")
    finally:
        _give_back(connection)


def _give_back(connection: Connection) -> None:
    if connection.invalidated:  # given back when it was closed
        return
    if (turn := connection.info.get("turn")) is not None:
        turn.give_back()


def _forget(dbapi: Any, record: Any) -> None:
    # However a connection is left: nobody waits for a turn that is over.
    if (turn := record.info.get("turn")) is not None:
        turn.give_back()


def enter(connection: Connection) -> None:
    """Put the authorizer of the current scope on the connection, or take it off."""
    wall = scoping.current().wall is Wall.SPONSOR
    if connection.info["wall"] != wall:
        dbapi: Any = connection.connection.dbapi_connection
        dbapi.set_authorizer(authorize_sponsor if wall else None)
        connection.info["wall"] = wall


def authorize_sponsor(
    action: int, table: str | None, column: str | None, database: str | None, trigger: str | None
) -> int:
    """SQLite's question for every table and column of a statement, answered for a sponsor."""
    if trigger in SPONSOR_TRIGGERS:
        return sqlite3.SQLITE_OK
    may = _SPONSOR_ANSWERS.get(action, lambda *_: False)
    return sqlite3.SQLITE_OK if may(table, column) else sqlite3.SQLITE_DENY


def _may_read(table: str | None, column: str | None) -> bool:
    return table in SPONSOR_READS or (table, column) in SPONSOR_COLUMNS


def _always(*_: str | None) -> bool:
    return True


_SPONSOR_ANSWERS: dict[int, Callable[[str | None, str | None], bool]] = {
    sqlite3.SQLITE_SELECT: _always,
    sqlite3.SQLITE_TRANSACTION: _always,
    sqlite3.SQLITE_SAVEPOINT: _always,
    sqlite3.SQLITE_FUNCTION: _always,
    sqlite3.SQLITE_READ: _may_read,
    sqlite3.SQLITE_INSERT: lambda table, _: table in SPONSOR_INSERTS,
    sqlite3.SQLITE_UPDATE: lambda table, column: column in SPONSOR_UPDATES.get(table, ()),
    sqlite3.SQLITE_PRAGMA: lambda name, _: name == "query_only",
}
