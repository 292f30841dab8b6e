"""Which numbers follow from other answers? Hours of a course, people of an audience."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.formats.hidden import without_hidden
from app.formats.kinds.length import course_hours

if TYPE_CHECKING:
    from app.formats.spec import Field


def row_participants(row: Mapping[str, Any]) -> int | None:
    """People of one audience row: its total, or women, men and those not stated; None: not said."""
    if row.get("total") is not None:
        return int(row["total"])
    parts = [row.get(key) for key in ("women", "men", "not_stated")]
    said = [int(part) for part in parts if part is not None]
    return sum(said) if said else None


def participants(rows: Any) -> int | None:
    """People of a whole audience table; None while no row says a number."""
    said = [count for count in map(row_participants, rows or []) if count is not None]
    return sum(said) if said else None


def _hours(value: Any) -> str | None:
    hours = course_hours(value)
    return None if hours is None else _shortest(hours)


def _shortest(number: Decimal) -> str:
    return f"{number.normalize():f}"


FORMULAS: Mapping[str, Callable[[Any], int | str | None]] = MappingProxyType(
    {"course_hours": _hours, "participants": participants}
)
"""Name of a formula in documents -> what it makes of the answer it is computed from."""

SOURCES: Mapping[str, str] = MappingProxyType({"course_hours": "duration", "participants": "rows"})
"""The kind each formula computes from."""


def derive(field: Field, answers: Mapping[str, Any]) -> int | str | None:
    """The value of a derived field; decimals as str, like every kept decimal."""
    return FORMULAS[field.options["formula"]](without_hidden(answers.get(field.options["from"])))
