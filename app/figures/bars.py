"""How much is each? One horizontal bar for each label, its number written at its end."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from app.figures.colours import TEAL
from app.figures.drawing import counted, drawing, lines_of_text, number, tooltip, value_at_end
from app.figures.layout import Place, places

_HEIGHT = 20


class Bar(NamedTuple):
    """A label, its number, and that number as the reader's region writes it."""

    label: str
    value: Decimal
    shown: str


def bars(
    items: Sequence[Bar],
    *,
    element_id: str,
    title: str,
    description: str,
    width: int | None = None,
    ink: str = "currentColor",
) -> str:
    """The bars as SVG: on a `width` in pixels labels stand beside them, else above, and it is fluid.

    `element_id` must be unique on its page. The order is the caller's. Labels longer than four
    lines (three above a bar) are shortened and carry the whole text as a tooltip. Raises
    ValueError for a negative or infinite number and for an id that is not a plain name.
    """
    longest = max((counted(bar.value, label=bar.label) for bar in items), default=Decimal(0))
    rows = list(
        places([bar.label for bar in items], [bar.shown for bar in items], bar=_HEIGHT, width=width)
    )
    return drawing(
        (_row(bar, place, longest, ink) for bar, place in zip(items, rows, strict=True)),
        element_id=element_id,
        title=title,
        description=description,
        width=width,
        height=rows[-1].bottom if rows else 0,
    )


def _row(bar: Bar, place: Place, longest: Decimal, ink: str) -> str:
    length = float(bar.value / longest) * place.reach if longest else 0.0
    # A bar of nothing still shows where it begins.
    drawn = f"{number(length)}{place.unit}" if length else "1"
    return (
        f"<g>{tooltip(bar.label, place.label, bar.shown)}"
        f"{lines_of_text(place.label, x='0', y=place.first_line, ink=ink)}"
        f'<rect x="{number(place.start)}" y="{number(place.top)}" width="{drawn}"'
        f' height="{_HEIGHT}" rx="2" fill="{TEAL}"/>'
        + value_at_end(
            bar.shown, x=place.start + length, unit=place.unit, y=place.top + 15, ink=ink
        )
        + "</g>"
    )
