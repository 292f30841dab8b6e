"""How are rows added of which some may be there already?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, Table
from sqlalchemy.dialects import postgresql, sqlite

from app.extensions import db


def add_missing(table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows that are not there yet; those that are stay as they are."""
    if not rows:
        return
    db.session.execute(_insert(table).on_conflict_do_nothing(), list(rows))


def add_selected(table: Table, columns: Sequence[str], query: Select[Any]) -> None:
    """Insert what a query gives and is not there yet, without reading what is.

    The query needs a condition: SQLite takes the conflict for a part of one that has none.
    """
    adding = _insert(table).from_select(list(columns), query)
    db.session.execute(adding.on_conflict_do_nothing())


def _insert(table: Table) -> Any:
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
