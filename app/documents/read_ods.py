"""What stands in each cell of an OpenDocument spreadsheet that somebody sent?

Its cells come as those of an Excel workbook do (see read_xlsx.py). Rows and cells that are alike are written once
with how often: empty ones are passed over, the others count against the same limit.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from app.documents.read_xlsx import MOST_CELLS, Sheet
from app.documents.xlsx_cells import Held, Odd, Why, number, spelled_day
from app.documents.xlsx_hearing import MOST_COLUMNS, MOST_SHEETS, MOST_TEXT, Line, Silent
from app.documents.xlsx_parts import BROKEN, LINKED, TOO_MUCH, Attributes, Parts
from app.storage.archives import examine_ods
from app.storage.refusals import Unwelcome

_CONTENT = "content.xml"
_CELLS = ("table-cell", "covered-table-cell")
_ASIDE = frozenset(
    {"annotation", "shapes", "frame", "tracked-changes", "custom-shape", "table-template"}
)
"""What stands in or beside cells and is no content of theirs: remarks, pictures, earlier states."""
_FROM_ELSEWHERE = frozenset({"table-source", "cell-range-source", "dde-source", "database-source-sql",
                             "database-source-table", "database-source-query", "event-listeners"})  # fmt: skip
_SPOKEN = {"s": " ", "tab": "\t", "line-break": "\n"}


class Spreadsheet:
    """A spreadsheet opened for reading. Raises Unwelcome for one that cannot or should not be read."""

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        examine_ods(file)
        try:
            parts = Parts(zipfile.ZipFile(file))
        except (zipfile.BadZipFile, ValueError, OSError) as fault:
            raise Unwelcome(BROKEN) from fault
        heard = _Content()
        parts.hear(_CONTENT, heard)
        self._found = heard.found
        self.sheets = tuple(Sheet(name, _CONTENT) for name, _lines in heard.found)

    def lines(self, sheet: Sheet) -> Iterator[Line]:
        """The rows of a sheet that hold anything, from the top."""
        at = next(at for at, each in enumerate(self.sheets) if each is sheet)
        yield from self._found[at][1]


class _Content(Silent):
    """Hears all sheets, one after another, row by row."""

    def __init__(self) -> None:
        self.found: list[tuple[str, list[Line]]] = []
        self._row = self._column = 0
        self._rows_alike = 1
        self._line: dict[int, Held] = {}
        self._cell: _Cell | None = None
        self._aside = 0
        self._cells = self._length = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name in _FROM_ELSEWHERE:
            raise Unwelcome(LINKED)
        if self._aside or name in _ASIDE:
            self._aside += 1
        elif self._cell is not None:
            self._start_in(self._cell, name, attributes)
        else:
            self._start(name, attributes)

    def _start_in(self, cell: _Cell, name: str, attributes: Attributes) -> None:
        if name in _SPOKEN:
            self._speak(_SPOKEN[name], _times(attributes.get("c")) if name == "s" else 1)
        else:
            cell.start(name)

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "table":
            if len(self.found) == MOST_SHEETS:
                raise Unwelcome(TOO_MUCH)
            self.found.append((attributes.get("name", ""), []))
            self._row = 0
        elif name == "table-row":
            self._line, self._column = {}, 0
            self._rows_alike = _times(attributes.get("number-rows-repeated"))
        elif name in _CELLS:
            self._cell = _Cell(attributes, is_covered=name != "table-cell")

    def end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
        elif self._cell is not None and name in _CELLS:
            self._keep(self._cell)
            self._cell = None
        elif self._cell is not None:
            self._cell.end(name)
        elif name == "table-row":
            self._keep_row()

    def text(self, text: str) -> None:
        if not self._aside:
            self._speak(text)

    def _speak(self, text: str, times: int = 1) -> None:
        """A piece of text in a cell, so many times."""
        if self._cell is not None:
            self._length += len(text) * times
            if self._length > MOST_TEXT:
                raise Unwelcome(TOO_MUCH)
            self._cell.text(text * times)

    def _keep(self, cell: _Cell) -> None:
        held = cell.held()
        if held is not None:
            self._count(cell.alike)
            if self._column + cell.alike > MOST_COLUMNS:
                raise ValueError(self._column)
            self._line |= {self._column + at: held for at in range(1, cell.alike + 1)}
        self._column += cell.alike

    def _keep_row(self) -> None:
        if self._line:
            self._count(len(self._line) * (self._rows_alike - 1))
            lines = self.found[-1][1]
            lines += [(self._row + at, dict(self._line)) for at in range(1, self._rows_alike + 1)]
        self._row += self._rows_alike

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > MOST_CELLS:
            raise Unwelcome(TOO_MUCH)


class _Cell:
    """One cell while it is heard."""

    def __init__(self, attributes: Attributes, *, is_covered: bool) -> None:
        self.alike = _times(attributes.get("number-columns-repeated"))
        self._attributes, self._is_covered = attributes, is_covered
        self._lines: list[list[str]] = []
        self._is_line = False

    def start(self, name: str) -> None:
        if name == "p":
            self._lines.append([])
            self._is_line = True

    def end(self, name: str) -> None:
        if name == "p":
            self._is_line = False

    def text(self, text: str) -> None:
        if self._is_line:
            self._lines[-1].append(text)

    def held(self) -> Held | None:
        """What the cell holds; None for nothing. What a merged cell covers is nothing."""
        kind = self._attributes.get("value-type", "")
        if self._is_covered:
            return None
        if "formula" in self._attributes:
            return Odd(Why.FORMULA, self._attributes["formula"])
        if kind in ("float", "percentage", "currency"):
            return number(self._attributes["value"])
        if kind == "date":
            return spelled_day(self._attributes["date-value"])
        if kind == "boolean":
            return self._attributes["boolean-value"] == "true"
        text = "\n".join("".join(line) for line in self._lines)
        text = text or self._attributes.get("string-value", "")
        return text if text.strip() else None


def _times(said: str | None) -> int:
    times = int(said or 1)
    if times < 1:
        raise ValueError(said)
    return times
