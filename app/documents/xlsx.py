"""How does a document become a workbook? A cover, then one sheet for each table with its chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from app.documents.bulk import sheet, write_sheet
from app.documents.cells import held, held_text, looks_like_formula
from app.documents.excel_chart import insert_chart
from app.documents.excel_formats import Formats
from app.documents.excel_names import sheet_name
from app.documents.model import AnyChart, Cell, Column, Document, Row, Table, TableBlock
from app.documents.shown import Shown
from app.documents.words import words

__all__ = ["sheet", "workbook", "write_sheet"]

_A4 = 9
_NARROWEST, _WIDEST = 8, 60
# Heights in points: of a line, and the most Excel lets a row have.
_LINE, _HIGHEST = 15, 409


def workbook(source: Document | Sequence[Table]) -> bytes:
    """The document's tables as a workbook with a cover sheet, or tables alone without one.

    Numbers stay numbers and dates dates; a text that looks like a formula stays a text. The same
    document always gives the same bytes.
    """
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        formats = Formats(book)
        if isinstance(source, Document):
            _set_properties(book, source)
            blocks = [block for block in source.blocks if isinstance(block, TableBlock)]
            names = _names([words(source.lang)["about"], *(b.table.title for b in blocks)])
            _cover(book.add_worksheet(names[0]), source, names[1:], formats)
            for block, name in zip(blocks, names[1:], strict=True):
                page = book.add_worksheet(name)
                _print_setup(page, source)
                _table(book, page, block.table, block.chart, formats)
        else:
            for table, name in zip(source, _names([t.title for t in source]), strict=True):
                _table(book, book.add_worksheet(name), table, None, formats)
    return target.getvalue()


def _set_properties(book: Any, document: Document) -> None:
    made = datetime.combine(document.date, time())
    book.set_properties(
        {"title": held_text(document.title), "subject": document.reference, "created": made}
    )


def _names(titles: Sequence[str]) -> list[str]:
    names: list[str] = []
    for title in titles:
        names.append(sheet_name(title, taken=names))
    return names


def _cover(page: Any, document: Document, names: Sequence[str], formats: Formats) -> None:
    said = words(document.lang)
    page.hide_gridlines(2)
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 80)
    page.write_string(0, 0, held_text(document.title), formats.title)
    below = " · ".join(text for text in (document.subtitle, document.mark) if text)
    page.write_string(1, 0, held_text(below), formats.muted)
    facts = {
        said["reference"]: document.reference,
        said["date"]: Shown(document.locale).long_date(document.date),
        **document.cover,
    }
    for line, (label, value) in enumerate(facts.items(), start=3):
        page.write_string(line, 0, held_text(label), formats.muted)
        _write(page, line, 1, value, formats, "text")
    first = len(facts) + 4
    page.write_string(first, 0, said["contents"], formats.bold)
    for line, name in enumerate(names, start=first + 1):
        quoted = name.replace("'", "''")
        page.write_url(line, 0, f"internal:'{quoted}'!A1", formats.link, name)
    _print_setup(page, document)


def _table(book: Any, page: Any, table: Table, chart: AnyChart | None, formats: Formats) -> None:
    page.hide_gridlines(2)
    page.write_string(0, 0, held_text(table.title), formats.title)
    if table.note:
        page.write_string(1, 0, held_text(table.note), formats.muted)
    head = 3
    for at, column in enumerate(table.columns):
        page.set_column(at, at, _width(column))
        page.write_string(
            head, at, held_text(column.header), formats.header(column, apart=_is_apart(table, at))
        )
    for line, row in enumerate(table.rows, start=head + 1):
        _row(page, line, row, table, formats)
    last = head + len(table.rows)
    if table.total:
        _row(page, last + 1, table.total, table, formats, is_total=True)
    page.freeze_panes(head + 1, 0)
    page.autofilter(head, 0, max(last, head + 1), len(table.columns) - 1)
    page.repeat_rows(head)
    # On paper the table alone: with its chart beside it, it would be too small to read.
    page.print_area(0, 0, last + bool(table.total), len(table.columns) - 1)
    if chart:
        insert_chart(book, page, chart, formats, row=head, column=len(table.columns) + 1)


def _row(
    page: Any, line: int, row: Row, table: Table, formats: Formats, *, is_total: bool = False
) -> None:
    lines = max(_lines(cell, column) for cell, column in zip(row, table.columns, strict=True))
    if lines > 1:
        page.set_row(line, min(lines * _LINE, _HIGHEST))
    for at, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
        apart = _is_apart(table, at)
        _write(page, line, at, cell, formats, column.kind, is_total=is_total, apart=apart)


def _is_apart(table: Table, at: int) -> bool:
    """Whether a column of words stands at the right of one of figures."""
    return at > 0 and table.columns[at - 1].is_counted and not table.columns[at].is_counted


def _lines(cell: Cell, column: Column) -> int:
    """How many lines a text takes in its column: some programs do not look by themselves."""
    if not isinstance(cell, str):
        return 1
    return sum(-(-len(line) // int(_width(column) * 1.15)) or 1 for line in cell.split("\n"))


def _width(column: Column) -> float:
    return min(max(column.width, _NARROWEST), _WIDEST)


def _write(
    page: Any,
    line: int,
    at: int,
    cell: Cell,
    formats: Formats,
    kind: str,
    *,
    is_total: bool = False,
    apart: bool = False,
) -> None:
    value = held(cell)
    shape = formats.cell(value, kind, is_total=is_total, guarded=_is_guarded(value), apart=apart)
    if value is None or value == "":
        page.write_blank(line, at, None, shape)
    elif isinstance(value, str):
        page.write_string(line, at, value, shape)
    elif isinstance(value, date):
        page.write_datetime(line, at, datetime.combine(value, time()), shape)
    elif isinstance(value, int | Decimal):
        page.write_number(line, at, value, shape)


def _is_guarded(value: Cell) -> bool:
    return isinstance(value, str) and looks_like_formula(value)


def _print_setup(page: Any, document: Document) -> None:
    said = words(document.lang)
    page.set_paper(_A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    marks = " · ".join(_literal(text) for text in (document.reference, document.mark) if text)
    page.set_header(f"&R&9{marks}")
    page.set_footer(f"&R&9{said['page']} &P {said['of']} &N")


def _literal(text: str) -> str:
    """The text as a header prints it: there, an ampersand begins a code. Short, as Excel asks."""
    return held_text(text)[:80].replace("&", "&&")
