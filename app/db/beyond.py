"""Does something lie beyond the wall: yes or no, and nothing else of it?

The one way across a wall within a request. It gives a single word, never a row, a name or a number,
for sentences that somebody must have read before they decide.
"""

from __future__ import annotations

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
