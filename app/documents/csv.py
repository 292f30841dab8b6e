"""How does a list become CSV that every program reads and none calculates?"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import StringIO

from app.documents.cells import looks_like_formula
from app.documents.model import Cell, Column

# Without it Excel takes UTF-8 for its region's old code page.
_BYTE_ORDER_MARK = "\ufeff"
_ROWS_AT_ONCE = 200


def csv_text(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The list as pieces of CSV (RFC 4180, to be sent as UTF-8), the first with a byte order mark.

    Numbers have a point and no groups, dates are ISO 8601. A text a spreadsheet would take for a
    formula is preceded by an apostrophe. Raises ValueError for a row of another length than the
    columns.
    """
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_text(column.header) for column in columns])
    buffered = 1
    yield _BYTE_ORDER_MARK
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"a row of {len(row)} under {len(columns)} columns")
        writer.writerow([_text(cell) for cell in row])
        buffered += 1
        if buffered >= _ROWS_AT_ONCE:
            yield _emptied(buffer)
            buffered = 0
    yield _emptied(buffer)


def _emptied(buffer: StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if looks_like_formula(cell) else cell
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell:f}" if not isinstance(cell, int) else str(cell)
