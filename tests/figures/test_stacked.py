"""Does a stack show its parts, told apart without colour?"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.figures import Stack, stacked

SVG = "{http://www.w3.org/2000/svg}"
KEY = ("Mujeres", "Hombres", "Sin desagregar")
parts = st.tuples(*[st.decimals(0, 10**9, allow_nan=False, allow_infinity=False)] * 3)


def stack(label: str, *values: int | Decimal) -> Stack:
    exact = tuple(Decimal(value) for value in values)
    return Stack(label, exact, tuple(str(value) for value in values), str(sum(exact)))


def drawn(items: list[Stack], *, width: int | None = 700) -> ET.Element:
    return ET.fromstring(
        stacked(items, key=KEY, element_id="s", title="Por sexo", description="d", width=width)
    )


def pieces(svg: ET.Element) -> list[ET.Element]:
    return [rect for rect in svg.iter(f"{SVG}rect") if rect.find(f"{SVG}title") is not None]


def test_each_part_says_what_it_is_and_how_many() -> None:
    words = [piece.findtext(f"{SVG}title") for piece in pieces(drawn([stack("HN", 3, 2, 1)]))]
    assert words == ["Mujeres: 3", "Hombres: 2", "Sin desagregar: 1"]


def test_parts_stand_end_to_end() -> None:
    first, second, third = pieces(drawn([stack("HN", 3, 2, 1)]))
    for left, right in ((first, second), (second, third)):
        end = float(left.get("x", "")) + float(left.get("width", ""))
        assert end == pytest.approx(float(right.get("x", "")), abs=0.02)


def test_parts_differ_by_pattern_and_not_by_colour_alone() -> None:
    fills = [piece.get("fill") for piece in pieces(drawn([stack("HN", 3, 2, 1)]))]
    assert len(set(fills)) == 3
    assert "url(#s-hatch)" in fills


def test_a_part_of_nothing_is_not_drawn() -> None:
    assert len(pieces(drawn([stack("HN", 3, 0, 0), stack("SV", 0, 0, 0)]))) == 1


def test_the_key_names_every_part_once_on_wide_and_narrow_pages() -> None:
    for width in (700, None):
        texts = ["".join(text.itertext()) for text in drawn([], width=width).iter(f"{SVG}text")]
        assert texts == list(KEY)


def test_a_stack_that_does_not_match_its_key_is_refused() -> None:
    with pytest.raises(ValueError, match="SV"):
        drawn([stack("SV", 1, 2)])


def test_five_parts_are_too_many_to_read() -> None:
    with pytest.raises(ValueError, match="up to 4 parts"):
        stacked([], key=tuple("abcde"), element_id="s", title="t", description="d")


@given(st.lists(parts, max_size=25), st.sampled_from([None, 320, 700]))
def test_any_parts_stay_inside_the_drawing(
    rows: list[tuple[Decimal, Decimal, Decimal]], width: int | None
) -> None:
    svg = drawn([stack("x", *row) for row in rows], width=width)
    limit = 100.0 if width is None else float(width)
    for piece in pieces(svg):
        end = float(piece.get("x", "").rstrip("%")) + float(piece.get("width", "").rstrip("%"))
        assert end <= limit + 0.05
