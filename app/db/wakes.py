"""When did somebody, in whichever process, commit something that readers wait for?

On PostgreSQL triggers say which record (NOTIFY with its id, sent by the commit itself). SQLite only tells
that the file changed (`PRAGMA data_version`); whoever waits then looks for themselves.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing

import psycopg
from sqlalchemy import Engine

CHANNEL = "enlace_live"
LOOK_EVERY = 0.5
"""Seconds between two looks at an SQLite file, and the longest a listener stays without a word."""
SOMETHING: frozenset[str] = frozenset({"*"})
"""Something was committed, and the database does not say what."""

Wakes = Iterator[frozenset[str]]


def wakes(engine: Engine) -> Wakes:
    """What changed, about every half second, empty where nothing did; the first is empty.

    From the first on nothing is missed. Each generator has a connection of its own, closed with it.
    """
    return _of_sqlite(engine) if engine.dialect.name == "sqlite" else _of_postgresql(engine)


def _of_sqlite(engine: Engine) -> Wakes:
    path = engine.url.database or ":memory:"
    with closing(sqlite3.connect(path, timeout=5, isolation_level=None)) as connection:
        connection.execute("PRAGMA query_only=ON")
        seen = _version(connection)
        while True:
            version = _version(connection)
            yield SOMETHING if version != seen else frozenset()
            seen = version
            time.sleep(LOOK_EVERY)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _of_postgresql(engine: Engine) -> Wakes:
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
        connection.execute(f"LISTEN {CHANNEL}")
        yield frozenset()
        while True:
            told = connection.notifies(timeout=LOOK_EVERY, stop_after=1)
            yield frozenset(each.payload for each in told)
