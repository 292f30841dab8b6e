"""How does an answer stand in the cells of a spreadsheet?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from app.formats.kinds import CellValue, Value
from app.formats.sheet_columns import SheetColumn, columns_of
from app.formats.spec import Field

FIRST_CELL_DATE = date(1900, 3, 1)
"""Before this day programs do not agree which day a number means."""


def write(field: Field, value: Value, lang: str) -> list[CellValue]:
    """The cells of the field's columns."""
    columns = columns_of(field)
    if value is None:
        return [None] * len(columns)
    kind = field.kind.name
    if kind in ("choices", "countries"):
        return _spread(columns, [_label(columns[0], code, lang) for code in value])
    if kind == "duration":
        hours = value["hours"]
        return [value["count"], _label(columns[1], value["unit"], lang),
                None if hours is None else Decimal(hours)]  # fmt: skip
    if kind == "code_with_detail":
        return [_label(columns[0], value["code"], lang), value["detail"]]
    return [_write_one(columns[0], value, lang)]


def _write_one(column: SheetColumn, value: Value, lang: str) -> CellValue:
    kind = column.field.kind.name
    if kind == "yes_no":
        return _label(column, "yes" if value else "no", lang)
    if column.offer is not None:
        return _label(column, value, lang)
    if kind == "texts":
        return "\n".join(value)
    if kind == "date":
        day = date.fromisoformat(value)
        return day if day >= FIRST_CELL_DATE else value
    if column.shape in ("number", "money"):
        return Decimal(value)
    return value


def _label(column: SheetColumn, code: str | None, lang: str) -> str | None:
    """The code's words; the code itself where its words could mean another code too."""
    if code is None or column.offer is None:
        return code
    said = next((label.say(lang) for each, label in column.offer.codes if each == code), code)
    return said if column.offer.code_of(said) == code else code


def _spread(columns: Sequence[SheetColumn], labels: list[str | None]) -> list[CellValue]:
    said = [label or "" for label in labels]
    last = len(columns) - 1
    rest = "\n".join(said[last:]) or None
    return [*((said[at] if at < len(said) else None) for at in range(last)), rest]
