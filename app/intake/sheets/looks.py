"""How do the cells of a workbook to fill in look? One format for each use, made once."""

from __future__ import annotations

from typing import Any

from app.documents.cells import looks_like_formula
from app.figures.colours import INK, LINE, MUTED, TEAL
from app.formats.sheet_columns import SheetColumn

_PALE = "#F3F1EA"
_FORMATS = {"whole": "0", "number": "0.##", "money": "#,##0.00", "date": "yyyy-mm-dd"}


class Looks:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Any] = {}
        self.title = self._format(bold=True, font_size=14, text_wrap=False)
        self.words = self._format(text_wrap=True)
        self.quiet = self._format(font_color=MUTED)
        self.section = self._format(bold=True, font_color=TEAL, bg_color=_PALE)
        self.heading = self._format(bold=True, text_wrap=True, bg_color=_PALE, valign="bottom")
        self.required = self._format(bold=True, text_wrap=True, bg_color=_PALE, valign="bottom",
                                     font_color=TEAL)  # fmt: skip
        self.hint = self._format(font_color=MUTED, font_size=9, text_wrap=True, bg_color=_PALE,
                                 bottom=2, bottom_color=TEAL)  # fmt: skip
        self.number = self._format(font_color=MUTED, num_format="0", align="center")
        self.fixed = self._format(font_color=MUTED, num_format="@")

    def of(self, column: SheetColumn) -> Any:
        """The format of a column's cells."""
        return self._cell(column.shape, guarded=False)

    def guarded(self, column: SheetColumn, text: str) -> Any:
        """The same for a text, which no program may take for a formula."""
        return self._cell(column.shape, guarded=looks_like_formula(text))

    def _cell(self, shape: str, *, guarded: bool) -> Any:
        key = (shape, guarded)
        if key not in self._made:
            number_format = _FORMATS.get(shape, "@")
            more: dict[str, Any] = {"quote_prefix": True} if guarded else {}
            edges = {"bottom": 1, "bottom_color": LINE, "right": 1, "right_color": LINE}
            self._made[key] = self._format(
                num_format=number_format, text_wrap=True, **edges, **more
            )
        return self._made[key]

    def _format(self, **shape: Any) -> Any:
        return self._book.add_format({"font_color": INK, "valign": "top", **shape})
