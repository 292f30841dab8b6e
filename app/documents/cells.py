"""What may a cell of a spreadsheet hold, and which texts would a spreadsheet take for formulas?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.documents.model import Cell
from app.figures.xml import legal

# Excel's own limits: characters of a cell, digits it keeps of a number, its first and last year.
MOST_CHARACTERS = 32_767
MOST_DIGITS = 15
LARGEST = 10**MOST_DIGITS
FIRST_YEAR = 1900

_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might calculate the text instead of showing it.

    Blanks before the sign do not help: some programs skip them.
    """
    return text[:1] in _FORMULA_STARTS or text.lstrip()[:1] in _FORMULA_STARTS


def held(cell: Cell) -> Cell:
    """The cell as Excel can hold it without changing it: else its text.

    A number of more digits than Excel keeps, and a date before its calendar, become text; a text
    longer than a cell is cut and says so by an ellipsis.
    """
    if isinstance(cell, str):
        return held_text(cell)
    if isinstance(cell, date):
        return cell if cell.year >= FIRST_YEAR else cell.isoformat()
    if isinstance(cell, int):
        return cell if -LARGEST < cell < LARGEST else str(cell)
    if isinstance(cell, Decimal):
        return cell if cell.is_finite() and _digits(cell) <= MOST_DIGITS else f"{cell:f}"
    return cell


def held_text(text: str) -> str:
    """The text with one kind of line end, without what XML forbids, no longer than a cell."""
    if text.isprintable() and len(text) <= MOST_CHARACTERS:
        return text
    clean = legal(text.replace("\r\n", "\n").replace("\r", "\n"))
    return clean if len(clean) <= MOST_CHARACTERS else clean[: MOST_CHARACTERS - 1] + "…"


def _digits(value: Decimal) -> int:
    """How many digits it takes to write the number, without zeros at either end."""
    return len(f"{abs(value):f}".replace(".", "").strip("0"))
