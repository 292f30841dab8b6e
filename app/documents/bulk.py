"""How does a long list become a workbook of one sheet, row by row and with little memory?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice, repeat
from pathlib import Path
from typing import BinaryIO

from rustpy_xlsxwriter import Format, write_worksheet

from app.documents.cells import held
from app.documents.excel_names import sheet_name, unique_headers
from app.documents.model import Cell, Column
from app.documents.plain_rows import plain_judge

_MONEY, _DATE = "#,##0.00", "yyyy-mm-dd"
_ROWS_AT_ONCE = 500


def sheet(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, title: str) -> bytes:
    """The rows as a workbook of one sheet called `title`; the rows may be a generator.

    Raises ValueError for a row of another length than the columns.
    """
    target = BytesIO()
    write_sheet(columns, rows, target, title=title)
    return target.getvalue()


def write_sheet(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    target: Path | BinaryIO,
    *,
    title: str,
) -> None:
    """What `sheet` gives, into a file, for lists too long to hold. Raises OSError beside."""
    headers = unique_headers(columns)
    write_worksheet(
        _records(columns, headers, rows),
        str(target) if isinstance(target, Path) else target,
        sheet_name=sheet_name(title, taken=()),
        freeze_row=1,
        autofilter=True,
        column_widths={
            header: column.width for header, column in zip(headers, columns, strict=True)
        },
        column_formats={
            header: Format().set_num_format(_MONEY)
            for header, column in zip(headers, columns, strict=True)
            if column.kind == "money"
        },
        datetime_format=_DATE,
        header_format=Format().set_bold().set_border_bottom("thin"),
    )


def _records(
    columns: Sequence[Column], headers: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> Iterator[dict[str, Cell]]:
    """Each row by its headers, its cells made such as Excel can hold.

    Without rows there is an empty one: the library takes the headers from the first.
    """
    are_plain = plain_judge(columns)
    left = iter(rows)
    some: list[Sequence[Cell]] = list(islice(left, _ROWS_AT_ONCE)) or [(None,) * len(headers)]
    while some:
        if set(map(len, some)) != {len(headers)}:
            raise ValueError(f"a row is not as long as the {len(headers)} columns")
        whole = some if are_plain(some) else [tuple(map(held, row)) for row in some]
        yield from map(dict, map(zip, repeat(headers), whole))
        some = list(islice(left, _ROWS_AT_ONCE))
