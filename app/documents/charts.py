"""How does a chart of a document become a drawing, and that drawing a picture?"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from app.documents.glyphs import FAMILIES, printable
from app.documents.model import AnyChart, GridChart, StackChart
from app.documents.typesetter import pictures
from app.figures import Bar, GridColumn, GridRow, Stack, bars, grid, stacked
from app.figures.colours import INK

# Wide enough for a text column of A4; pixels of SVG, not of the picture made from it.
WIDTH = 640
_PIXELS_PER_INCH = 144


def svg(chart: AnyChart, *, number: int) -> str:
    """The chart as an SVG drawing, the `number`-th of its document."""
    return drawn(chart, element_id=f"chart-{number}", width=WIDTH, ink=INK, text=printable)


def drawn(
    chart: AnyChart,
    *,
    element_id: str,
    width: int | None = None,
    ink: str = "currentColor",
    text: Callable[[str], str] = str,
) -> str:
    """The chart as SVG, as wide as the place it stands in or a number of pixels."""
    frame: dict[str, Any] = {
        "element_id": element_id,
        "title": chart.title,
        "description": chart.description,
        "width": width,
        "ink": ink,
    }
    if isinstance(chart, StackChart):
        stacks = [
            Stack(
                text(each.label), each.parts, tuple(map(text, each.shown_parts)), text(each.shown)
            )
            for each in chart.stacks
        ]
        key = [text(name) for name in chart.key]
        return stacked(stacks, key=key, tones=chart.tones, writes_parts=True, **frame)
    if isinstance(chart, GridChart):
        columns = [GridColumn(text(each.short), text(each.name)) for each in chart.columns]
        rows = [GridRow(text(row.label), row.cells) for row in chart.rows]
        return grid(rows, columns=columns, **frame)
    return bars([Bar(text(bar.label), bar.value, text(bar.shown)) for bar in chart.bars], **frame)


def png(shown: Sequence[AnyChart]) -> list[bytes]:
    """The charts as PNG pictures, in order, for programs that refuse SVG."""
    if not shown:
        return []
    drawings = [svg(chart, number=number) for number, chart in enumerate(shown)]
    inputs = {"charts": json.dumps(drawings), "fonts": json.dumps(FAMILIES)}
    return pictures("charts.typ", inputs, pixels_per_inch=_PIXELS_PER_INCH)
