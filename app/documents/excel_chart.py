"""How does a chart stand in a workbook? As Excel's own, over figures that stand beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from app.documents.cells import held_text
from app.documents.excel_formats import Formats
from app.documents.model import AnyChart, GridChart, StackChart
from app.figures import Tone
from app.figures.colours import EDGE, INK, TEAL, TEAL_LIGHT, WHITE

_TONES: Mapping[Tone, Mapping[str, Any]] = MappingProxyType(
    {
        "solid": {"fill": {"color": TEAL}},
        "light": {"fill": {"color": TEAL_LIGHT}},
        "hatch": {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": TEAL, "bg_color": WHITE}},
        "open": {"fill": {"color": WHITE}},
    }
)  # fmt: skip
"""How each part is filled, as the drawing beside the same table is."""
_PATTERNS = ("wide_upward_diagonal", "dark_horizontal", "small_grid", "dotted_diamond", "weave")


class _Series(NamedTuple):
    """The figures of one part, in the order of the labels; alone it has no name."""

    name: str
    values: tuple[Decimal | None, ...]
    tone: Tone | None = None


def insert_chart(
    book: Any, page: Any, chart: AnyChart, formats: Formats, *, row: int, column: int
) -> None:
    """The chart's labels and figures from that corner on, and the chart at their right."""
    labels, series = _figures(chart)
    page.set_column(column, column, 28)
    page.write_string(row - 1, column, held_text(chart.title), formats.bold)
    for at, each in enumerate(series, start=column + 1):
        if each.name:
            page.write_string(row, at, held_text(each.name), formats.beside_header)
        for line, value in enumerate(each.values, start=row + 1):
            if value is not None:
                page.write_number(line, at, value, formats.beside(value))
    for line, label in enumerate(labels, start=row + 1):
        page.write_string(line, column, held_text(label), formats.muted)
    if not labels:
        return
    drawn = _drawn(book, page, labels, series, row=row, column=column)
    drawn.set_title({"name": held_text(chart.title), "name_font": {"color": INK, "size": 12}})
    described = {"description": held_text(chart.description)}
    page.insert_chart(row, column + len(series) + 2, drawn, described)


def _figures(chart: AnyChart) -> tuple[list[str], list[_Series]]:
    if isinstance(chart, StackChart):
        parts = zip(
            chart.key, zip(*(each.parts for each in chart.stacks), strict=True), chart.tones,
            strict=False,
        )  # fmt: skip
        return [each.label for each in chart.stacks], [_Series(*part) for part in parts]
    if isinstance(chart, GridChart):
        columns = zip(
            chart.columns, zip(*(row.cells for row in chart.rows), strict=True), strict=False
        )
        return [row.label for row in chart.rows], [
            _Series(column.name, tuple(cell.value if cell else None for cell in cells))
            for column, cells in columns
        ]
    return [bar.label for bar in chart.bars], [_Series("", tuple(bar.value for bar in chart.bars))]


def _drawn(
    book: Any, page: Any, labels: Sequence[str], series: Sequence[_Series], *, row: int, column: int
) -> Any:  # fmt: skip
    first, last, sheet = row + 1, row + len(labels), page.get_name()
    is_cut = bool(series[0].name)
    drawn = book.add_chart({"type": "bar", "subtype": "stacked"} if is_cut else {"type": "bar"})
    for number, each in enumerate(series):
        at = column + 1 + number
        drawn.add_series(
            {
                **({"name": [sheet, row, at]} if each.name else {}),
                "categories": [sheet, first, column, last, column],
                "values": [sheet, first, at, last, at],
                **(_filled(each.tone, number) if is_cut else {"fill": {"color": TEAL}}),
                "gap": 60,
                # In a cut bar the figures stand beside it: no ink is legible on every pattern.
                **({} if is_cut else {"data_labels": {"value": True, "font": {"color": INK}}}),
            }
        )
    drawn.set_legend({"position": "bottom"} if is_cut else {"none": True})
    drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    drawn.set_y_axis({"reverse": True, "num_font": {"color": INK}, "major_tick_mark": "none"})
    drawn.set_size({"width": 620, "height": 90 + 30 * len(labels) + 30 * is_cut})
    return drawn


def _filled(tone: Tone | None, number: int) -> dict[str, Any]:
    """Each part as its tone says; without one, from the third on, with a pattern of its own."""
    border = {"border": {"color": EDGE}}
    if tone is not None:
        return {**_TONES[tone], **border}
    if number < 2:
        return {"fill": {"color": (TEAL, TEAL_LIGHT)[number]}, **border}
    name = _PATTERNS[(number - 2) % len(_PATTERNS)]
    ink = TEAL if number - 2 < len(_PATTERNS) else TEAL_LIGHT
    return {"pattern": {"pattern": name, "fg_color": ink, "bg_color": WHITE}, **border}
