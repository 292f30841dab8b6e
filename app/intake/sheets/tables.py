"""To which record does a row of a table belong, and which row of it is it?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.db.base import new_id
from app.documents.xlsx_cells import Held
from app.formats.sheet_columns import LINE, in_sheet, offer_of_lines
from app.formats.spec import Field
from app.formats.words import N_
from app.intake.sheets.filled import Record
from app.intake.sheets.layout import NUMBER, ROW
from app.intake.sheets.lines import Lines, text_of
from app.intake.sheets.pages import Page
from app.intake.sheets.problems import Place

NO_SUCH_SHEET = N_("No spreadsheet may bring in this table. Delete the sheet.")
WHOSE = N_("Write the number of the row to which this belongs.")
NO_SUCH_NUMBER = N_("On the sheet “%(sheet)s” nothing stands in a row with this number.")
NUMBER_MISSING = N_(
    "On the sheet “%(sheet)s” no row has this number, and row %(row)s has none: write its number there."
)
TABLE_FULL = N_("There may be at most %(most)s of these rows for one number.")
WHICH_LINE = N_("Choose the line from the list.")
LINE_TWICE = N_("This line stands in row %(row)s already for the same number.")
ROWS_PER_TABLE = 100


class Tables:
    """Reads the sheets of tables into the records of a workbook, which are known by their number."""

    def __init__(self, lines: Lines, records: Mapping[str, Record], records_sheet: str) -> None:
        self._lines, self._records, self._records_sheet = lines, records, records_sheet
        self._filled = lines.filled
        without = (each.at.row for each in self._filled.records if not each.number)
        self._without_number = next(without, None)

    def refuse(self, page: Page) -> None:
        """Say that a sheet is not of the form, or of a table that stays where it was written."""
        self._filled.sheets.append(page.sheet.name)
        for row, _cells in self._lines.of(page):
            self._lines.blame(None, page.place(row, None), NO_SUCH_SHEET)
            self._filled.lost.append(page.place(row, None))

    def read(self, table: Field, page: Page) -> None:
        """Read the rows of a table into the records they name."""
        self._filled.present.add(table.key)
        self._filled.sheets.append(page.sheet.name)
        cells_asked = [cell for cell in table.cells if in_sheet(cell)]
        first_of_line: dict[tuple[str, str], int] = {}
        for row, cells in self._lines.of(page):
            record = self._owner(page, row, cells)
            row_id = self._row_id(record, table, page, row, cells, first_of_line)
            places = record.places if record else {}
            answers = self._lines.answers(
                record, cells_asked, page, row, cells, places, f".{row_id}"
            )
            self._lines.strangers(record, page, row, cells, table.cells)
            if record is None:
                self._filled.lost.append(page.place(row, None))
            elif answers:
                self._add(record, table, {"id": row_id, **answers}, page.place(row, None))

    def _owner(self, page: Page, row: int, cells: dict[int, Held]) -> Record | None:
        at = page.column(NUMBER)
        said = text_of(cells.get(at or 0))
        record = self._records.get(said)
        if record is None:
            message, params = self._why_nobodys(said)
            self._lines.blame(None, page.place(row, at), message, said, **params)
        return record

    def _why_nobodys(self, said: str) -> tuple[str, dict[str, Any]]:
        if not said:
            return WHOSE, {}
        if self._without_number is None:
            return NO_SUCH_NUMBER, {"sheet": self._records_sheet}
        return NUMBER_MISSING, {"sheet": self._records_sheet, "row": self._without_number}

    def _row_id(
        self, record: Record | None, table: Field, page: Page, row: int, cells: dict[int, Held],
        first_of_line: dict[tuple[str, str], int],
    ) -> str:  # fmt: skip
        """The line of a grid; else the id the row came with, or a new one where it was copied."""
        if not table.is_grid:
            said = text_of(cells.get(page.column(ROW) or 0))
            # A hidden cell is no proof: only rows of a draft that is named are looked for by it.
            is_new = (
                not (record and record.reference and said) or (said, table.key) in first_of_line
            )
            first_of_line[said, table.key] = row
            return new_id() if is_new else said
        at = page.column(LINE)
        said = text_of(cells.get(at or 0))
        line = offer_of_lines(table).code_of(said) if said else None
        if line is None:
            self._lines.blame(record, page.place(row, at), WHICH_LINE, said)
            return new_id()
        key = (record.number if record else "", line)
        if key in first_of_line:
            self._lines.blame(record, page.place(row, at), LINE_TWICE, said, row=first_of_line[key])
        first_of_line.setdefault(key, row)
        return line

    def _add(self, record: Record, table: Field, answers: dict[str, Any], at: Place) -> None:
        rows = record.answers.setdefault(table.key, [])
        most = len(table.lines) or int(table.options.get("max", ROWS_PER_TABLE))
        if len(rows) >= most:
            self._lines.blame(record, at, TABLE_FULL, most=most)
        rows.append(answers)
        record.is_empty = False
