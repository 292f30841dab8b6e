"""Which answers of a communication stand in the rows of a sheet of cases?

A row of victims is a person and what happened to that person; one of suspects, or of events, is one of those. What the
case as a whole says is repeated on every row. Columns that are personal or secret are counted, and never looked into.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.cases.htcds import answers
from app.cases.htcds.findings import (
    DEPRECATED,
    DIFFERS,
    FORMULA,
    NO_PLACE,
    NOT_READ,
    ONLY_NUMBERS,
    OWN_WORDS,
    SEALED,
    TOO_MANY,
    At,
    Effect,
    Finding,
)
from app.cases.htcds.headings import Headings
from app.cases.htcds.opening import Cells, Page
from app.cases.htcds.places import (
    CASE,
    EVENTS,
    PERSONS,
    SUSPECTS,
    VICTIM,
    VICTIMS,
    Place,
    column_places,
)
from app.cases.htcds.standard import Item
from app.documents.xlsx_cells import Odd
from app.formats.spec import Field, Format
from app.formats.words import N_
from app.storage.refusals import Unwelcome

MOST_ROWS = 500
TOO_MANY_ROWS = N_(
    "The file holds more than %(most)s rows with answers. Divide it into several files."
)


@dataclass
class Taken:
    """What was understood: answers by the keys of the format, as a draft is begun with them."""

    document: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    rows: int = 0

    def count(self, table: str) -> int:
        """How many rows a table got."""
        return len(self.document.get(table, ()))

    @property
    def answers(self) -> int:
        """How many answers there are."""
        rows = [row for value in self.document.values() if _are_rows(value) for row in value]
        alone = sum(not _are_rows(value) for value in self.document.values())
        return alone + sum(len(row.keys() - {"id", VICTIM}) for row in rows)


class Taker:
    """Reads sheet after sheet into one document."""

    def __init__(self, form: Format, new_id: Callable[[], str]) -> None:
        self._form, self._new_id = form, new_id
        self.taken = Taken()

    def read(self, page: Page, headings: Headings) -> None:
        """Read the rows of a sheet. Raises Unwelcome for too many."""
        self.taken.findings += headings.findings
        sheet = _Sheet(self._form, page, headings)
        self.taken.findings += sheet.unread()
        persons: dict[str, str] = {}
        for row, cells in sheet.rows():
            self.taken.rows += 1
            if self.taken.rows > MOST_ROWS:
                raise Unwelcome(TOO_MANY_ROWS, most=MOST_ROWS)
            self._row(sheet, row, cells, persons)
        self.taken.findings += sheet.passed_over()

    def _row(self, sheet: _Sheet, row: int, cells: Cells, persons: dict[str, str]) -> None:
        table = sheet.table_of(cells)
        found = self._answers(sheet, row, cells, table)
        self._case(sheet, row, found.pop(CASE, {}))
        at = At(sheet.name, row)
        if table != PERSONS:
            if found.get(table):
                self._add(table, found[table], at)
            return
        number = sheet.number(cells)
        person = persons.get(number) if number else None
        if person is None and sheet.has_person(cells, number):
            person = self._add(PERSONS, found.get(PERSONS, {}), at)
            if number and person:
                persons[number] = person
        if found.get(VICTIMS):
            named = {VICTIM: person} if person else {}
            self._add(VICTIMS, named | found[VICTIMS], at)

    def _answers(
        self, sheet: _Sheet, row: int, cells: Cells, table: str
    ) -> dict[str, dict[str, Any]]:
        """Table -> key -> answer, of one row."""
        found: dict[str, dict[str, Any]] = {}
        wanted = (CASE, PERSONS, VICTIMS) if table == PERSONS else (CASE, table)
        for column, held in cells.items():
            place = sheet.place(column, wanted)
            if place is None:
                continue
            at = At(sheet.name, row, column)
            value = self._answer(place, held, at)
            if value is not None:
                _keep(found.setdefault(place.table, {}), place, value)
        return found

    def _answer(self, place: Place, held: str | Odd, at: At) -> Any:
        if isinstance(held, Odd):
            self.taken.findings.append(at.finding(FORMULA, effect=Effect.LEFT_OUT))
            return None
        value, findings = answers.read(place, held, at)
        self.taken.findings += findings
        return value

    def _case(self, sheet: _Sheet, row: int, found: Mapping[str, Any]) -> None:
        document = self.taken.document
        for key, value in found.items():
            if isinstance(value, list):  # one to a row: each adds to what was there
                document[key] = _both(self._form.field(key), document.get(key), value)
            elif document.setdefault(key, value) != value:
                at = At(sheet.name, row, sheet.column_of(key))
                self.taken.findings.append(at.finding(DIFFERS, effect=Effect.LEFT_OUT))

    def _add(self, table: str, cells: Mapping[str, Any], at: At) -> str | None:
        rows = self.taken.document.setdefault(table, [])
        most = int(self._form.field(table).options.get("max", MOST_ROWS))
        if len(rows) >= most:
            self.taken.findings.append(at.finding(TOO_MANY, effect=Effect.LEFT_OUT, most=most))
            return None
        rows.append({"id": self._new_id(), **cells})
        return str(rows[-1]["id"])


def _are_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _keep(into: dict[str, Any], place: Place, value: Any) -> None:
    """One answer may be spread over two columns."""
    into[place.key] = _both(place.field, into.get(place.key), value) if place.part else value


def _both(asked: Field, before: list[str] | None, value: list[str]) -> list[str]:
    """The codes of both answers, in the order of their list."""
    chosen = {*(before or ()), *value}
    return [code.key for code in asked.codes.codes if code.key in chosen] if asked.codes else value


class _Sheet:
    """A sheet of cases: which of its columns are read, and which are only counted."""

    def __init__(self, form: Format, page: Page, headings: Headings) -> None:
        self.name, self._headings = page.name, headings
        self._lines = [(row, cells) for row, cells in page.lines if row > headings.last_row]
        self._places = {at: column_places(form, item.name) for at, item in headings.columns.items()}
        self._read = {
            at: tuple(each for each in found if not each.is_sealed and each.field.is_asked)
            for at, found in self._places.items()
        }
        prefixes = {item.name[:4] for item in headings.columns.values()}
        self._is_of_suspects = "per_" in prefixes and not prefixes & {"vic_", "con_"}
        self._numbered: list[int] = []

    def place(self, column: int, tables: tuple[str, ...]) -> Place | None:
        """The place of a column, on a row that fills these tables."""
        return next((each for each in self._read.get(column, ()) if each.table in tables), None)

    def column_of(self, key: str) -> int:
        """The column that holds an answer of the case."""
        return next(
            at for at, found in self._read.items() if any(each.key == key for each in found)
        )

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """The rows that hold more than a number."""
        for row, cells in self._lines:
            if set(cells) - {self._headings.numbers}:
                yield row, cells
            else:
                self._numbered.append(row)

    def number(self, cells: Cells) -> str:
        """The number of the person a row is about."""
        held = cells.get(self._headings.numbers, "")
        return held.strip() if isinstance(held, str) else ""

    def table_of(self, cells: Cells) -> str:
        """What a row is about."""
        said = self._prefixes(cells)
        if self._is_of_suspects or "per_" in said:
            return SUSPECTS
        return EVENTS if "hte_" in said else PERSONS

    def has_person(self, cells: Cells, number: str) -> bool:
        """Whether a row is about a person, of whom perhaps nothing is read here.

        What happened to somebody, and what the case as a whole says on every row, make a person of it only where
        the row is numbered.
        """
        said = self._prefixes(cells)
        return bool(said & {"prs_", "con_"}) or (bool(number) and bool(said))

    def _prefixes(self, cells: Cells) -> set[str]:
        columns = self._headings.columns
        return {columns[at].name[:4] for at in cells if at in columns}

    def unread(self) -> Iterator[Finding]:
        """The columns that hold answers and are not read, each with how many."""
        how_many: dict[int, int] = {}
        for _row, cells in self._lines:
            for at in cells:
                how_many[at] = how_many.get(at, 0) + 1
        for column, count in sorted(how_many.items()):
            item = self._headings.columns.get(column)
            if what := self._why_unread(column, item):
                called = item.name if item else self._headings.unread.get(column, "")
                place = At(self.name, self._headings.last_row, column)
                yield place.finding(what, "", called, Effect.LEFT_OUT, count=count)

    def _why_unread(self, column: int, item: Item | None) -> str:
        if item is None:
            return "" if column == self._headings.numbers else NOT_READ
        if self._read[column]:
            return ""
        if item.deprecated:
            return DEPRECATED
        found = self._places[column]
        if any(each.is_sealed for each in found):
            return SEALED
        return OWN_WORDS if found else NO_PLACE

    def passed_over(self) -> Iterator[Finding]:
        """The rows that hold a number and nothing else, as one."""
        if self._numbered:
            first, last = self._numbered[0], self._numbered[-1]
            yield Finding(self.name, first, self._headings.numbers, ONLY_NUMBERS, last_row=last,
                          params={"count": len(self._numbered)})  # fmt: skip
