"""How is a long list read page by page, so that the thousandth page costs what the first does?

A list stands in the order of a value and then of a key, which tells equal values apart. A page begins
behind a row that was seen and not at a number, so nothing is shown twice when a row is added above.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, literal, tuple_

from app.db.types import Instant
from app.extensions import db

SIZE = 25
LARGEST, EARLIEST, LATEST = 2**31, 1900, 2200
"""What no value of a list goes beyond."""

Place = tuple[Any, str]
"""The value and the key of a row."""


@dataclass(frozen=True)
class Page:
    """Rows of a list in its order, and the marks that lead to its neighbours ("" for none)."""

    rows: list[Any]
    before: str
    behind: str

    @property
    def records(self) -> list[Any]:
        """What the query selected first of each row."""
        return [row[0] for row in self.rows]


def page_of(
    query: Select[Any], value: Any, key: Any, mark: str, *, ascending: bool = False,
    size: int = SIZE,
) -> Page:  # fmt: skip
    """A page of a query in the order of a value (an instant, a day, a whole number or a text) and a key.

    The greatest comes first unless `ascending`. `mark` is one of an earlier page, "" for the first;
    a mark that cannot be read begins anew.
    """
    back, seen = mark.startswith("-"), _place(mark.removeprefix("-"), value.type)
    query = query.add_columns(value.label("sort_value"), key.label("sort_key"))
    if seen is not None:
        query = query.where(beyond(value, key, seen, ascending=ascending != back))
    order = in_order(value, key, ascending=ascending != back)
    rows = list(db.session.execute(query.order_by(*order).limit(size + 1)))
    more, rows = len(rows) > size, rows[:size]
    if back:
        rows.reverse()
    has_before, has_behind = (more, seen is not None) if back else (seen is not None, more)
    return Page(
        rows,
        "-" + _mark(rows[0]) if rows and has_before else "",
        _mark(rows[-1]) if rows and has_behind else "",
    )


def in_order(value: Any, key: Any, *, ascending: bool) -> tuple[Any, Any]:
    """What a query is ordered by, for a list read in this direction."""
    return (value.asc(), key.asc()) if ascending else (value.desc(), key.desc())


def beyond(value: Any, key: Any, seen: Place, *, ascending: bool) -> ColumnElement[bool]:
    """The condition of the rows that come after a place, for a list read in this direction."""
    here, there = tuple_(value, key), tuple_(literal(seen[0], value.type), seen[1])
    return here > there if ascending else here < there


def _mark(row: Any) -> str:
    value = row.sort_value.isoformat() if hasattr(row.sort_value, "isoformat") else row.sort_value
    return urlsafe_b64encode(json.dumps([value, row.sort_key]).encode()).decode()


def _place(mark: str, kind: Any) -> Place | None:
    """The place that a mark names; None for a mark that is not of such a list."""
    try:
        value, key = json.loads(urlsafe_b64decode(mark.encode()))
    except (ValueError, TypeError):
        return None
    if not isinstance(key, str) or not key.isalnum():
        return None
    found = _value(value, kind)
    return None if found is None else (found, key)


def _value(value: Any, kind: Any) -> Any:
    """A mark's value as the list compares it; None where it fits none."""
    if isinstance(kind, Instant):
        return _instant(value)
    if isinstance(kind, Date):
        return _day(value)
    if isinstance(kind, Integer):
        is_sane = isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST
    else:
        is_sane = isinstance(value, str) and (value.isprintable() or value == "")
    return value if is_sane else None


def _instant(value: Any) -> datetime | None:
    try:
        instant = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    is_sane = instant.tzinfo is not None and EARLIEST <= instant.year <= LATEST
    return instant if is_sane else None


def _day(value: Any) -> date | None:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return None
    return day if EARLIEST <= day.year <= LATEST else None
