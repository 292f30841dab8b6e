"""Which sections, fields and cells count with these answers, and which do not?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.formats.hidden import stands_in
from app.formats.kinds.table import Row
from app.formats.spec import Condition, Field, Format, Section

Answers = Mapping[str, Any]


def counts(form: Format, section: Section, answers: Answers) -> bool:
    """Whether a section counts: all its conditions are met."""
    return all(_one_met(form, each, answers) for each in section.when)


def counted_sections(form: Format, answers: Answers) -> tuple[Section, ...]:
    """The sections that count, in their order."""
    return tuple(each for each in form.sections if counts(form, each, answers))


def applies(form: Format, field: Field, answers: Answers) -> bool:
    """Whether the field counts: its section does, and its condition and that of the field it depends
    on are met."""
    if not counts(form, form.section_of(field.key), answers):
        return False
    return _is_met(field, form.field, answers)


def cell_applies(field: Field, cell: Field, row: Row) -> bool:
    """Whether a cell of a rows field counts in this row."""
    return _is_met(cell, field.cell, row)


def is_met(form: Format, when: Condition, answers: Answers) -> bool:
    """Whether the condition of a field is met by these answers."""
    return _holds(form.field(when.field), answers.get(when.field), when.any_of)


def _is_met(field: Field, sibling: Callable[[str], Field], values: Answers) -> bool:
    when = field.when
    while when is not None:
        named = sibling(when.field)
        if not _holds(named, values.get(when.field), when.any_of):
            return False
        when = named.when
    return True


def _one_met(form: Format, when: Condition, answers: Answers) -> bool:
    return any(_section_met(form, each, answers) for each in when.each)


def _section_met(form: Format, when: Condition, answers: Answers) -> bool:
    table, _dot, key = when.field.rpartition(".")
    if not table:
        named = form.field(key)
        return applies(form, named, answers) and _holds(named, answers.get(key), when.any_of)
    cell = form.field(table).cell(key)
    return any(_holds(cell, row.get(key), when.any_of) for row in answers.get(table) or ())


def _holds(named: Field, value: Any, any_of: tuple[str, ...]) -> bool:
    """Whether an answer is one of these; one that is hidden may be, so nothing is left unasked."""
    return stands_in(value) or not named.kind.holds(value).isdisjoint(any_of)


def what_counts(form: Format, answers: Answers) -> dict[str, Any]:
    """The answers without those to questions that do not count with them."""
    return {
        field.key: _rows_that_count(field, answers[field.key])
        if field.is_rows
        else answers[field.key]
        for field in form.fields
        if field.key in answers and applies(form, field, answers)
    }


def _rows_that_count(field: Field, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    dropped = [
        {cell.key for cell in field.cells if cell.key in row and not cell_applies(field, cell, row)}
        for row in rows
    ]
    return [
        {key: value for key, value in row.items() if key not in left_out}
        for row, left_out in zip(rows, dropped, strict=True)
    ]
