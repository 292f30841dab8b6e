"""Where do two ways of grouping meet? For each meeting its number, and a bar below it as long as that.

Small multiples: where not all columns fit side by side, the grid is drawn in parts below each other.
So it can be read on a telephone, and a number is never left out or shortened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import NamedTuple

from app.figures.colours import LINE, TEAL
from app.figures.drawing import counted, drawing, lines_of_text, number
from app.figures.labels import LINE_HEIGHT, text_width, wrap
from app.figures.layout import GAP, NARROW, room_beside
from app.figures.xml import plain

_BAR = 20
_HEIGHT = 26
_TEXT, _LETTERS = 12, 10
_BETWEEN = 10


class GridColumn(NamedTuple):
    """A column: its few letters above the squares, and its whole name."""

    short: str
    name: str


class GridCell(NamedTuple):
    """A number, and that number as the reader's region writes it."""

    value: Decimal
    shown: str


class GridRow(NamedTuple):
    """A label, and what stands in each column, None for nothing."""

    label: str
    cells: tuple[GridCell | None, ...]


@dataclass(frozen=True)
class _Plan:
    """Where columns stand: `start` and `step` in `unit`, which is hundredths on a fluid drawing."""

    start: float
    step: float
    unit: str
    beside: bool
    room: float
    """Pixels that a label has."""

    def x(self, column: int) -> str:
        """The middle of a column."""
        return f"{number(self.start + self.step * (column + 0.5))}{self.unit}"


def grid(
    rows: Sequence[GridRow],
    *,
    columns: Sequence[GridColumn],
    element_id: str,
    title: str,
    description: str,
    width: int | None = None,
    ink: str = "currentColor",
) -> str:
    """The grid as SVG: on a `width` in pixels labels stand beside the numbers, else above.

    Raises ValueError for a row that does not match the columns, for a negative or infinite number
    and for an id that is not a plain name.
    """
    for row in rows:
        if len(row.cells) != len(columns):
            raise ValueError(f"{row.label!r} has {len(row.cells)} cells, not {len(columns)}")
    largest = max(
        (counted(cell.value, label=row.label) for row in rows for cell in row.cells if cell),
        default=Decimal(0),
    )
    room = room_beside(width) if width else NARROW
    at_once = _balanced(len(columns), max(1, int(room // _needed(rows, columns))))
    drawn, top = [], 0.0
    for first in range(0, len(columns), at_once):
        part = slice(first, first + at_once)
        plan = _plan(at_once, width)
        pieces, top = _band(rows, columns, part, plan, top=top, largest=largest, ink=ink)
        drawn += pieces
    return drawing(drawn, element_id=element_id, title=title, description=description,
                   width=width, height=top)  # fmt: skip


def _balanced(columns: int, most: int) -> int:
    """How many columns stand side by side, so that all parts are about as wide."""
    return ceil(columns / ceil(columns / most)) if columns else 1


def _needed(rows: Sequence[GridRow], columns: Sequence[GridColumn]) -> float:
    """How wide a column has to be for its bar, its letters and its numbers."""
    letters = (text_width(column.short, size=_LETTERS) for column in columns)
    shown = (cell.shown for row in rows for cell in row.cells if cell)
    return max([_BAR, *letters, *(text_width(text, size=_TEXT) for text in shown)]) + 3


def _plan(columns: int, width: int | None) -> _Plan:
    if width is None:
        return _Plan(0, 100 / columns, "%", beside=False, room=NARROW)
    room = room_beside(width)
    start = width - room
    return _Plan(start, room / columns, "", beside=True, room=start - 2 * GAP)


def _band(
    rows: Sequence[GridRow], columns: Sequence[GridColumn], part: slice, plan: _Plan, *,
    top: float, largest: Decimal, ink: str,
) -> tuple[list[str], float]:  # fmt: skip
    drawn = [
        f"<g><title>{plain(column.name)}</title>{_text(column.short, plan.x(at), top + 14, ink, size=_LETTERS)}</g>"
        for at, column in enumerate(columns[part])
    ]
    top += LINE_HEIGHT + 4
    for row in rows:
        lines = wrap(row.label, width=plan.room, lines=4)
        above = 0 if plan.beside else len(lines) * LINE_HEIGHT + 3
        height = max(_HEIGHT, len(lines) * LINE_HEIGHT) if plan.beside else _HEIGHT
        middle = top + above + height / 2
        first = middle - (len(lines) - 1) * LINE_HEIGHT / 2 + 5 if plan.beside else top + 14
        drawn.append(lines_of_text(lines, x="0", y=first, ink=ink))
        named = zip(columns[part], row.cells[part], strict=True)
        for at, (column, cell) in enumerate(named):
            name = f"{row.label} · {column.name}"
            drawn += _cell(cell, plan.x(at), middle, name=name, largest=largest, ink=ink)
        top = middle + height / 2 + _BETWEEN
    return drawn, top + _BETWEEN


def _cell(
    cell: GridCell | None, x: str, middle: float, *, name: str, largest: Decimal, ink: str
) -> Iterator[str]:
    if cell is None:
        yield f'<circle cx="{x}" cy="{number(middle)}" r="1.5" fill="{LINE}"/>'
        return
    length = _BAR * float(cell.value / largest) if largest else 0.0
    yield (
        f"<g><title>{plain(name)}: {plain(cell.shown)}</title>{_text(cell.shown, x, middle, ink)}"
        f"{_bar(x, middle, _BAR, LINE)}{_bar(x, middle, max(length, 1), TEAL)}</g>"
    )


def _bar(x: str, middle: float, length: float, fill: str) -> str:
    return (
        f'<rect x="{x}" y="{number(middle + 5)}" width="{number(length)}" height="5"'
        f' transform="translate(-{_BAR // 2})" fill="{fill}"/>'
    )


def _text(shown: str, x: str, y: float, ink: str, size: int = _TEXT) -> str:
    return (
        f'<text x="{x}" y="{number(y)}" text-anchor="middle" font-size="{size}"'
        f' fill="{ink}">{plain(shown)}</text>'
    )
