"""How does a chart stand in a workbook? As Excel's own, over figures that stand beside it."""

from __future__ import annotations

from typing import Any

from app.documents.cells import held_text
from app.documents.excel_formats import Formats
from app.documents.model import Chart
from app.figures.colours import INK, TEAL


def insert_chart(
    book: Any, page: Any, chart: Chart, formats: Formats, *, row: int, column: int
) -> None:
    """The chart's labels and figures from that corner on, and the chart at their right."""
    page.set_column(column, column, 28)
    page.write_string(row, column, held_text(chart.title), formats.bold)
    for line, bar in enumerate(chart.bars, start=row + 1):
        page.write_string(line, column, held_text(bar.label), formats.muted)
        page.write_number(line, column + 1, bar.value)
    if not chart.bars:
        return
    last = row + len(chart.bars)
    drawn = book.add_chart({"type": "bar"})
    drawn.add_series(
        {
            "categories": [page.get_name(), row + 1, column, last, column],
            "values": [page.get_name(), row + 1, column + 1, last, column + 1],
            "fill": {"color": TEAL},
            "gap": 60,
            "data_labels": {"value": True, "font": {"color": INK}},
        }
    )
    drawn.set_title({"name": held_text(chart.title), "name_font": {"color": INK, "size": 12}})
    drawn.set_legend({"none": True})
    drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    drawn.set_y_axis({"reverse": True, "num_font": {"color": INK}, "major_tick_mark": "none"})
    drawn.set_size({"width": 620, "height": 90 + 30 * len(chart.bars)})
    page.insert_chart(row, column + 3, drawn, {"description": held_text(chart.description)})
