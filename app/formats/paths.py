"""Which answers does a rule or a formula look at? Its `fields` may reach beyond the row it is about.

is_minor                        the cell of this row; without a row, the field
^to_country                     the cell of the row before this one
minor_local_id>is_minor         the cell of the row that the answer minor_local_id points at
minors.minor_local_id<presumed  that cell of every row of the table minors that points at this row
/detection_date                 the field, seen from a row
persons.asylum_flag             that cell of every row of a table; from a row: /persons.asylum_flag
#                               the number of this row, from 1
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.formats.hidden import hidden, stands_in
from app.formats.spec import Field, Format

NUMBER = "#"
UNSEEN = "unseen"
"""The mark of what is worked out from a sealed answer."""


@dataclass(frozen=True, slots=True)
class Path:
    """One of these, taken apart. `table` is None for a field of the record."""

    how: str
    """own, before, through, pointing, all or number"""
    table: str | None
    key: str
    by: str = ""
    """The answer that points."""


class NoSuchPlace(ValueError):
    """The path leads nowhere in this form; `name` is what there is none of."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@lru_cache(maxsize=1024)
def read(form: Format, written: str, rows: str | None) -> Path:
    """A path as it is written, seen from a row of `rows` or from no row. Raises NoSuchPlace."""
    path = _read(form, written, rows)
    if path.how != "number":
        field_at(form, path)
    return path


def _read(form: Format, written: str, rows: str | None) -> Path:
    if rows is None or written.startswith("/"):
        table, _dot, key = written.removeprefix("/").rpartition(".")
        return Path("all", table, key) if table else Path("own", None, key)
    if written == NUMBER:
        return Path("number", rows, "")
    if written.startswith("^"):
        return Path("before", rows, written[1:])
    if "<" in written:
        pointing, _sep, key = written.partition("<")
        table, _dot, by = pointing.partition(".")
        return Path("pointing", table, key, by)
    if ">" in written:
        by, _sep, key = written.partition(">")
        pointer = field_at(form, Path("own", rows, by))
        return Path("through", str(pointer.options.get("to", "")), key, by)
    return Path("own", rows, written)


def field_at(form: Format, path: Path) -> Field:
    """The field, or cell, that a path leads to. Raises NoSuchPlace."""
    fields = {field.key: field for field in form.fields}
    if path.table is not None:
        table = fields.get(path.table)
        if table is None or not table.is_rows:
            raise NoSuchPlace(path.table)
        fields = {cell.key: cell for cell in table.cells}
    if path.key not in fields:
        raise NoSuchPlace(path.key)
    return fields[path.key]


def keys_read(form: Format, written: Sequence[str], rows: str | None) -> frozenset[str]:
    """The keys of the answers that these paths read: "field", or "table.cell"."""
    return _keys_read(form, tuple(written), rows)


@lru_cache(maxsize=1024)
def _keys_read(form: Format, written: tuple[str, ...], rows: str | None) -> frozenset[str]:
    found = set()
    for path in (read(form, each, rows) for each in written if each != NUMBER):
        prefix = f"{path.table}." if path.table else ""
        found.add(prefix + path.key)
        if path.by:
            found.add(f"{path.table if path.how == 'pointing' else rows}.{path.by}")
    return frozenset(found)


def follow(
    path: Path, answers: Mapping[str, Any], rows: Sequence[Mapping[str, Any]] = (), at: int = 0
) -> Any:
    """What stands there, seen from the row `rows[at]`; a list where a path leads to many."""
    if path.how == "number":
        return at + 1
    if path.how == "all":
        return [row.get(path.key) for row in answers.get(path.table or "") or ()]
    if path.how == "before":
        return rows[at - 1].get(path.key) if at else None
    if path.how == "own":
        return answers.get(path.key) if path.table is None else rows[at].get(path.key)
    of_table = answers.get(path.table or "") or ()
    if path.how == "through":
        named = rows[at].get(path.by)
        if stands_in(named):
            return hidden(UNSEEN)
        return next((row.get(path.key) for row in of_table if row["id"] == named), None)
    return [row.get(path.key) for row in of_table if row.get(path.by) == rows[at]["id"]]


def holds_hidden(value: Any) -> bool:
    """Whether any of what was found cannot be seen."""
    return stands_in(value) or (isinstance(value, list) and any(map(stands_in, value)))
