"""How does each kind of cell look in a workbook? One format for each combination, made once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from app.documents.model import Cell, Column
from app.figures.colours import INK, LINE, MUTED, TEAL

_BASE: dict[str, Any] = {"font_color": INK, "valign": "top"}


class Formats:
    """The formats of one workbook; a workbook of its own library keeps each it is asked for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.title = self._format(bold=True, font_size=14)
        self.bold = self._format(bold=True)
        self.muted = self._format(font_color=MUTED)
        self.beside_header = self._format(
            font_color=MUTED, text_wrap=True, valign="bottom", align="right"
        )
        self.link = self._format(font_color=TEAL, underline=1)

    def beside(self, value: Decimal) -> Any:
        """The format of a figure from which a chart is drawn."""
        return self._format(font_color=MUTED, num_format=_number_format(value, "number"))

    def header(self, column: Column, *, apart: bool) -> Any:
        """The format of a column's header, on the side its cells stand."""
        return self._format(
            bold=True,
            font_color=MUTED,
            text_wrap=True,
            valign="bottom",
            align="right" if column.is_counted else "left",
            indent=int(apart),
            bottom=2,
            bottom_color=TEAL,
        )

    def cell(self, value: Cell, kind: str, *, is_total: bool, guarded: bool, apart: bool) -> Any:
        """The format of a cell: how it counts, whether it totals, whether Excel must not calculate.

        `apart` keeps words from the figures that end where they begin.
        """
        shape: dict[str, Any] = {"bottom": 1, "bottom_color": LINE}
        if is_total:
            shape.update(bold=True, top=2, top_color=TEAL)
        if isinstance(value, str):
            shape.update(text_wrap=True)
        else:
            shape.update(num_format=_number_format(value, kind))
        if kind == "date":
            shape.update(align="left")
        if apart:
            shape.update(align="left", indent=1)
        if guarded:
            shape.update(quote_prefix=True)
        return self._format(**shape)

    def _format(self, **shape: Any) -> Any:
        key = tuple(sorted(shape.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**_BASE, **shape})
        return self._made[key]


def _number_format(value: Cell, kind: str) -> str:
    """A format Excel writes in the reader's own region: the signs here stand for their kinds."""
    if kind == "date":
        return "yyyy-mm-dd"
    if kind == "change":
        return "+#,##0;-#,##0;0"
    if kind == "money":
        return "#,##0.00"
    if isinstance(value, Decimal) and value != value.to_integral_value():
        return "#,##0.0##"
    return "#,##0"
