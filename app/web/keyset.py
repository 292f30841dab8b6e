"""How is a long list read page by page, so that the thousandth page costs what the first does?"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, literal, tuple_

from app.extensions import db

SIZE = 25
LARGEST, EARLIEST, LATEST = 2**31, 1900, 2200
"""What no value of a list goes beyond."""


@dataclass(frozen=True)
class Page:
    """Rows of a list, newest first, and the marks that lead to its neighbours ("" for none)."""

    rows: list[Any]
    before: str
    behind: str


def page_of(query: Select[Any], instant: Any, key: Any, after: str) -> Page:
    """A page of a query ordered by an instant (newest first) and a key.

    `after` is a mark of an earlier page, prefixed by "-" for the page before it; a mark that cannot
    be read begins anew.
    """
    back, seen = after.startswith("-"), _read(after.removeprefix("-"))
    query = query.add_columns(instant.label("sort_value"), key.label("sort_key"))
    if seen is not None:
        here, there = tuple_(instant, key), tuple_(literal(seen[0], instant.type), seen[1])
        query = query.where(here > there if back else here < there)
    order = (instant.asc(), key.asc()) if back else (instant.desc(), key.desc())
    rows = list(db.session.execute(query.order_by(*order).limit(SIZE + 1)))
    more, rows = len(rows) > SIZE, rows[:SIZE]
    if back:
        rows.reverse()
    has_before, has_behind = (more, seen is not None) if back else (seen is not None, more)
    return Page(
        rows,
        "-" + _mark(rows[0]) if rows and has_before else "",
        _mark(rows[-1]) if rows and has_behind else "",
    )


def _mark(row: Any) -> str:
    return urlsafe_b64encode(
        json.dumps([row.sort_value.isoformat(), row.sort_key]).encode()
    ).decode()


def read_mark(mark: str) -> tuple[Any, str] | None:
    """The value and the key in a mark; None for one that is not ours, which begins the list anew."""
    try:
        value, key = json.loads(urlsafe_b64decode(mark.encode()))
    except (ValueError, TypeError):
        return None
    if not isinstance(key, str) or not key.isalnum() or not isinstance(value, str | int):
        return None
    if isinstance(value, int):
        return (value, key) if abs(value) < LARGEST else None
    return (value, key) if value.isprintable() or value == "" else None


def instant_of(value: Any) -> datetime | None:
    """The instant that a mark's value says, where it says one that a list could hold."""
    try:
        instant = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    is_sane = instant.tzinfo is not None and EARLIEST <= instant.year <= LATEST
    return instant if is_sane else None


def _read(mark: str) -> tuple[datetime, str] | None:
    found = read_mark(mark)
    instant = instant_of(found[0]) if found else None
    return (instant, found[1]) if found and instant else None
