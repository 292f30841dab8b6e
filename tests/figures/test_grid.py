"""Does a grid write every number where a row and a column meet, whatever its width?"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.figures import GridCell, GridColumn, GridRow, grid

SVG = "{http://www.w3.org/2000/svg}"
COLUMNS = (GridColumn("HND", "Honduras"), GridColumn("SLV", "El Salvador"))
numbers = st.none() | st.integers(0, 10**6)


def cells(*values: int | None) -> tuple[GridCell | None, ...]:
    return tuple(None if v is None else GridCell(Decimal(v), f"{v:,}") for v in values)


def drawn(
    rows: list[GridRow], columns: tuple[GridColumn, ...] = COLUMNS, width: int | None = 640
) -> ET.Element:
    return ET.fromstring(
        grid(
            rows,
            columns=columns,
            element_id="g",
            title="Por tema y país",
            description="d",
            width=width,
        )
    )


def titles(svg: ET.Element) -> list[str]:
    return [each.text or "" for each in svg.iter(f"{SVG}title")][1:]


def test_each_meeting_says_who_meets_and_how_many() -> None:
    svg = drawn([GridRow("Detección", cells(3, None)), GridRow("Niñez", cells(0, 1200))])
    assert titles(svg) == [
        "Honduras", "El Salvador", "Detección · Honduras: 3", "Niñez · Honduras: 0",
        "Niñez · El Salvador: 1,200",
    ]  # fmt: skip


def test_a_bar_is_as_long_as_its_number_within_the_same_frame() -> None:
    svg = drawn([GridRow("Detección", cells(3, 12))])
    lengths = [float(rect.get("width", "")) for rect in svg.iter(f"{SVG}rect")]
    frame, first, other, whole = lengths
    assert (frame, first, whole) == (other, frame / 4, frame)


def test_a_row_that_does_not_match_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="Niñez"):
        drawn([GridRow("Niñez", cells(1))])


def test_a_grid_without_columns_or_rows_is_still_a_drawing() -> None:
    assert titles(drawn([], ())) == []
    assert titles(drawn([], COLUMNS, None)) == ["Honduras", "El Salvador"]


@given(
    st.integers(1, 16).flatmap(
        lambda many: st.lists(st.lists(numbers, min_size=many, max_size=many), max_size=4)
    ),
    st.sampled_from([None, 320, 640]),
)
def test_every_number_is_written_inside_the_drawing(
    rows: list[list[int | None]], width: int | None
) -> None:
    columns = tuple(
        GridColumn(f"C{n:02}", f"Columna {n}") for n in range(len(rows[0]) if rows else 0)
    )
    svg = drawn([GridRow(f"Tema {n}", cells(*row)) for n, row in enumerate(rows)], columns, width)
    limit = 100.0 if width is None else float(width)
    written = [text for text in svg.iter(f"{SVG}text") if text.get("text-anchor")]
    shown = [f"{v:,}" for row in rows for v in row if v is not None]
    assert sorted(text.text or "" for text in written if "C" not in (text.text or "")) == sorted(
        shown
    )
    for text in written:
        assert 0 <= float(text.get("x", "").rstrip("%")) <= limit
        assert 0 <= float(text.get("y", "")) <= float(svg.get("height", ""))
