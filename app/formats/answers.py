"""What was answered, what changed, and how is it written down? Answers are a mapping key -> value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.formats.canonical import canonical_json
from app.formats.derived import derive, formula_of
from app.formats.kinds import Value
from app.formats.spec import Field, Format

__all__ = [
    "Answers",
    "Change",
    "canonical_json",
    "diff",
    "only_given",
    "value_of",
    "with_derived",
]

Answers = Mapping[str, Value]
"""Field key -> value; a rows field's value is a list of {"id": row id, cell key: value}."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two sets of answers; `field` and `cell` are keys.

    With a cell: that cell of that row changed. With a row and no cell: the row was added (`old` is
    None, `new` the row) or removed (the other way round). With neither: the field changed, or, for
    rows, their order did and `old` and `new` are the row ids.
    """

    field: str
    row_id: str | None
    cell: str | None
    old: Value
    new: Value


def value_of(form: Format, field: Field, answers: Answers) -> Value:
    """The answer to a field of the record, computed where it follows from others."""
    if field.kind.name == "derived":
        return derive(form, field, answers)
    given = answers.get(field.key)
    return derive(form, field, answers) if given is None else given


def with_derived(form: Format, answers: Answers) -> dict[str, Value]:
    """The answers and, beside them, what follows from them, in rows too."""
    found = dict(answers)
    for field in form.fields:
        if field.is_rows and found.get(field.key) and any(map(formula_of, field.cells)):
            found[field.key] = _rows_with_derived(form, field, found)
        elif formula_of(field) or not field.is_asked:
            found[field.key] = value_of(form, field, found)
    return found


def _rows_with_derived(form: Format, table: Field, answers: Answers) -> list[dict[str, Any]]:
    rows = [dict(row) for row in answers[table.key]]
    seen = {**answers, table.key: rows}
    for cell in (each for each in table.cells if formula_of(each)):
        for at, row in enumerate(rows):
            value = derive(form, cell, seen, table, rows, at) if row.get(cell.key) is None else None
            if value is not None:
                row[cell.key] = value
    return rows


def only_given(form: Format, answers: Answers) -> dict[str, Value]:
    """The answers without what follows from the others anyway: as they were given."""
    given = dict(answers)
    for field in form.fields:
        if field.is_rows:
            if given.get(field.key) and any(map(formula_of, field.cells)):
                given[field.key] = _rows_given(form, field, answers)
        elif formula_of(field) and _follows(form, field, answers):
            given.pop(field.key, None)
    return given


def _rows_given(form: Format, table: Field, answers: Answers) -> list[dict[str, Any]]:
    rows = answers[table.key]
    formulas = [cell for cell in table.cells if formula_of(cell)]
    return [
        {
            key: value
            for key, value in row.items()
            if not any(c.key == key and derive(form, c, answers, table, rows, at) == value
                       for c in formulas)
        }
        for at, row in enumerate(rows)
    ]  # fmt: skip


def _follows(form: Format, field: Field, answers: Answers) -> bool:
    return bool(derive(form, field, answers) == answers.get(field.key))


def diff(form: Format, old: Answers, new: Answers) -> tuple[Change, ...]:
    """Every change of what people answered, in the order of the format."""
    changes: list[Change] = []
    for field in form.fields:
        before, after = old.get(field.key), new.get(field.key)
        if field.is_rows:
            changes += _row_changes(field, before or [], after or [])
        elif field.is_asked and before != after:
            changes.append(Change(field.key, None, None, before, after))
    return tuple(changes)


def _row_changes(
    field: Field, before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> Iterator[Change]:
    old_rows = {row["id"]: row for row in before}
    new_rows = {row["id"]: row for row in after}
    for row_id, row in old_rows.items():
        if row_id not in new_rows:
            yield Change(field.key, row_id, None, row, None)
    for row_id, row in new_rows.items():
        if row_id not in old_rows:
            yield Change(field.key, row_id, None, None, row)
            continue
        for cell in field.cells:
            was, is_now = old_rows[row_id].get(cell.key), row.get(cell.key)
            if was != is_now:
                yield Change(field.key, row_id, cell.key, was, is_now)
    stayed_before = [row_id for row_id in old_rows if row_id in new_rows]
    stayed_after = [row_id for row_id in new_rows if row_id in old_rows]
    if stayed_before != stayed_after:
        yield Change(field.key, None, None, stayed_before, stayed_after)
