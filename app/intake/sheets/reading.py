"""What stands in a filled workbook? Every cell is understood, or named with the reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

from app.db.base import new_id
from app.documents.read_xlsx import Line, Workbook
from app.documents.xlsx_cells import Held, Odd
from app.formats import sheet_answers
from app.formats.kinds.words import UNFIT
from app.formats.sheet_answers import BadCells, Raw
from app.formats.sheet_columns import (
    LINE,
    SheetColumn,
    columns_of,
    in_sheet,
    offer_of_lines,
    tables,
)
from app.formats.spec import Field, Format
from app.formats.words import N_
from app.intake.sheets.filled import Filled, Record
from app.intake.sheets.layout import (
    MOST_RECORDS,
    NUMBER,
    REFERENCE,
    ROW,
    SEEN,
    Mark,
)
from app.intake.sheets.made import key_in, mark_rows
from app.intake.sheets.pages import TOO_MANY, Page, pages_of
from app.intake.sheets.problems import Place, Problem, shown
from app.storage.refusals import Unwelcome

NOT_OURS = N_(
    "This is not a form that was downloaded here: its hidden row of keys is missing. Download the "
    "form again and copy your answers into it."
)
FORMULA = N_("This cell holds a formula. Put the result itself (copy, paste special, values).")
ERROR = N_("This cell holds an error of the spreadsheet. Type the answer.")
_ODD = {Odd.FORMULA: FORMULA, Odd.ERROR: ERROR, Odd.SIGNS: UNFIT}
NO_SUCH_COLUMN = N_("This column does not belong to the form. Move its text, or empty it.")
SEALED = N_(
    "This answer is confidential: it is written in Enlace and taken from no spreadsheet. Empty the cell."
)
NO_SUCH_SHEET = N_("No spreadsheet may bring in this table. Delete the sheet.")
NUMBER_TWICE = N_("Another row has this number already (row %(row)s).")
REFERENCE_TWICE = N_("This reference stands in row %(row)s already. Empty it to make a new one.")
WHOSE = N_("Write the number of the row to which this belongs.")
NO_SUCH_NUMBER = N_("On the sheet “%(sheet)s” nothing stands in a row with this number.")
TABLE_FULL = N_("There may be at most %(most)s of these rows for one number.")
WHICH_LINE = N_("Choose the line from the list.")
LINE_TWICE = N_("This line stands in row %(row)s already for the same number.")
ROWS_PER_TABLE = 100


Progress = Callable[[int, int], None]


def read(
    file: BinaryIO, form_of: Callable[[Mark], Format], locale: str, progress: Progress
) -> Filled:
    """Everything filled in. `form_of` gives the form of a mark; `locale` is whose numbers are typed.

    Raises Unwelcome for a workbook that cannot be taken at all.
    """
    pages = pages_of(Workbook(file))
    records = [page for page in pages if not page.mark.table]
    if not records:
        raise Unwelcome(NOT_OURS)
    form = form_of(records[0].mark)
    reader = _Reader(
        Filled(records[0].mark, form), locale, progress, sum(len(p.lines) for p in pages)
    )
    reader.read_records(records[0])
    by_table = {page.mark.table: page for page in pages if page.mark.table}
    for table in tables(form):
        if table.key in by_table:
            reader.read_table(table, by_table.pop(table.key), records[0].sheet.name)
    for page in by_table.values():
        reader.refuse_table(page)
    mark_rows(reader.filled)
    return reader.filled


class _Reader:
    """Reads the sheets of one workbook."""

    def __init__(self, filled: Filled, locale: str, progress: Progress, total: int) -> None:
        self.filled, self._locale = filled, locale
        self._progress, self._total, self._done = progress, total, 0
        self._by_number: dict[str, Record] = {}

    def read_records(self, page: Page) -> None:
        self.filled.sheets.append(page.sheet.name)
        fields = [field for field in self.filled.form.fields if in_sheet(field)]
        self.filled.present |= {f.key for f in fields if _columns(page, columns_of(f))}
        references: dict[str, int] = {}
        for row, cells in self._each(page):
            if not self._says_something(page, cells):
                continue
            if len(self.filled.records) >= MOST_RECORDS:
                raise Unwelcome(TOO_MANY, most=MOST_RECORDS)
            record = self._record(page, row, cells)
            self.filled.records.append(record)
            self._refuse_twice(record, page, references)
            record.answers |= self._answers(record, fields, page, row, cells, record.places)
            self._strangers(record, page, row, cells, self.filled.form.fields)
            record.is_empty = not record.answers and not record.is_bad

    def _each(self, page: Page) -> Iterator[Line]:
        for line in page.lines:
            self._progress(self._done, self._total)
            self._done += 1
            yield line

    def _says_something(self, page: Page, cells: dict[int, Held]) -> bool:
        """Whether there is more in a line than the number it came with."""
        return any(page.keys.get(at) not in (NUMBER, SEEN, ROW) for at in cells)

    def _record(self, page: Page, row: int, cells: dict[int, Held]) -> Record:
        number, reference = page.column(NUMBER), page.column(REFERENCE)
        record = Record(page.place(row, number), _said(cells.get(number or 0)))
        record.reference = _said(cells.get(reference or 0))
        record.reference_at = page.place(row, reference)
        held = cells.get(reference or 0)
        if isinstance(held, Odd):  # taken for empty, it would make a new draft
            self._blame(record, record.reference_at, _ODD[held])
        record.key = key_in(cells.get(page.column(SEEN) or 0))
        record.seen = _fingerprints(cells.get(page.column(SEEN) or 0)) if record.reference else {}
        return record

    def _refuse_twice(self, record: Record, page: Page, references: dict[str, int]) -> None:
        if record.number and record.number in self._by_number:
            first = self._by_number[record.number].at.row
            self._blame(record, record.at, NUMBER_TWICE, record.number, row=first)
        elif record.number:
            self._by_number[record.number] = record
        if record.reference and record.reference in references:
            at = record.reference_at or record.at
            self._blame(record, at, REFERENCE_TWICE, record.reference, row=references[record.reference])  # fmt: skip
        references.setdefault(record.reference, record.at.row)

    def _answers(
        self, record: Record | None, fields: Sequence[Field], page: Page, row: int,
        cells: dict[int, Held], places: dict[str, Place], suffix: str = "",
    ) -> dict[str, Any]:  # fmt: skip
        """The answers of a line; what cannot be understood is blamed on the record."""
        answers: dict[str, Any] = {}
        for field in fields:
            columns = columns_of(field)
            at = [page.column(column.key) for column in columns]
            if not any(at):
                continue
            places[_join(page.mark.table, field.key) + suffix] = page.place(
                row, next(filter(None, at))
            )
            held = [cells.get(each or 0) for each in at]
            value = self._answer(record, field, held, [page.place(row, each) for each in at])
            if field.kind.is_answered(value):
                answers[field.key] = value
        return answers

    def _answer(
        self, record: Record | None, field: Field, held: list[Held | None], at: list[Place]
    ) -> Any:
        raws: list[Raw] = []
        for each, place in zip(held, at, strict=True):
            if isinstance(each, Odd):
                self._blame(record, place, _ODD[each])
            raws.append(None if isinstance(each, Odd) else each)
        try:
            return sheet_answers.read(field, raws, self._locale)
        except BadCells as bad:
            for number, mistake in bad.found.items():
                found = shown(raws[number]) if raws[number] is not None else ""
                self._blame(record, at[number], mistake.message_id, found, **mistake.params)
            return None

    def _strangers(
        self, record: Record | None, page: Page, row: int, cells: dict[int, Held],
        fields: Sequence[Field],
    ) -> None:  # fmt: skip
        known = {each.key for field in fields if in_sheet(field) for each in columns_of(field)}
        known |= {NUMBER, REFERENCE, SEEN, ROW, LINE}
        sealed = {field.key for field in fields if field.klass.is_sealed}
        for at, held in cells.items():
            key = page.keys.get(at, "")
            if key.partition(".")[0] in sealed:  # what it says is repeated nowhere
                self._blame(record, page.place(row, at), SEALED)
            elif key not in known:
                self._blame(record, page.place(row, at), NO_SUCH_COLUMN, _found(held))

    def refuse_table(self, page: Page) -> None:
        """Say that a sheet is not of the form, or of a table that stays where it was written."""
        self.filled.sheets.append(page.sheet.name)
        for row, cells in self._each(page):
            if self._says_something(page, cells):
                self._blame(None, page.place(row, None), NO_SUCH_SHEET)
                self.filled.lost.append(page.place(row, None))

    def read_table(self, table: Field, page: Page, records_sheet: str) -> None:
        """Read the rows of a table into the records they name."""
        self.filled.present.add(table.key)
        self.filled.sheets.append(page.sheet.name)
        cells_asked = [cell for cell in table.cells if in_sheet(cell)]
        first_of_line: dict[tuple[str, str], int] = {}
        for row, cells in self._each(page):
            if not self._says_something(page, cells):
                continue
            record = self._owner(page, row, cells, records_sheet)
            row_id = self._row_id(record, table, page, row, cells, first_of_line)
            places = record.places if record else {}
            answers = self._answers(record, cells_asked, page, row, cells, places, f".{row_id}")
            self._strangers(record, page, row, cells, table.cells)
            if record is None:
                self.filled.lost.append(page.place(row, None))
            elif answers:
                self._add(record, table, {"id": row_id, **answers}, page.place(row, None))

    def _owner(
        self, page: Page, row: int, cells: dict[int, Held], records_sheet: str
    ) -> Record | None:
        at = page.column(NUMBER)
        said = _said(cells.get(at or 0))
        record = self._by_number.get(said)
        if record is None:
            message, params = (NO_SUCH_NUMBER, {"sheet": records_sheet}) if said else (WHOSE, {})
            self._blame(None, page.place(row, at), message, said, **params)
        return record

    def _row_id(
        self, record: Record | None, table: Field, page: Page, row: int, cells: dict[int, Held],
        first_of_line: dict[tuple[str, str], int],
    ) -> str:  # fmt: skip
        """The line of a grid; else the id the row came with, or a new one where it was copied."""
        if not table.is_grid:
            said = _said(cells.get(page.column(ROW) or 0))
            # A hidden cell is no proof: only rows of a draft that is named are looked for by it.
            is_new = (
                not (record and record.reference and said) or (said, table.key) in first_of_line
            )
            first_of_line[said, table.key] = row
            return new_id() if is_new else said
        at = page.column(LINE)
        said = _said(cells.get(at or 0))
        line = offer_of_lines(table).code_of(said) if said else None
        if line is None:
            self._blame(record, page.place(row, at), WHICH_LINE, said)
            return new_id()
        key = (record.number if record else "", line)
        if key in first_of_line:
            self._blame(record, page.place(row, at), LINE_TWICE, said, row=first_of_line[key])
        first_of_line.setdefault(key, row)
        return line

    def _add(self, record: Record, table: Field, answers: dict[str, Any], at: Place) -> None:
        rows = record.answers.setdefault(table.key, [])
        most = len(table.lines) or int(table.options.get("max", ROWS_PER_TABLE))
        if len(rows) >= most:
            self._blame(record, at, TABLE_FULL, most=most)
        rows.append(answers)
        record.is_empty = False

    def _blame(
        self, record: Record | None, at: Place, message: str, found: str = "", **params: Any
    ) -> None:
        self.filled.problems.append(Problem(at, message, params, found))
        if record is not None:
            record.is_bad = True


def _columns(page: Page, columns: Sequence[SheetColumn]) -> list[SheetColumn]:
    return [column for column in columns if page.column(column.key) is not None]


def _join(table: str, key: str) -> str:
    return f"{table}.{key}" if table else key


def _said(held: Held | None) -> str:
    """A number or a reference as text: 7 and "7" are the same."""
    if isinstance(held, Decimal) and held == held.to_integral_value():
        return str(int(held))
    return "" if held is None or isinstance(held, Odd) else str(held).strip()


def _found(held: Held) -> str:
    return "" if isinstance(held, Odd) else shown(held)


def _fingerprints(held: Held | None) -> dict[str, str]:
    try:
        found = json.loads(held) if isinstance(held, str) else {}
    except ValueError:
        return {}
    is_right = isinstance(found, dict) and all(isinstance(v, str) for v in found.values())
    return found if is_right else {}
