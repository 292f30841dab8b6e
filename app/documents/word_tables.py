"""How do tables stand in Word's XML? Written whole, since cell by cell takes ten times as long."""

from __future__ import annotations

import re

from app.documents.model import Column, Table
from app.documents.shown import Shown
from app.documents.word_text import attribute, content, run

# Twentieths of a point, in which Word measures tables: 166 mm of text, between A4's margins.
_TEXT_WIDTH = 9411
_FACT_WIDTHS = (3000, 6411)
# What a sign of a heading (8 points, bold) or of a cell (9 points) takes, and a cell's margins.
_HEADER_SIGN, _CELL_SIGN, _MARGINS = 88, 96, 160
_LONGEST = 18
"""Signs above which a word of a cell may be cut."""
_WORD_ENDS = re.compile(r"[\s-]+")
_RIGHT = '<w:jc w:val="right"/>'


def shown_rows(table: Table, shown: Shown) -> list[list[str]]:
    """The table's rows as texts, the total being the last."""
    rows = (*table.rows, table.total) if table.total else table.rows
    return [shown.row(row, table.columns) for row in rows]


def table_xml(table: Table, texts: list[list[str]]) -> str:
    """The table of those texts: its header is repeated on every page, and no row is torn apart."""
    widths = _widths(table.columns, texts)
    cells = _openings(table.columns, widths, style="EnlaceCell")
    headers = _openings(table.columns, widths, style="EnlaceHeaderCell")
    rows = [_row([column.header for column in table.columns], headers, is_header=True)]
    totals = _openings(table.columns, widths, style="EnlaceTotalCell")
    rows += [
        _row(line, cells if index < len(table.rows) else totals) for index, line in enumerate(texts)
    ]
    look = _look(first_row=True, last_row=table.total is not None)
    note = attribute(table.note or "")
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="EnlaceTable"/>{_size(_TEXT_WIDTH)}{look}'
        f'<w:tblCaption w:val="{attribute(table.title)}"/>'
        f'<w:tblDescription w:val="{note}"/></w:tblPr>'
        f"{_grid(widths)}{''.join(rows)}</w:tbl>"
    )


def facts_xml(pairs: tuple[tuple[str, str], ...], *, properties: str) -> str:
    """Labels at the left, what is said of each at the right, in runs of those properties."""
    label, value = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        for width, style in zip(_FACT_WIDTHS, ("EnlaceFactLabel", "EnlaceFact"), strict=True)
    )
    rows = "".join(
        f"<w:tr>{label}{run(said)}</w:p></w:tc>"
        f"{value}{run(what, properties=properties)}</w:p></w:tc></w:tr>"
        for said, what in pairs
    )
    look = _look(first_row=False, last_row=False, first_column=True)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="EnlaceFacts"/>{_size(_TEXT_WIDTH)}{look}</w:tblPr>'
        f"{_grid(_FACT_WIDTHS)}{rows}</w:tbl>"
    )


def _widths(columns: tuple[Column, ...], texts: list[list[str]]) -> list[int]:
    """The columns' shares of the page, none so narrow that it would cut a word while others have room."""
    least = [
        _MARGINS + max(_HEADER_SIGN * _longest(column.header),
                       _CELL_SIGN * min(_LONGEST, max((_longest(row[at]) for row in texts), default=0)))
        for at, column in enumerate(columns)
    ]  # fmt: skip
    whole, shares = sum(column.width for column in columns), [column.width for column in columns]
    wanted = [_TEXT_WIDTH * share / whole for share in shares]
    short = sum(max(0, need - have) for need, have in zip(least, wanted, strict=True))
    spare = sum(max(0, have - need) for need, have in zip(least, wanted, strict=True))
    part = min(1, short / spare) if spare else 0
    given = [
        have - part * (have - need) if have > need else have + (need - have) * min(1, spare / short)
        for need, have in zip(least, wanted, strict=True)
    ] if short else wanted  # fmt: skip
    return [round(width) for width in given]


def _longest(text: str) -> int:
    """Signs of the longest word."""
    return max(map(len, _WORD_ENDS.split(text)))


def _openings(columns: tuple[Column, ...], widths: list[int], *, style: str) -> list[str]:
    """All of a row's cells before their texts, the same in every row of a style."""
    return [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
        f'<w:pStyle w:val="{style}"/>{_RIGHT if column.is_counted else ""}</w:pPr><w:r>'
        for column, width in zip(columns, widths, strict=True)
    ]


def _row(texts: list[str], opening: list[str], *, is_header: bool = False) -> str:
    cells = "".join(
        f"{before}{content(text)}</w:r></w:p></w:tc>"
        for before, text in zip(opening, texts, strict=True)
    )
    repeated = "<w:tblHeader/>" if is_header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _size(width: int) -> str:
    return f'<w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'


def _look(*, first_row: bool, last_row: bool, first_column: bool = False) -> str:
    return (
        f'<w:tblLook w:firstRow="{int(first_row)}" w:lastRow="{int(last_row)}"'
        f' w:firstColumn="{int(first_column)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )


def _grid(widths: list[int] | tuple[int, ...]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"
