"""How does a form become a workbook to fill in, empty or with the drafts there are?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from app.documents.cells import held
from app.documents.excel_names import sheet_name
from app.formats import sheet_cells
from app.formats.kinds import CellValue
from app.formats.sheet_columns import (
    LINE,
    Offer,
    SheetColumn,
    record_columns,
    row_columns,
    tables,
)
from app.formats.spec import Field, Format
from app.intake.sheets.comparing import fingerprints
from app.intake.sheets.guidance import hint, steps
from app.intake.sheets.layout import (
    BLANK_ROWS,
    FIRST,
    HEADINGS,
    HINTS,
    KEYS,
    MOST_RECORDS,
    REFERENCE,
    ROW,
    SECTIONS,
    SEEN,
    Mark,
)
from app.intake.sheets.looks import Looks

_HINT_HEIGHT = 92
_WIDTHS = {"lines": 44, "whole": 11, "number": 11, "money": 14, "date": 13, "choice": 26}
_ROWS_FORMATTED = 2000


@dataclass(frozen=True)
class Entry:
    """A draft to write into the workbook."""

    reference: str
    answers: Mapping[str, Any]


@dataclass
class _Writer:
    """Writes one workbook."""

    book: Any
    form: Format
    mark: Mark
    lang: str
    looks: Looks
    names: list[str] = field(default_factory=list)
    lists: dict[str, str] = field(default_factory=dict)

    def sheet(self, title: str) -> Any:
        name = sheet_name(title, taken=self.names)
        self.names.append(name)
        return self.book.add_worksheet(name)


def workbook(
    form: Format, mark: Mark, lang: str, *, title: str, call: str, plural: str,
    entries: Sequence[Entry] = (),
) -> bytes:  # fmt: skip
    """The workbook in a reader's language. Equal drafts give equal cells."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False,
                                      "strings_to_urls": False}) as book:  # fmt: skip
        writer = _Writer(book, form, mark, lang, Looks(book))
        book.set_properties({"title": title, "created": datetime(2004, 1, 1)})  # noqa: DTZ001
        _instructions(writer, title, call)
        records = writer.sheet(plural)
        sheets = [(table, writer.sheet(table.label.say(lang))) for table in tables(form)]
        _lists(writer)
        _records(writer, records, entries)
        for table, page in sheets:
            _table(writer, page, table, entries)
    return target.getvalue()


def _instructions(writer: _Writer, title: str, call: str) -> None:
    page = writer.sheet(_("How to fill it in"))
    page.hide_gridlines(2)
    page.set_column(0, 0, 4)
    page.set_column(1, 1, 92, writer.looks.words)
    page.write_string(0, 0, title, writer.looks.title)
    page.write_string(1, 0, call, writer.looks.quiet)
    for number, sentence in enumerate(steps(), start=1):
        page.write_number(2 + number, 0, number, writer.looks.quiet)
        page.write_string(2 + number, 1, sentence, writer.looks.words)


def _lists(writer: _Writer) -> None:
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


def _records(writer: _Writer, page: Any, entries: Sequence[Entry]) -> None:
    columns, looks = record_columns(writer.form), writer.looks
    _head(
        writer, page, str(writer.mark), _("No."), _("The number of the row; other sheets name it.")
    )
    _plain_column(page, 1, REFERENCE, _("Reference"),
                  _("Enlace fills it in. Leave it empty for a new one."), looks, 18)  # fmt: skip
    _plain_column(page, 2, SEEN, SEEN, "", looks, 3, hidden=True)
    seen_section = ""
    for at, column in enumerate(columns, start=3):
        section = writer.form.section_of(column.field.key).title.say(writer.lang)
        _column(writer, page, at, column, section if section != seen_section else "", MOST_RECORDS)
        seen_section = section
    page.freeze_panes(FIRST, 2)
    for number in range(1, max(BLANK_ROWS, len(entries)) + 1):
        page.write_number(FIRST + number - 1, 0, number, looks.number)
    for line, entry in enumerate(entries, start=FIRST):
        page.write_string(line, 1, entry.reference, looks.fixed)
        seen = json.dumps(fingerprints(writer.form, entry.answers), sort_keys=True)
        page.write_string(line, 2, seen, looks.quiet)
        for at, (column, cell) in enumerate(_cells(writer, columns, entry.answers), start=3):
            _write(page, line, at, cell, writer.looks, column)


def _cells(
    writer: _Writer, columns: Sequence[SheetColumn], answers: Mapping[str, Any]
) -> Iterator[tuple[SheetColumn, CellValue]]:
    """Each column with what stands in it."""
    asked = dict.fromkeys(column.field for column in columns)
    cells = [cell for each in asked
             for cell in sheet_cells.write(each, answers.get(each.key), writer.lang)]  # fmt: skip
    return zip(columns, cells, strict=True)


def _table(writer: _Writer, page: Any, table: Field, entries: Sequence[Entry]) -> None:
    mark = Mark(writer.mark.format_name, writer.mark.version, writer.mark.call_id, table.key)
    _head(
        writer, page, str(mark), _("No."), _("Of which row is this? Its number on the first sheet.")
    )
    _plain_column(page, 1, ROW, ROW, "", writer.looks, 3, hidden=True)
    columns = row_columns(table)
    for at, column in enumerate(columns, start=2):
        title = table.label.say(writer.lang) if at == 2 else ""
        _column(writer, page, at, column, title, _ROWS_FORMATTED)
    page.freeze_panes(FIRST, 1)
    line = FIRST
    for number, entry in enumerate(entries, start=1):
        for row in entry.answers.get(table.key) or ():
            _table_row(writer, page, line, number, table, columns, row)
            line += 1


def _table_row(
    writer: _Writer, page: Any, line: int, number: int, table: Field,
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


def _head(writer: _Writer, page: Any, mark: str, label: str, words: str) -> None:
    looks = writer.looks
    page.set_column(0, 0, 6, looks.number)
    page.set_row(SECTIONS, 20)
    page.set_row(HEADINGS, 46)
    page.set_row(HINTS, _HINT_HEIGHT)
    page.set_row(KEYS, None, None, {"hidden": True})
    page.write_string(SECTIONS, 0, "", looks.section)
    page.write_string(HEADINGS, 0, label, looks.heading)
    page.write_string(HINTS, 0, words, looks.hint)
    page.write_string(KEYS, 0, mark)


def _plain_column(
    page: Any, at: int, key: str, label: str, words: str, looks: Looks, width: int, *,
    hidden: bool = False,
) -> None:  # fmt: skip
    page.set_column(at, at, width, looks.fixed, {"hidden": hidden})
    page.write_string(SECTIONS, at, "", looks.section)
    page.write_string(HEADINGS, at, label, looks.heading)
    page.write_string(HINTS, at, words, looks.hint)
    page.write_string(KEYS, at, key)


def _column(
    writer: _Writer, page: Any, at: int, column: SheetColumn, section: str, rows: int
) -> None:
    looks, asked = writer.looks, column.field
    required = asked.required and column.part in ("", "1", "count", "code")
    page.set_column(at, at, _WIDTHS.get(column.shape, 30), looks.of(column))
    page.write_string(SECTIONS, at, section, looks.section)
    heading = column.heading(writer.lang) + (" *" if required else "")
    page.write_string(HEADINGS, at, heading, looks.required if required else looks.heading)
    page.write_string(HINTS, at, hint(writer.form, column, writer.lang), looks.hint)
    page.write_string(KEYS, at, column.key)
    rule = _rule(writer, column)
    if rule:
        page.data_validation(FIRST, at, FIRST + rows - 1, at, rule)


def _rule(writer: _Writer, column: SheetColumn) -> dict[str, Any]:
    """What a spreadsheet program asks of the cells itself."""
    options = column.field.options
    if column.offer is not None:
        return {"validate": "list", "source": f"={writer.lists[column.offer.name]}",
                "error_type": "warning", "error_title": _("Choose from the list"),
                "error_message": _("This is not in the list. It may be refused.")}  # fmt: skip
    if column.shape == "whole":
        least, most = int(options.get("min", 0)), int(options.get("max", 999_999_999))
        return _within("integer", least, most, _("Write a whole number."))
    if column.shape in ("number", "money"):
        return _within("decimal", int(options.get("min", 0)), int(options.get("max", 10**12)),
                       _("Write only the figure."))  # fmt: skip
    if column.shape == "date":
        return _within("date", date(1900, 1, 1), date(2199, 12, 31), _("Write a date."))
    return {}


def _within(kind: str, least: Any, most: Any, words: str) -> dict[str, Any]:
    return {"validate": kind, "criteria": "between", "minimum": least, "maximum": most,
            "error_type": "warning", "error_title": words[:32], "error_message": words}  # fmt: skip


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
