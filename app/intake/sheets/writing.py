"""How does a form become a workbook to fill in, empty or with the drafts there are?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from app.documents.cells import held
from app.formats import sheet_cells
from app.formats.kinds import CellValue
from app.formats.sheet_columns import (
    LINE,
    Offer,
    SheetColumn,
    record_columns,
    row_columns,
    rows_in_sheet,
    tables,
)
from app.formats.spec import Field, Format
from app.intake.sheets.fingerprints import fingerprints
from app.intake.sheets.guidance import steps
from app.intake.sheets.headings import Writer, answer_column, head, plain_column
from app.intake.sheets.layout import (
    FIRST,
    MOST_RECORDS,
    REFERENCE,
    ROW,
    SEEN,
    Mark,
)
from app.intake.sheets.looks import Looks
from app.intake.sheets.made import new_key

_ROWS_FORMATTED = 2000
_LINE, _LETTERS_A_LINE = 16, 88
"""Height of a line in points, and letters that fit into one of the instructions."""
_ENTRY_HEIGHT = 48
"""Of a draft's row: three lines; longer texts are read in the cell."""


@dataclass(frozen=True)
class Entry:
    """A draft to write into the workbook."""

    reference: str
    answers: Mapping[str, Any]


def workbook(
    form: Format, mark: Mark, lang: str, *, title: str, call: str, plural: str,
    entries: Sequence[Entry] = (),
) -> bytes:  # fmt: skip
    """The workbook in a reader's language. Equal drafts give equal cells, but for the keys of new rows."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False,
                                      "strings_to_urls": False}) as book:  # fmt: skip
        writer = Writer(book, form, mark, lang, Looks(book))
        book.set_properties({"title": title, "created": datetime(2004, 1, 1)})  # noqa: DTZ001
        _instructions(writer, title, call)
        records = writer.sheet(plural)
        sheets = [(table, writer.sheet(table.label.say(lang))) for table in tables(form)]
        _lists(writer)
        _records(writer, records, entries)
        for table, page in sheets:
            _table(writer, page, table, entries)
    return target.getvalue()


def _instructions(writer: Writer, title: str, call: str) -> None:
    page = writer.sheet(_("How to fill it in"))
    page.hide_gridlines(2)
    page.set_column(0, 0, 4)
    page.set_column(1, 1, 92, writer.looks.words)
    page.write_string(0, 0, title, writer.looks.title)
    page.write_string(1, 0, call, writer.looks.quiet)
    for number, sentence in enumerate(steps(), start=1):
        # Not every program looks by itself how many lines a text takes.
        page.set_row(2 + number, _LINE * (1 + len(sentence) // _LETTERS_A_LINE))
        page.write_number(2 + number, 0, number, writer.looks.quiet)
        page.write_string(2 + number, 1, sentence, writer.looks.words)


def _lists(writer: Writer) -> None:
    """The lists to choose from, on a sheet nobody needs to see, each under a name."""
    page = writer.book.add_worksheet("_lists")
    page.hide()
    for column, offer in enumerate(_offers(writer.form)):
        name = f"list_{offer.name}"
        said = [label.say(writer.lang) for _code, label in offer.codes]
        for row, label in enumerate(said):
            page.write_string(row, column, label)
        letter = xlsxwriter.utility.xl_col_to_name(column, col_abs=True)
        writer.book.define_name(name, f"='_lists'!{letter}$1:{letter}${len(said)}")
        writer.lists[offer.name] = name


def _offers(form: Format) -> list[Offer]:
    columns = [*record_columns(form)]
    for table in tables(form):
        columns += row_columns(table)
    return list({column.offer.name: column.offer for column in columns if column.offer}.values())


def _records(writer: Writer, page: Any, entries: Sequence[Entry]) -> None:
    columns, looks = record_columns(writer.form), writer.looks
    head(
        writer, page, str(writer.mark), _("No."), _("The number of the row; other sheets name it.")
    )
    plain_column(page, 1, REFERENCE, _("Reference"),
                  _("Enlace fills it in. Leave it empty for a new one."), looks, 18)  # fmt: skip
    plain_column(page, 2, SEEN, SEEN, "", looks, 3, hidden=True)
    seen_section = ""
    for at, column in enumerate(columns, start=3):
        section = writer.form.section_of(column.field.key).title.say(writer.lang)
        answer_column(
            writer, page, at, column, section if section != seen_section else "", MOST_RECORDS
        )
        seen_section = section
    page.freeze_panes(FIRST, 2)
    for number in range(1, MOST_RECORDS + 1):
        page.write_number(FIRST + number - 1, 0, number, looks.number)
        if number > len(entries):
            page.write_string(FIRST + number - 1, 2, new_key(), looks.quiet)
    for line, entry in enumerate(entries, start=FIRST):
        page.set_row(line, _ENTRY_HEIGHT)
        page.write_string(line, 1, entry.reference, looks.fixed)
        seen = json.dumps(fingerprints(writer.form, entry.answers), sort_keys=True)
        page.write_string(line, 2, seen, looks.quiet)
        for at, (column, cell) in enumerate(_cells(writer, columns, entry.answers), start=3):
            _write(page, line, at, cell, writer.looks, column)


def _cells(
    writer: Writer, columns: Sequence[SheetColumn], answers: Mapping[str, Any]
) -> Iterator[tuple[SheetColumn, CellValue]]:
    """Each column with what stands in it."""
    asked = dict.fromkeys(column.field for column in columns)
    cells = [cell for each in asked
             for cell in sheet_cells.write(each, answers.get(each.key), writer.lang)]  # fmt: skip
    return zip(columns, cells, strict=True)


def _table(writer: Writer, page: Any, table: Field, entries: Sequence[Entry]) -> None:
    mark = Mark(writer.mark.format_name, writer.mark.version, writer.mark.call_id, table.key)
    head(
        writer, page, str(mark), _("No."), _("Of which row is this? Its number on the first sheet.")
    )
    plain_column(page, 1, ROW, ROW, "", writer.looks, 3, hidden=True)
    columns = row_columns(table)
    for at, column in enumerate(columns, start=2):
        title = table.label.say(writer.lang) if at == 2 else ""
        answer_column(writer, page, at, column, title, _ROWS_FORMATTED)
    page.freeze_panes(FIRST, 1)
    line = FIRST
    for number, entry in enumerate(entries, start=1):
        for row in rows_in_sheet(table, entry.answers.get(table.key) or ()):
            _table_row(writer, page, line, number, table, columns, row)
            line += 1


def _table_row(
    writer: Writer, page: Any, line: int, number: int, table: Field,
    columns: Sequence[SheetColumn], row: Mapping[str, Any],
) -> None:  # fmt: skip
    page.write_number(line, 0, number, writer.looks.number)
    page.write_string(line, 1, row["id"], writer.looks.quiet)
    own = [column for column in columns if column.part != LINE]
    if table.is_grid:
        said = table.line(row["id"])
        page.write_string(line, 2, said.label.say(writer.lang) if said else row["id"], writer.looks.words)  # fmt: skip
    for at, (column, cell) in enumerate(_cells(writer, own, row), start=2 + table.is_grid):
        _write(page, line, at, cell, writer.looks, column)


def _write(
    page: Any, line: int, at: int, cell: CellValue, looks: Looks, column: SheetColumn
) -> None:
    value = held(cell)
    shape = looks.of(column)
    if value is None or value == "":
        page.write_blank(line, at, None, shape)
    elif isinstance(value, str):
        page.write_string(line, at, value, looks.guarded(column, value))
    elif isinstance(value, date):
        page.write_datetime(line, at, datetime.combine(value, time()), shape)
    elif isinstance(value, int | Decimal):
        page.write_number(line, at, value, shape)
