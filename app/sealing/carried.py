"""How are the keys of records carried beside a backup, and brought back with what was erased left out?

They are a part of their own, to be thrown away much sooner than the rest: as long as it is there, whoever has
it, the backup and the master key can open what has been erased since. The keys in it are wrapped.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Integer, LargeBinary, String, select

from app.db.adding import add_missing
from app.db.types import Instant
from app.extensions import db
from app.sealing import erasing
from app.sealing.models import KnownMasterKey, OrganisationKey, StoredRecordKey, WrappedKey

Rows = list[dict[str, Any]]
TABLES: dict[str, Any] = {
    model.__tablename__: model.__table__ for model in (KnownMasterKey, OrganisationKey, WrappedKey)
}
READERS: dict[type, Callable[[Any], Any]] = {
    LargeBinary: lambda text: base64.b64decode(text, validate=True),
    Instant: datetime.fromisoformat,
    Integer: int,
    String: str,
}


class Damaged(ValueError):
    """The file is not as it was written."""


@dataclass(frozen=True)
class Brought:
    """What came of bringing keys back."""

    keys: int
    erased: int


def write(path: Path) -> int:
    """Write the keys of all records that are not erased; how many there are."""
    parts = {name: _rows(table) for name, table in TABLES.items()}
    body = json.dumps(parts, default=_spelt, indent=1).encode()
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        file.flush()
        os.fsync(file.fileno())
    return len(parts[WrappedKey.__tablename__])


def read(path: Path) -> dict[str, Rows]:
    """The rows of each table. Raises Damaged."""
    digest, _, body = path.read_bytes().partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != digest:
        raise Damaged
    found = json.loads(body)
    return {name: [_row(table, each) for each in found[name]] for name, table in TABLES.items()}


def bring_back(parts: dict[str, Rows], ledger: Sequence[dict[str, Any]]) -> Brought:
    """Erase first what the ledger names, then give the records that are left their keys."""
    erasing.replay([*ledger, *erasing.ledger()])
    masters, organisations, wrapped = (parts[name] for name in TABLES)
    add_missing(TABLES["master_key"], masters)
    owner = next(iter(TABLES["organisation_key"].c.organisation_id.foreign_keys)).column
    there = set(db.session.execute(select(owner)).scalars())
    add_missing(TABLES["organisation_key"], [row for row in organisations if _of(row) in there])
    living, erased = _records(erased=False), _records(erased=True)
    back = [row for row in wrapped if (_of(row), row["record_id"]) in living]
    add_missing(TABLES["wrapped_key"], back)
    return Brought(len(back), sum((_of(row), row["record_id"]) in erased for row in wrapped))


def _records(*, erased: bool) -> set[tuple[str, str]]:
    table: Any = StoredRecordKey.__table__
    at = table.c.destroyed_at
    which = at.is_not(None) if erased else at.is_(None)
    rows = select(table.c.organisation_id, table.c.record_id).where(which)
    return {(row.organisation_id, row.record_id) for row in db.session.execute(rows)}


def _of(row: dict[str, Any]) -> str:
    return str(row["organisation_id"])


def _rows(table: Any) -> Rows:
    return [dict(row) for row in db.session.execute(select(table)).mappings()]


def _spelt(value: Any) -> str:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value.isoformat()


def _row(table: Any, spelt: dict[str, Any]) -> dict[str, Any]:
    return {column.name: READERS[type(column.type)](spelt[column.name]) for column in table.columns}
