"""Is the SQLite file opened so that nothing acknowledged can be lost?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import config
from app.cli.speech import Finding, either, right, wrong
from app.db import sqlite
from app.db.transactions import transaction
from app.extensions import db

WANTED = {"foreign_keys": 1, "synchronous": 2, "secure_delete": 1, "recursive_triggers": 1}


def look(settings: config.Settings) -> Iterator[Finding]:
    """Library, journal, pragmas and the file's own consistency; nothing on PostgreSQL."""
    if db.engine.dialect.name != "sqlite":
        return
    with transaction(writing=False) as session:
        pragma = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (*WANTED, "journal_mode", "quick_check")
        }
    yield from _library(str(pragma["journal_mode"]).upper())
    for name, value in WANTED.items():
        if pragma[name] != value:
            yield wrong(f"sqlite: {name} is {pragma[name]}, not {value}")
    yield either(
        pragma["quick_check"] == "ok",
        "sqlite: the file is consistent",
        "sqlite: the file is damaged; restore a backup",
    )
    if settings.is_production:
        yield wrong("sqlite: a server in production wants PostgreSQL, whose walls are stronger")


def _library(journal: str) -> Iterator[Finding]:
    version = sqlite3.sqlite_version
    if sqlite.has_wal_fix():
        yield right(f"sqlite: {version} has the fix of the WAL-reset fault; journal {journal}")
        return
    yield either(
        journal == "DELETE",
        f"sqlite: {version} lacks the fix of the WAL-reset fault, so the journal is DELETE",
        f"sqlite: {version} can lose commits with the journal {journal}; it must be DELETE",
    )
