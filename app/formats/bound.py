"""What is a question called in this record, and what may be chosen where an answer points at a row, a unit or a person?

A field is bound to a record before it is drawn, read or shown: its words are then those of what is written (a reply
is no request), and its `codes` are what may be chosen. Rows are called by their first answers that are neither sealed nor free text: “P2 · Possible victim · 12 to 14 years”.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from app.formats.conditions import is_met
from app.formats.hidden import stands_in
from app.formats.spec import Code, CodeList, Field, Format, Text

Lists = Mapping[str, CodeList]
"""Name of a kind ("units", "officer") -> what may be chosen, from outside the record."""
NONE: Lists = MappingProxyType({})
BETWEEN = " · "
NAMED_BY = 4
"""How many answers name a row."""


def bound(form: Format, field: Field, answers: Mapping[str, Any], lists: Lists = NONE) -> Field:
    """The field, or cell, with what may be chosen in this record; itself where nothing points and
    no other words hold."""
    if field.wordings:
        field = _worded(form, field, answers)
    if field.is_rows:
        if not any(_points(cell) for cell in field.cells):
            return field
        return replace(
            field, cells=tuple(bound(form, cell, answers, lists) for cell in field.cells)
        )
    if field.kind.points_at_rows:
        table = form.field(str(field.options["to"]))
        return replace(field, codes=rows_as_codes(form, table, answers, lists))
    return replace(field, codes=lists[field.kind.name]) if field.kind.name in lists else field


def _worded(form: Format, field: Field, answers: Mapping[str, Any]) -> Field:
    """The field by the words of the first condition that is met."""
    for each in field.wordings:
        if is_met(form, each.when, answers):
            return replace(field, label=each.label, heading=None, help=each.help or field.help)
    return field


def _points(field: Field) -> bool:
    return field.kind.points_at_rows or field.kind.name in ("units", "officer")


def rows_as_codes(
    form: Format, table: Field, answers: Mapping[str, Any], lists: Lists = NONE
) -> CodeList:
    """The rows of a table as a list to choose from."""
    named = bound(form, table, answers, lists) if _is_named_elsewhere(table) else table
    rows = answers.get(table.key) or ()
    return CodeList(
        table.key,
        tuple(
            Code(row["id"], Text(*(row_name(named, row, at, lang) for lang in ("es", "en"))))
            for at, row in enumerate(rows, start=1)
        ),
    )


def _is_named_elsewhere(table: Field) -> bool:
    """Whether rows of another table name the rows of this one; a table that points at itself does not."""
    to = {cell.options.get("to") for cell in table.cells if cell.kind.points_at_rows}
    return bool(to) and table.key not in to


def _names(cell: Field) -> bool:
    """Whether an answer may name its row: no yes or no, and nothing in which people write what they like."""
    kind = cell.kind
    return not (kind.is_free_text or kind.name == "yes_no")


def row_name(table: Field, row: Mapping[str, Any], number: int, lang: str) -> str:
    """What a row is called, by the first answers of it that are not sealed; else by its number."""
    said = []
    for cell in table.cells:
        value = row.get(cell.key)
        if cell.klass.is_sealed or not _names(cell) or stands_in(value):
            continue
        if not cell.kind.is_answered(value):
            continue
        shown = cell.kind.show(value, cell, lang, lang)
        said.append(shown.split(BETWEEN)[0] if cell.kind.points_at_rows else shown)
        if len(said) == NAMED_BY:
            break
    return BETWEEN.join(part.replace("\n", " ")[:60] for part in said if part) or str(number)
