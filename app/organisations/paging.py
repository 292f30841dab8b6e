"""How is a list in alphabetical order read page by page, from where the page before ended?"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, literal, tuple_

from app.extensions import db

SIZE = 25


@dataclass(frozen=True)
class Page:
    """Rows of a list, and the marks that lead to the pages before and behind ("" for none)."""

    rows: Sequence[Any]
    before: str = ""
    behind: str = ""


def page_by_name(query: Select[Any], name: Any, key: Any, mark: str) -> Page:
    """A page of a query in the order of (name, key).

    `mark` is one of an earlier page, or "" for the first; a mark that cannot be read begins anew.
    """
    back, seen = mark.startswith("-"), _read(mark.removeprefix("-"))
    query = query.add_columns(name.label("sort_name"), key.label("sort_key"))
    if seen is not None:
        here, there = tuple_(name, key), tuple_(literal(seen[0]), literal(seen[1]))
        query = query.where(here < there if back else here > there)
    order = (name.desc(), key.desc()) if back else (name, key)
    rows = db.session.execute(query.order_by(*order).limit(SIZE + 1)).all()
    more, rows = len(rows) > SIZE, rows[:SIZE]
    if back:
        rows = rows[::-1]
    has_before, has_behind = (more, seen is not None) if back else (seen is not None, more)
    return Page(
        rows,
        "-" + _mark(rows[0]) if rows and has_before else "",
        _mark(rows[-1]) if rows and has_behind else "",
    )


def _mark(row: Any) -> str:
    return urlsafe_b64encode(json.dumps([row.sort_name, row.sort_key]).encode()).decode()


def _read(mark: str) -> tuple[str, str] | None:
    try:
        name, key = json.loads(urlsafe_b64decode(mark.encode()))
    except (ValueError, TypeError):
        return None
    return (name, key) if isinstance(name, str) and isinstance(key, str) else None
