"""Does a drawing of numbers say what they are, to every reader and whatever the numbers?"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.figures import Bar, bars
from app.figures.labels import text_width, wrap

SVG = "{http://www.w3.org/2000/svg}"
numbers = st.decimals(min_value=0, max_value=10**12, allow_nan=False, allow_infinity=False)
some_bars = st.lists(
    st.builds(lambda label, value: Bar(label, value, str(value)), st.text(), numbers), max_size=25
)


def drawn(items: list[Bar], *, width: int | None = 700) -> ET.Element:
    return ET.fromstring(
        bars(items, element_id="themes", title="Por tema", description="Cinco", width=width)
    )


def rects(svg: ET.Element) -> list[ET.Element]:
    return list(svg.iter(f"{SVG}rect"))


def test_a_drawing_is_an_image_with_a_name_and_a_description() -> None:
    svg = drawn([Bar("Detección", Decimal(3), "3")])
    assert svg.get("role") == "img"
    named = svg.get("aria-labelledby", "").split()
    words = {element.get("id"): element.text for element in svg.iter() if element.get("id")}
    assert [words[name] for name in named] == ["Por tema", "Cinco"]


def test_lengths_are_in_proportion_to_the_numbers() -> None:
    svg = drawn([Bar("a", Decimal(50), "50"), Bar("b", Decimal(100), "100")])
    first, second = (float(rect.get("width", "")) for rect in rects(svg))
    assert first * 2 == pytest.approx(second, abs=0.02)


def test_zeros_alone_are_drawn_as_beginnings() -> None:
    svg = drawn([Bar("a", Decimal(0), "0"), Bar("b", Decimal(0), "0")])
    assert [rect.get("width") for rect in rects(svg)] == ["1", "1"]


def test_no_bars_make_an_empty_drawing_with_its_name() -> None:
    assert drawn([]).find(f"{SVG}title") is not None


def test_a_long_label_is_shortened_and_kept_whole_in_its_tooltip() -> None:
    label = "Atención a víctimas de trata con enfoque de derechos humanos " * 4
    svg = drawn([Bar(label, Decimal(1), "1")])
    group = svg.find(f"{SVG}g")
    assert group is not None
    assert group.findtext(f"{SVG}title") == f"{label}: 1"
    spans = [span.text or "" for span in group.iter(f"{SVG}tspan")]
    assert len(spans) == 4
    assert spans[-1].endswith("…")


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-1"])
def test_what_has_no_length_is_refused_by_its_label(value: str) -> None:
    with pytest.raises(ValueError, match="Honduras"):
        bars([Bar("Honduras", Decimal(value), value)], element_id="x", title="", description="")


def test_an_id_that_could_carry_markup_is_refused() -> None:
    with pytest.raises(ValueError, match="plain id"):
        bars([], element_id='x" onload="', title="", description="")


def test_nothing_needs_an_inline_style_or_a_font_from_elsewhere() -> None:
    svg = bars([Bar("a", Decimal(1), "1")], element_id="x", title="t", description="d")
    assert "style" not in svg
    assert re.findall('https?://[^"]*', svg) == ["http://www.w3.org/2000/svg"]
    assert 'fill="currentColor"' in svg


@given(some_bars, st.sampled_from([None, 320, 700]))
def test_any_numbers_and_any_text_give_a_drawing_that_parses_and_stays_inside(
    items: list[Bar], width: int | None
) -> None:
    markup = bars(items, element_id="b", title="t", description="d", width=width)
    svg = ET.fromstring(markup)
    limit = 100.0 if width is None else float(width)
    for rect in rects(svg):
        start = float(rect.get("x", "").rstrip("%"))
        length = float(rect.get("width", "").rstrip("%"))
        assert 0 <= start <= start + length <= limit


@given(st.text(), st.integers(60, 600), st.integers(1, 3))
def test_a_wrapped_label_has_no_more_lines_than_it_may_and_each_fits(
    text: str, width: int, lines: int
) -> None:
    wrapped = wrap(text, width=width, lines=lines)
    assert 1 <= len(wrapped) <= lines
    assert all(text_width(line) <= width for line in wrapped)


@given(st.text())
def test_a_label_with_room_enough_keeps_all_its_words(text: str) -> None:
    assert " ".join(wrap(text, width=100_000, lines=1)).split() == text.split()
