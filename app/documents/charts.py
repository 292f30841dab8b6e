"""How does a chart of a document become a drawing, and that drawing a picture?"""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.documents.glyphs import FAMILIES, printable
from app.documents.model import Chart
from app.documents.typesetter import pictures
from app.figures import Bar, bars
from app.figures.colours import INK

# Wide enough for a text column of A4; pixels of SVG, not of the picture made from it.
WIDTH = 640
_PIXELS_PER_INCH = 144


def svg(chart: Chart, *, number: int) -> str:
    """The chart as an SVG drawing, the `number`-th of its document."""
    return bars(
        [Bar(printable(bar.label), bar.value, printable(bar.shown)) for bar in chart.bars],
        element_id=f"chart-{number}",
        title=chart.title,
        description=chart.description,
        width=WIDTH,
        ink=INK,
    )


def png(drawn: Sequence[Chart]) -> list[bytes]:
    """The charts as PNG pictures, in order, for programs that refuse SVG."""
    if not drawn:
        return []
    drawings = [svg(chart, number=number) for number, chart in enumerate(drawn)]
    inputs = {"charts": json.dumps(drawings), "fonts": json.dumps(FAMILIES)}
    return pictures("charts.typ", inputs, pixels_per_inch=_PIXELS_PER_INCH)
