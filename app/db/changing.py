"""How many rows did a statement change?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update
from sqlalchemy.orm import Session

Params = Mapping[str, Any]


def changed(
    session: Session, statement: Update | Delete, params: Params | Sequence[Params] | None = None
) -> int:
    """Carry out an update or a removal and say how many rows it changed: 0 where somebody else was faster."""
    return cast("CursorResult[Any]", session.execute(statement, params or {})).rowcount
