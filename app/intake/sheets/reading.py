"""What stands in a filled workbook? Its records, each with the rows of its tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import BinaryIO

from app.documents.read_xlsx import Workbook
from app.documents.xlsx_cells import Held, Odd
from app.formats.sheet_columns import columns_of, in_sheet, tables
from app.formats.spec import Field, Format
from app.formats.words import N_
from app.intake.sheets.filled import Filled, Record
from app.intake.sheets.layout import MOST_RECORDS, NUMBER, REFERENCE, SEEN, Mark
from app.intake.sheets.lines import ODD, Lines, Progress, shown_of, text_of
from app.intake.sheets.made import key_in, mark_rows
from app.intake.sheets.pages import TOO_MANY, Page, pages_of
from app.intake.sheets.tables import Tables
from app.storage.refusals import Unwelcome

NOT_OURS = N_(
    "This is not a form that was downloaded here: its hidden row of keys is missing. Download the "
    "form again and copy your answers into it."
)
NUMBER_TWICE = N_("Another row has this number already (row %(row)s).")
REFERENCE_TWICE = N_("This reference stands in row %(row)s already. Empty it to make a new one.")


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
    filled = Filled(records[0].mark, form_of(records[0].mark))
    lines = Lines(filled, locale, progress, sum(len(page.lines) for page in pages))
    by_number = _Records(lines).read(records[0])
    sheets = Tables(lines, by_number, records[0].sheet.name)
    by_table = {page.mark.table: page for page in pages if page.mark.table}
    for table in tables(filled.form):
        if table.key in by_table:
            sheets.read(table, by_table.pop(table.key))
    for page in by_table.values():
        sheets.refuse(page)
    mark_rows(filled)
    return filled


class _Records:
    """Reads the sheet of records, one to a line."""

    def __init__(self, lines: Lines) -> None:
        self._lines, self._filled = lines, lines.filled
        self._by_number: dict[str, Record] = {}

    def read(self, page: Page) -> dict[str, Record]:
        """Read every record; the numbers by which the rows of tables name them."""
        filled = self._filled
        filled.sheets.append(page.sheet.name)
        fields = [field for field in filled.form.fields if in_sheet(field)]
        filled.present |= {field.key for field in fields if _is_asked(page, field)}
        references: dict[str, int] = {}
        for row, cells in self._lines.of(page):
            if len(filled.records) >= MOST_RECORDS:
                raise Unwelcome(TOO_MANY, most=MOST_RECORDS)
            record = self._record(page, row, cells)
            filled.records.append(record)
            self._refuse_twice(record, page, references)
            record.answers |= self._lines.answers(record, fields, page, row, cells, record.places)
            self._lines.strangers(record, page, row, cells, filled.form.fields)
            record.is_empty = not record.answers and not record.is_bad
        return self._by_number

    def _record(self, page: Page, row: int, cells: dict[int, Held]) -> Record:
        number, reference = page.column(NUMBER), page.column(REFERENCE)
        record = Record(page.place(row, number), text_of(cells.get(number or 0)))
        record.reference = text_of(cells.get(reference or 0))
        record.reference_at = page.place(row, reference)
        held = cells.get(reference or 0)
        if isinstance(held, Odd):  # taken for empty, it would make a new draft
            self._lines.blame(record, record.reference_at, ODD[held.why], shown_of(held))
        record.key = key_in(cells.get(page.column(SEEN) or 0))
        record.seen = _fingerprints(cells.get(page.column(SEEN) or 0)) if record.reference else {}
        return record

    def _refuse_twice(self, record: Record, page: Page, references: dict[str, int]) -> None:
        if record.number and record.number in self._by_number:
            first = self._by_number[record.number].at.row
            self._lines.blame(record, record.at, NUMBER_TWICE, record.number, row=first)
        elif record.number:
            self._by_number[record.number] = record
        if record.reference and record.reference in references:
            at = record.reference_at or record.at
            self._lines.blame(record, at, REFERENCE_TWICE, record.reference, row=references[record.reference])  # fmt: skip
        references.setdefault(record.reference, record.at.row)


def _is_asked(page: Page, field: Field) -> bool:
    return any(page.column(column.key) is not None for column in columns_of(field))


def _fingerprints(held: Held | None) -> dict[str, str]:
    try:
        found = json.loads(held) if isinstance(held, str) else {}
    except ValueError:
        return {}
    is_right = isinstance(found, dict) and all(isinstance(v, str) for v in found.values())
    return found if is_right else {}
