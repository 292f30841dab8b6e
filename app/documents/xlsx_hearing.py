"""What is heard in each part of a workbook: which sheets, which styles, which texts, which cells?

What a listener keeps has a limit of its own; how much it hears is limited in xlsx_parts.py.
"""

from __future__ import annotations

from app.documents.xlsx_cells import (
    Held,
    Odd,
    Styles,
    Why,
    day,
    is_date_format,
    number,
    place,
    spelled_day,
    unescaped,
)
from app.documents.xlsx_parts import TOO_MUCH, Attributes
from app.storage.refusals import Unwelcome

MOST_SHEETS = 100
MOST_TEXT = 10_000_000
"""Characters of all texts together."""
MOST_STYLES = 65_490
"""As many as Excel keeps."""
MOST_COLUMNS = 16_384
"""As many as Excel has: a row is held until it ends."""
Line = tuple[int, dict[int, Held]]
"""(row, column -> what stands there), both from 1; rows and cells without anything are left out."""


class Silent:
    """A listener that hears nothing unless it says so."""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text between elements."""


class Book(Silent):
    """Hears which sheets there are, in their order."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            if len(self.sheets) == MOST_SHEETS:
                raise Unwelcome(TOO_MUCH)
            self.sheets.append((attributes.get("name", ""), attributes.get("id", "")))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true")


class StyleList(Silent):
    """Hears which styles show days."""

    def __init__(self, *, from_1904: bool) -> None:
        self._from_1904 = from_1904
        self._codes: dict[int, str] = {}
        self._formats: list[int] = []
        self._is_in_list = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            self._codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._is_in_list = True
        elif name == "xf" and self._is_in_list:
            self._formats.append(int(attributes.get("numFmtId", "0")))
        if max(len(self._codes), len(self._formats)) > MOST_STYLES:
            raise Unwelcome(TOO_MUCH)

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_in_list = False

    def made(self) -> Styles:
        dates = frozenset(
            at for at, number in enumerate(self._formats)
            if is_date_format(number, self._codes.get(number, ""))
        )  # fmt: skip
        return Styles(dates, self._from_1904)


class Spoken(Silent):
    """Hears texts in `t` elements, but not how they are to be pronounced."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._is_text = self._is_sound = False
        self._length = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "t":
            self._is_text = not self._is_sound
        elif name == "rPh":
            self._is_sound = True

    def end(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._is_sound = False

    def text(self, text: str) -> None:
        if self._is_text:
            self.keep(text)

    def keep(self, text: str) -> None:
        """Remember a piece of text."""
        self._length += len(text)
        if self._length > MOST_TEXT:
            raise Unwelcome(TOO_MUCH)
        self._pieces.append(text)

    def said(self) -> str:
        """What was heard since the last time."""
        text = "".join(self._pieces)
        self._pieces.clear()
        return text


class Texts(Spoken):
    """Hears the texts that cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str | Odd] = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            self.found.append(unescaped(self.said()))


class Cells(Spoken):
    """Hears the cells of a sheet and gives them row by row."""

    def __init__(self, texts: list[str | Odd], styles: Styles) -> None:
        super().__init__()
        self._texts, self._styles = texts, styles
        self._lines: list[Line] = []
        self._row, self._column = 0, 0
        self._cells: dict[int, Held] = {}
        self._kind, self._style = "n", 0
        self._formula: str | None = None
        self._is_said = False

    def taken(self) -> list[Line]:
        """The rows that are complete, each once."""
        lines, self._lines = self._lines, []
        return lines

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column, self._cells = 0, {}
        elif name == "c":
            at = attributes.get("r")
            self._column = place(at)[1] if at else self._column + 1
            if self._column > MOST_COLUMNS:
                raise ValueError(self._column)
            self._kind = attributes.get("t", "n")
            self._style, self._formula = int(attributes.get("s", "0")), None
            self.said()
        elif name in ("v", "f"):
            self._is_said = True
        else:
            super().start(name, attributes)

    def end(self, name: str) -> None:
        if name in ("v", "f"):
            self._is_said = False
        if name == "f":
            self._formula = self.said()
        elif name == "c":
            held = self._held(self.said())
            if held is not None:
                self._cells[self._column] = held
        elif name == "row" and self._cells:
            self._lines.append((self._row, self._cells))
        super().end(name)

    def text(self, text: str) -> None:
        if self._is_said:
            self.keep(text)
        else:
            super().text(text)

    def _held(self, text: str) -> Held | None:
        if self._formula is not None:  # one that cells share is written at the first of them only
            return Odd(Why.FORMULA, f"={self._formula}" if self._formula else text)
        if not text:
            return None
        readers = {"s": self._shared, "inlineStr": unescaped, "str": unescaped,
                   "b": lambda said: said.strip() == "1", "e": lambda said: Odd(Why.ERROR, said),
                   "d": spelled_day, "n": self._number}  # fmt: skip
        found = readers[self._kind](text)
        return found if not isinstance(found, str) or found.strip() else None

    def _shared(self, text: str) -> Held:
        return self._texts[int(text)]

    def _number(self, text: str) -> Held:
        found = number(text)
        return day(found, self._styles) if self._style in self._styles.dates else found
