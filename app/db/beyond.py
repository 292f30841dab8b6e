"""What may be asked across a wall within a request: whether something is there, and by which rules to obey?

`is_there` gives a single word, never a row, a name or a number, for sentences that somebody must have
read before they decide. `read` is for what must be obeyed and is never shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from app.db import engine
from app.db.scoping import SYSTEM, current, is_writing
from app.extensions import db


def is_there(query: Select[Any]) -> bool:
    """Whether the query has any row, whoever owns it. The wall stands again afterwards."""
    scope, writing = current(), is_writing()
    engine.enter(db.session(), SYSTEM, writing=writing)
    try:
        with db.session.no_autoflush:  # nothing may be written while the wall is away
            return bool(db.session.scalar(select(query.exists())))
    finally:
        engine.enter(db.session(), scope, writing=writing)


def read(query: Select[Any]) -> Sequence[Any]:
    """The rows of a query whoever owns them, for what must be obeyed without being shown: the rules of
    both countries by which a copy is read, or in which units somebody is there to read. What is read so of
    others goes on no page."""
    scope, writing = current(), is_writing()
    engine.enter(db.session(), SYSTEM, writing=writing)
    try:
        with db.session.no_autoflush:
            return db.session.execute(query).all()
    finally:
        engine.enter(db.session(), scope, writing=writing)
