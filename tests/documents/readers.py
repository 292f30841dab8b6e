"""What do the tables of a finished file say? Read back from PDF, Word and Excel for comparison."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import docx
from docx.table import Table as WordTable
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from app.documents.model import Cell, Column, Document, Table
from app.documents.shown import Shown
from tests.documents.tagged_pdf import TaggedPdf

# A hyphen that does not break, one put where a line ends, and a mark where one might.
_KEPT_TOGETHER = str.maketrans({"\u2011": "-", "\u00ad": None, "\u200b": None})


@dataclass(frozen=True)
class ReadTable:
    """A table as a file holds it; the total is the last of its rows."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def expected_tables(document: Document) -> list[ReadTable]:
    """A document's own tables as a person reads them: what every printed medium must hold."""
    shown = Shown(document.locale)
    return [
        ReadTable(
            title=_plain(table.title),
            headers=tuple(column.header for column in table.columns),
            rows=tuple(
                tuple(_plain(text) for text in shown.row(row, table.columns))
                for row in _rows(table)
            ),
        )
        for table in document.tables
    ]


def expected_values(document: Document) -> list[ReadTable]:
    """A document's own tables as values: what every sheet of a workbook must hold."""
    return [
        ReadTable(
            title=table.title,
            headers=tuple(column.header for column in table.columns),
            rows=tuple(tuple(_value(cell) for cell in row) for row in _rows(table)),
        )
        for table in document.tables
    ]


def read_pdf_tables(data: bytes) -> list[ReadTable]:
    """The tables of a tagged PDF, by its tags: captions, header cells and cells."""
    return [
        ReadTable(
            title=_plain(caption.split("\n")[0]),
            headers=tuple(_plain(cell) for cell in rows[0]),
            rows=tuple(tuple(_plain(cell) for cell in row) for row in rows[1:]),
        )
        for caption, rows in TaggedPdf(data).tables()
    ]


def read_docx_tables(data: bytes) -> list[ReadTable]:
    """The tables of a Word file whose style is a report's, with the caption above each."""
    document = docx.Document(BytesIO(data))
    found, caption = [], ""
    for block in document.iter_inner_content():
        if isinstance(block, WordTable):
            if block.style is not None and block.style.name == "Enlace Table":
                found.append(_word_table(caption, block))
        elif block.style is not None and block.style.name == "Caption":
            caption = block.text
    return found


def read_xlsx_tables(data: bytes, document: Document) -> list[ReadTable]:
    """The tables of a workbook as values, one for each sheet after the cover's."""
    sheets = load_workbook(BytesIO(data)).worksheets[1:]
    return [
        _sheet(sheet, table.columns) for sheet, table in zip(sheets, document.tables, strict=True)
    ]


def _word_table(caption: str, table: WordTable) -> ReadTable:
    # Straight from the elements: the library's own cells take ten times as long.
    rows = [
        tuple(_plain("\n".join(line.text for line in cell.p_lst)) for cell in row.tc_lst)
        for row in table._tbl.tr_lst
    ]
    return ReadTable(title=_plain(caption), headers=rows[0], rows=tuple(rows[1:]))


def _sheet(sheet: Worksheet, columns: tuple[Column, ...]) -> ReadTable:
    lines = [list(row) for row in sheet.iter_rows(values_only=True, max_col=len(columns))]
    headers = [column.header for column in columns]
    start = next(at for at, line in enumerate(lines) if line == headers)
    return ReadTable(
        title=str(lines[0][0]),
        headers=tuple(headers),
        rows=tuple(tuple(_value(cell) for cell in line) for line in lines[start + 1 :]),
    )


def _rows(table: Table) -> tuple[tuple[Cell, ...], ...]:
    return (*table.rows, table.total) if table.total else table.rows


def _plain(text: str) -> str:
    """Text without what only keeps it together on a line."""
    return " ".join(text.translate(_KEPT_TOGETHER).split())


def _value(cell: object) -> Cell:
    """A cell with one type for each kind of thing: text, Decimal, date, nothing."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, int | float | Decimal):
        return Decimal(str(cell)).normalize()
    if isinstance(cell, date):
        return cell
    return unescape(str(cell)) if cell else None
