"""Which sheets of a workbook are a form of ours, and which column of them holds what?"""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.read_xlsx import Line, Sheet, Workbook
from app.documents.xlsx_cells import Held
from app.formats.words import N_
from app.intake.sheets.layout import KEY_ROW_WITHIN, MOST_ROWS, NUMBER, ROW, SEEN, Mark, mark_in
from app.intake.sheets.problems import Place
from app.storage.refusals import Unwelcome

SHEET_TWICE = N_("The workbook has the sheet “%(sheet)s” twice. Delete one of the two.")
TOO_MANY = N_("A workbook takes at most %(most)s rows. Divide it into several files.")


@dataclass
class Page:
    """A sheet of ours: its mark, its columns by number, and the lines below them that say something."""

    sheet: Sheet
    mark: Mark
    keys: dict[int, str]
    lines: list[Line]

    def column(self, key: str) -> int | None:
        return next((at for at, each in self.keys.items() if each == key), None)

    def says_something(self, cells: dict[int, Held]) -> bool:
        """Whether there is more in a line than the number it came with."""
        return any(self.keys.get(at) not in (NUMBER, SEEN, ROW) for at in cells)

    def place(self, line: int, column: int | None) -> Place:
        at = column or 1
        return Place(self.sheet.name, line, at, self.keys.get(at, ""))


def pages_of(book: Workbook) -> list[Page]:
    """The sheets that a form of ours is made of. Raises Unwelcome."""
    found: dict[str, Page] = {}
    for sheet in book.sheets:
        page = _page(book, sheet)
        if page is None:
            continue
        if page.mark.table in found:
            raise Unwelcome(SHEET_TWICE, sheet=found[page.mark.table].sheet.name)
        found[page.mark.table] = page
    return list(found.values())


def _page(book: Workbook, sheet: Sheet) -> Page | None:
    lines = book.lines(sheet)
    page: Page | None = None
    for row, cells in lines:
        if page is not None:
            if page.says_something(cells):
                page.lines.append((row, cells))
            if len(page.lines) > MOST_ROWS:
                raise Unwelcome(TOO_MANY, most=MOST_ROWS)
        elif row > KEY_ROW_WITHIN:
            return None
        elif (mark := next(filter(None, map(mark_in, cells.values())), None)) is not None:
            page = Page(sheet, mark, _keys(cells), [])
    return page


def _keys(cells: dict[int, Held]) -> dict[int, str]:
    return {at: NUMBER if mark_in(text) else text.strip()
            for at, text in cells.items() if isinstance(text, str)}  # fmt: skip
