"""How does a chart of a document become a drawing, and that drawing a picture?"""

from __future__ import annotations

from app.documents.model import Chart
from app.figures import bars
from app.figures.colours import INK

# Wide enough for a text column of A4; pixels of SVG, not of the picture made from it.
WIDTH = 640


def svg(chart: Chart, *, number: int) -> str:
    """The chart as an SVG drawing, the `number`-th of its document."""
    return bars(
        chart.bars,
        element_id=f"chart-{number}",
        title=chart.title,
        description=chart.description,
        width=WIDTH,
        ink=INK,
    )
