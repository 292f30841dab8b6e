"""How is a cell written for a person of this region?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale

from app.documents.model import Cell, Column, Kind, Row
from app.formats.dates import in_words

_LEAST_DECIMALS: dict[Kind, int] = {"money": 2}


class Shown:
    """Writes cells as one region does: 18,400.50 in Honduras, 18 400,50 in Costa Rica.

    Nothing is rounded: money has two decimals at least, other figures those they need. An
    unlikely region's name raises babel's UnknownLocaleError.
    """

    def __init__(self, locale: str) -> None:
        symbols = Locale.parse(locale).number_symbols["latn"]
        self._signs = str.maketrans({",": symbols["group"], ".": symbols["decimal"]})
        self._locale = locale

    def cell(self, cell: Cell, kind: Kind) -> str:
        """One cell as text; nothing is an empty text."""
        if cell is None:
            return ""
        if isinstance(cell, str):
            return cell
        if isinstance(cell, date):
            return _day(cell, self._locale)
        if kind == "change":
            return self.change(cell)
        return self.number(cell, least_decimals=_LEAST_DECIMALS.get(kind, 0))

    def number(self, value: int | Decimal, *, least_decimals: int = 0) -> str:
        """A figure with its groups of three and at least so many decimals."""
        whole, _, decimals = f"{value:,f}".partition(".")
        decimals = decimals.rstrip("0").ljust(least_decimals, "0")
        return (f"{whole}.{decimals}" if decimals else whole).translate(self._signs)

    def change(self, value: int | Decimal) -> str:
        """By how much a figure grew or fell, with its sign: +3, −3, 0."""
        sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else ""
        return sign + self.number(max(value, -value))

    def money(self, amount: Decimal) -> str:
        """An amount with its two decimals at least."""
        return self.number(amount, least_decimals=_LEAST_DECIMALS["money"])

    def row(self, row: Row, columns: tuple[Column, ...]) -> list[str]:
        """A row's cells as texts, in the order of its columns."""
        return [self.cell(cell, column.kind) for cell, column in zip(row, columns, strict=True)]

    def long_date(self, day: date) -> str:
        """A date in words: 24 de mayo de 2004."""
        return in_words(day, "long", self._locale)


@lru_cache(maxsize=4096)
def _day(day: date, locale: str) -> str:
    return in_words(day, "medium", locale)
