"""How is a table of rows read? Cell by cell with the kinds of its cells; here it is only summed up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.formats.kinds.base import ROW_BY_ROW, BadAnswer, Kind, Value

if TYPE_CHECKING:
    from app.formats.spec import Field

Row = Mapping[str, Any]
"""{"id": a row id that is never reused, or the key of a fixed line; cell key: value}."""


class RowsKind(Kind):
    """Repeating rows with cells, or a grid of fixed lines. Kept as list[Row]."""

    name = "rows"
    allows = MappingProxyType({"max": int, "item": frozenset({"page"})})

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        raise BadAnswer(ROW_BY_ROW)

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        return []

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        return summary(value, field, field.cells, lang, locale)


def living_rows(value: Value, field: Field) -> list[Row]:
    """The rows that count: every row, but of a grid only the lines somebody answered."""
    rows = list(value or [])
    return [row for row in rows if is_filled(row, field)] if field.is_grid else rows


def is_filled(row: Row, field: Field) -> bool:
    """Whether any cell of the row has an answer."""
    return any(cell.kind.is_answered(row.get(cell.key)) for cell in field.cells)


def summary(value: Value, field: Field, cells: Sequence[Field], lang: str, locale: str) -> str:
    """One line a row: "Fiscal · Mujeres: 12 · Hombres: 8", with the given cells only."""
    lines = []
    for row in living_rows(value, field):
        line = field.line(row["id"])
        said = [line.label.say(lang)] if line else []
        said += [_said(cell, row.get(cell.key), lang, locale) for cell in cells]
        lines.append(" · ".join(part for part in said if part))
    return "\n".join(line for line in lines if line)


def _said(cell: Field, value: Value, lang: str, locale: str) -> str:
    text = cell.kind.show(value, cell, lang, locale)
    return f"{cell.label.say(lang)}: {text}" if text and cell.kind.is_number else text
