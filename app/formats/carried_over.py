"""Which answers to one version of a form still answer another version of it?

Equal keys are equal questions, if the answer is of the same kind and the other version takes it.
Files never go along, nor personal or secret answers: they belong to the record they were put to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.formats.answers import Answers
from app.formats.kinds import BadAnswer
from app.formats.spec import Field, Format

LOCALE = "en"
"""Answers are written out and read again in one and the same way, whoever asks."""
NEVER = frozenset({"files"})


@dataclass(frozen=True)
class CarriedOver:
    """The answers that go along, and the keys (`field`, or `field.cell`) of those that do not."""

    answers: dict[str, Any]
    left_out: tuple[str, ...] = ()


def carry_over(
    old: Format, new: Format, answers: Answers, new_id: Callable[[], str]
) -> CarriedOver:
    """What `answers` to `old` say in terms of `new`; rows get ids of their own from `new_id`."""
    carried: dict[str, Any] = {}
    left: dict[str, None] = {}  # in the order of the form, each once
    for asked in old.fields:
        value = answers.get(asked.key)
        if value is None or not (asked.is_asked or asked.is_rows):
            continue
        there = new.field(asked.key) if asked.key in new else None
        if asked.is_rows:
            rows = _rows(asked, there, value, new_id, left)
            if rows:
                carried[asked.key] = rows
        elif there is not None and _fits(asked, there, value):
            carried[asked.key] = value
        else:
            left[asked.key] = None
    return CarriedOver(carried, tuple(left))


def _rows(
    old: Field, new: Field | None, rows: list[dict[str, Any]], new_id: Callable[[], str],
    left: dict[str, None],
) -> list[dict[str, Any]]:  # fmt: skip
    if new is None or not new.is_rows or new.is_grid != old.is_grid or _is_sealed(old, new):
        left[old.key] = None
        return []
    carried = []
    for row in rows:
        if new.is_grid and new.line(row["id"]) is None:
            left[old.key] = None
            continue
        cells = _cells(old, new, row, left)
        if cells:
            carried.append({"id": row["id"] if new.is_grid else new_id(), **cells})
    most = new.options.get("max", len(carried))
    if len(carried) > most:
        left[old.key] = None
    return carried[:most]


def _cells(old: Field, new: Field, row: dict[str, Any], left: dict[str, None]) -> dict[str, Any]:
    there = {cell.key: cell for cell in new.cells}
    found = {}
    for cell in old.cells:
        if cell.key not in row:
            continue
        if cell.key in there and _fits(cell, there[cell.key], row[cell.key]):
            found[cell.key] = row[cell.key]
        else:
            left[f"{old.key}.{cell.key}"] = None
    return found


def _is_sealed(old: Field, new: Field) -> bool:
    return old.klass.is_sealed or new.klass.is_sealed


def _fits(old: Field, new: Field, value: Any) -> bool:
    if old.kind.name != new.kind.name or old.kind.name in NEVER or not new.is_asked:
        return False
    if _is_sealed(old, new):
        return False
    try:
        return new.kind.load(old.kind.dump(value, old, LOCALE), new, LOCALE) == value
    except BadAnswer:
        return False
