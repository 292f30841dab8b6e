"""Which columns does a form have in a spreadsheet that people fill, and which answers does each offer?

A field has one column, or one for each part of its answer; of several choices up to three, the last
of which takes the rest. Rows have a sheet of their own. What is sealed, computed, a file or points
at a row, a unit or a person has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from app.formats.cleaning import plain
from app.formats.countries import choices_of
from app.formats.kinds.length import UNITS
from app.formats.spec import Code, Field, Format, Text
from app.formats.words import NO, YES

MOST_CHOICE_COLUMNS = 3
LINE = "_line"
"""The key of the column that names the fixed line of a grid."""
_LEFT_OUT = frozenset({"files", "rows", "row_ref", "row_refs", "units", "officer"})
_SHAPES = {"integer": "whole", "decimal": "number", "money": "money", "date": "date"}


@dataclass(frozen=True)
class Offer:
    """A list to choose from: its name, and its codes with their words."""

    name: str
    codes: tuple[tuple[str, Text], ...]

    @cached_property
    def _meant(self) -> Mapping[str, frozenset[str]]:
        meant: dict[str, frozenset[str]] = {}
        for code, label in self.codes:
            for said in (code, label.es, label.en):
                key = plain(said)
                meant[key] = meant.get(key, frozenset()) | {code}
        return meant

    def code_of(self, said: str) -> str | None:
        """The code that is meant by a code or a label of either language, accents and capitals aside.

        None where no code is meant, or more than one could be.
        """
        exact = [code for code, label in self.codes if said in (code, label.es, label.en)]
        if len(exact) == 1:
            return exact[0]
        meant = self._meant.get(plain(said), frozenset())
        return next(iter(meant)) if len(meant) == 1 else None


@dataclass(frozen=True)
class SheetColumn:
    """A column of a field: which part of its answer it holds, and how its cells look.

    `shape` is text, lines, whole, number, money, date or choice.
    """

    field: Field
    part: str = ""
    label: Text | None = None
    """What the part is called, beside the field's own label."""
    shape: str = "text"
    offer: Offer | None = None

    @property
    def key(self) -> str:
        """What stands in the hidden row above the column."""
        if self.part == LINE:
            return LINE
        return f"{self.field.key}.{self.part}" if self.part else self.field.key

    def heading(self, lang: str) -> str:
        """The column's heading in words."""
        own = self.field.label.say(lang)
        return f"{own}: {self.label.say(lang)}" if self.label else own


_MORE = Text("y las demás, una por línea", "and the others, one to a line")
_DURATION = (
    ("count", Text("cuántos", "how many"), "whole"),
    ("unit", Text("días o semanas", "days or weeks"), "choice"),
    ("hours", Text("horas en cada uno", "hours in each"), "number"),
)
_DETAIL = Text("detalle", "detail")


def in_sheet(field: Field) -> bool:
    """Whether people answer the field in a column of its own."""
    return field.is_asked and not field.klass.is_sealed and field.kind.name not in _LEFT_OUT


def tables(form: Format) -> tuple[Field, ...]:
    """The rows fields, each of which has a sheet."""
    return tuple(f for f in form.fields if f.is_rows and not f.klass.is_sealed)


def rows_in_sheet(table: Field, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of an answer as a sheet has them: nothing that has no column, and no row without more."""
    kept = {"id"} | {cell.key for cell in table.cells if in_sheet(cell)}
    said = [{key: value for key, value in row.items() if key in kept} for row in rows]
    return [row for row in said if row.keys() != {"id"}]


def record_columns(form: Format) -> tuple[SheetColumn, ...]:
    """The columns of the sheet in which each row is a record."""
    return tuple(column for field in form.fields if in_sheet(field) for column in columns_of(field))


def row_columns(table: Field) -> tuple[SheetColumn, ...]:
    """The columns of a table's sheet, the fixed line of a grid first."""
    line = (SheetColumn(table, LINE, None, "choice", offer_of_lines(table)),)
    cells = tuple(c for cell in table.cells if in_sheet(cell) for c in columns_of(cell))
    return (*line, *cells) if table.is_grid else cells


def columns_of(field: Field) -> tuple[SheetColumn, ...]:
    """The columns of one field."""
    return tuple(_columns_of(field))


def _columns_of(field: Field) -> Iterator[SheetColumn]:
    kind, offer = field.kind.name, offer_of(field)
    if kind in ("choices", "countries") and offer:
        count = min(MOST_CHOICE_COLUMNS, len(offer.codes))
        for number in range(1, count + 1):
            is_last = number == count and count < len(offer.codes)
            label = _MORE if is_last else Text(str(number), str(number))
            yield SheetColumn(field, str(number), label, "choice", offer)
    elif kind == "duration":
        for part, label, shape in _DURATION:
            yield SheetColumn(field, part, label, shape, UNIT_OFFER if part == "unit" else None)
    elif kind == "code_with_detail":
        yield SheetColumn(field, "code", None, "choice", offer)
        yield SheetColumn(field, "detail", _DETAIL)
    elif offer:
        yield SheetColumn(field, "", None, "choice", offer)
    else:
        is_long = kind in ("long_text", "texts")
        yield SheetColumn(field, "", None, "lines" if is_long else _SHAPES.get(kind, "text"))


UNIT_OFFER = Offer("duration_units", tuple((unit, words[1]) for unit, words in UNITS.items()))
YES_NO_OFFER = Offer("yes_no", (("yes", YES), ("no", NO)))


def offer_of(field: Field) -> Offer | None:
    """The list a field's answers are chosen from, None where they are written."""
    kind = field.kind.name
    if kind == "yes_no":
        return YES_NO_OFFER
    if kind in ("country", "countries"):
        return _countries(str(field.options.get("of", "all")))
    return _codes(field.codes.key, field.codes.codes) if field.codes else None


@lru_cache(maxsize=256)
def _codes(name: str, codes: tuple[Code, ...]) -> Offer:
    return Offer(name, tuple((code.key, code.label) for code in codes))


@lru_cache(maxsize=4)
def _countries(which: str) -> Offer:
    spanish, english = choices_of(which, "es"), choices_of(which, "en")
    return Offer(f"countries_{which}", tuple((c, Text(spanish[c], english[c])) for c in spanish))


def offer_of_lines(table: Field) -> Offer:
    """The fixed lines of a grid, to choose from."""
    return _codes(f"lines_of_{table.key}", table.lines)
