"""Which sheets does a file have that somebody sent, with which texts in their cells?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from app.documents.read_ods import Spreadsheet
from app.documents.read_xlsx import Workbook
from app.documents.xlsx_cells import Held, Odd
from app.formats.words import N_
from app.storage import names
from app.storage.refusals import Unwelcome

MACROS = N_(
    "Workbooks with macros (.xlsm) are not accepted, since opening them runs programs. Save it as Excel without macros"
    " (.xlsx) and send that."
)
OTHER_ENDING = N_("Send an Excel workbook (.xlsx) or an OpenDocument spreadsheet (.ods).")
KINDS = "Excel (.xlsx), OpenDocument (.ods)"
WITH_MACROS = frozenset({"xlsm", "xlsb", "xltm", "xlam"})

Cells = Mapping[int, str | Odd]
"""Column, from 1 -> what stands there as text, with its blanks; or why it is no text."""


@dataclass(frozen=True)
class Page:
    """A sheet, with its rows that hold anything."""

    name: str
    lines: tuple[tuple[int, Cells], ...]

    def texts(self) -> Iterator[tuple[int, dict[int, str]]]:
        """The rows with the texts alone."""
        for row, cells in self.lines:
            yield row, {at: held for at, held in cells.items() if isinstance(held, str)}


def opened(file: BinaryIO, name: str) -> tuple[Page, ...]:
    """The sheets of a file. Raises Unwelcome."""
    ending = names.ending_of(name)
    if ending in WITH_MACROS:
        raise Unwelcome(MACROS)
    if ending not in ("xlsx", "ods"):
        raise Unwelcome(OTHER_ENDING)
    try:
        book: Workbook | Spreadsheet = Workbook(file) if ending == "xlsx" else Spreadsheet(file)
    except Unwelcome as refused:
        raise Unwelcome(refused.message, **{"kinds": KINDS, **refused.params}) from None
    return tuple(
        Page(sheet.name, tuple((row, {at: _text(held) for at, held in cells.items()})
                               for row, cells in book.lines(sheet)))
        for sheet in book.sheets
    )  # fmt: skip


def _text(held: Held) -> str | Odd:
    if isinstance(held, bool):
        return "TRUE" if held else "FALSE"
    if isinstance(held, Decimal):
        return f"{held.normalize():f}"
    return held.isoformat() if isinstance(held, date) else held
