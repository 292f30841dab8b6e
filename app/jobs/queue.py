"""In which queue do jobs wait?

The queue holds nothing that could be lost: it says that something is to be looked at, and the
database says what.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey

from app.db import sqlite
from app.jobs.messages import JsonSerializer

NAME = "enlace"


class NoQueue(RuntimeError):
    """The queue that the settings name cannot be used; the message says why."""


def open_queue(url: str, instance: Path) -> Huey:
    """The queue of this address, or a file beside the data when none is named."""
    scheme = urlsplit(url).scheme
    if not url:
        return SqliteHuey(NAME, **_common(), **_file(instance / "queue.db"))
    if scheme in ("redis", "rediss", "unix"):
        if find_spec("redis") is None:
            raise NoQueue("ENLACE_QUEUE_URL names Redis, but the package 'redis' is not installed")
        return RedisHuey(NAME, url=url, **_common())
    if scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        dsn = "postgresql://" + url.partition("://")[2]
        # `make_ready` makes the tables: pages are served also while this server is away.
        return PostgresHuey(
            NAME, dsn=dsn, table_prefix="enlace_queue", create_tables=False, **_common()
        )
    raise NoQueue("ENLACE_QUEUE_URL must begin with redis:// or postgresql://")


def make_ready(huey: Huey) -> None:
    """Make what the queue needs in its store; before the first job is taken from it."""
    if isinstance(huey, PostgresHuey):
        huey.storage.initialize_schema()


def _common() -> dict[str, Any]:
    return {"results": False, "serializer": JsonSerializer(), "utc": True}


def _file(path: Path) -> dict[str, Any]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    return {
        "filename": str(path),
        # The same library, and so the same fault, as the data's.
        "journal_mode": sqlite.journal_mode().lower(),
        "fsync": False,
    }
