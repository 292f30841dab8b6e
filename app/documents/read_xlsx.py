"""What stands in each cell of a workbook that somebody sent? Read row by row, in little memory.

Written by hand, since no library at hand reads without changing texts (docs/decisions/0014).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from app.documents.xlsx_hearing import Book, Cells, Line, StyleList, Texts
from app.documents.xlsx_parts import BROKEN, TOO_MUCH, Parts
from app.storage.archives import examine_xlsx
from app.storage.refusals import Unwelcome

MOST_CELLS = 500_000
_WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, and the part that holds its cells."""

    name: str
    part: str


class Workbook:
    """A workbook opened for reading. Raises Unwelcome for one that cannot or should not be read."""

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        examine_xlsx(file)
        try:
            self._parts = Parts(zipfile.ZipFile(file))
        except (zipfile.BadZipFile, ValueError, OSError) as fault:
            raise Unwelcome(BROKEN) from fault
        related = self._parts.relations(_WORKBOOK)
        book = Book()
        self._parts.hear(_WORKBOOK, book)
        self.sheets = tuple(
            Sheet(name, related[at][1]) for name, at in book.sheets
            if at in related and related[at][0] == "worksheet"
        )  # fmt: skip
        for sheet in self.sheets:
            self._parts.relations(sheet.part)  # a way out of the workbook is refused here
        self._texts = Texts()
        styles = StyleList(from_1904=book.from_1904)
        for kind, part in related.values():
            if kind == "sharedStrings":
                self._parts.hear(part, self._texts)
            elif kind == "styles":
                self._parts.hear(part, styles)
        self._styles = styles.made()
        self._cells = 0

    def lines(self, sheet: Sheet) -> Iterator[Line]:
        """The rows of a sheet that hold anything, from the top."""
        listener = Cells(self._texts.found, self._styles)
        for _ in self._parts.pieces(sheet.part, listener):
            for line in listener.taken():
                self._cells += len(line[1])
                if self._cells > MOST_CELLS:
                    raise Unwelcome(TOO_MUCH)
                yield line
