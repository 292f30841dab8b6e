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


def _read(mark: str) -> tuple[datetime, str] | None:
    try:
        instant, key = json.loads(urlsafe_b64decode(mark.encode()))
        return datetime.fromisoformat(instant), str(key)
    except (ValueError, TypeError):
        return None
