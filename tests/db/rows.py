"""How does a test fill every table there is, for several organisations, without knowing the features?

The rows follow from the tables: references lead to the rows of the same organisation, everything else
is made up by type. A table that is added tomorrow is filled, and so walled, without a change here.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Table

from app.db.base import Owned, new_id
from app.db.types import Hundredths, Instant
from app.extensions import db

SHIPPED = frozenset({"audit_head", "installation", "audit_event"})
"""One row for the installation, or filled by the trail alone."""
SAID: dict[tuple[str, str], Any] = {
    ("comment", "circle"): "shared",
    ("course_session", "ends"): time(10),
    ("course_standing", "cost"): Decimal(2),
    ("addressee", "delivered_at"): datetime(2004, 5, 24, 14, 0, tzinfo=UTC),
    ("dossier", "is_submitted"): True,
    ("edition", "state"): "draft",
    ("exchange", "released_at"): datetime(2004, 5, 24, 14, 0, tzinfo=UTC),
    ("offer", "opened_at"): datetime(2004, 5, 24, 14, 0, tzinfo=UTC),
    ("person", "active"): True,
    ("reservation_rule", "confirmed_at"): datetime(2004, 5, 24, 14, 0, tzinfo=UTC),
}
"""Values on which walls depend."""
BEGINNING = datetime(2004, 5, 24, 14, 0, tzinfo=UTC)
MADE: dict[type, Any] = {
    Instant: BEGINNING,
    Hundredths: Decimal(1),
    sa.Boolean: False,
    sa.Integer: 1,
    sa.BigInteger: 1,
    sa.LargeBinary: b"wrapped",
    sa.Date: BEGINNING.date(),
    sa.Time: time(9),
}
"""A value of each type that is no text."""
_NUMBERS = count(1000)
"""For tables whose rows are told apart by a number alone."""


def owned_tables() -> list[Table]:
    """Every table whose rows belong to one organisation."""
    return [
        mapper.local_table
        for mapper in db.Model.registry.mappers
        if issubclass(mapper.class_, Owned)
    ]


def all_tables() -> list[Table]:
    return list(db.metadata.sorted_tables)


class Filling:
    """The rows of one organisation, one in each table."""

    def __init__(self, connection: Connection, kind: str, mark: str) -> None:
        self._connection, self._mark = connection, mark
        self.rows: dict[str, dict[str, Any]] = {}
        self.organisation_id = new_id()
        self._said = {("organisation", "kind"): kind, ("organisation", "id"): self.organisation_id}

    def fill(self, *, only: frozenset[str] | None = None) -> Filling:
        for table in all_tables():
            if table.name not in SHIPPED and (only is None or table.name in only):
                self._add(table)
        return self

    def _add(self, table: Table) -> None:
        row: dict[str, Any] = {}
        for constraint in table.foreign_key_constraints:
            target = self.rows.get(constraint.referred_table.name)
            for element in constraint.elements:
                if target is not None and not (
                    element.parent.nullable and element.parent.name in row
                ):
                    row[element.parent.name] = target[element.column.name]
        for column in table.columns:
            if column.name not in row:
                row[column.name] = self.value(table, column)
        row.update(
            {name: value for (of, name), value in (SAID | self._said).items() if of == table.name}
        )
        self._connection.execute(table.insert().values(row))
        self.rows[table.name] = row

    def value(self, table: Table, column: Column[Any]) -> Any:
        """Something of the column's type, which only this organisation has."""
        if column.name in ("organisation_id", "sponsor_id", "sender_id"):
            return self.organisation_id
        if column.nullable and not column.primary_key:
            return None
        if column.name in ("closes_at", "expires_at", "closes_now"):
            return BEGINNING + timedelta(days=1)
        if [column] == list(table.primary_key) and isinstance(column.type, sa.Integer):
            return next(_NUMBERS)
        text = f"{self._mark}{table.name}{column.name}"[:60]
        return MADE.get(
            type(column.type), {"of": self._mark} if column.type.python_type is dict else text
        )


def fill(
    connection: Connection, *, only: frozenset[str] | None = None, **kinds: str
) -> dict[str, Filling]:
    """A row in every table for each organisation: `fill(connection, hn="delegation")`."""
    return {mark: Filling(connection, kind, mark).fill(only=only) for mark, kind in kinds.items()}
