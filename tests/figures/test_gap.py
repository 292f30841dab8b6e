"""Does the drawing of a gap show what is funded, promised and missing, line by line and in all?"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.shown import Shown
from app.figures import GAP_WORDS, GapLine, gap

SVG = "{http://www.w3.org/2000/svg}"
SHOW = Shown("es_HN").money
amounts = st.decimals(0, 10**9, places=2)
LINES = (
    GapLine("Traslado de participantes", Decimal(9000), Decimal(2500), Decimal(1500)),
    GapLine("Materiales", Decimal(900), Decimal(900), Decimal(0)),
    GapLine("Capacitadores", Decimal(4000), Decimal(0), Decimal(4500)),
)


def drawn(lines: tuple[GapLine, ...], *, width: int | None = 640, lang: str = "es") -> ET.Element:
    return ET.fromstring(
        gap(lines, words=GAP_WORDS[lang], show=SHOW, element_id="g", title="Brecha", width=width)
    )


def pieces(svg: ET.Element) -> list[ET.Element]:
    return [rect for rect in svg.iter(f"{SVG}rect") if rect.find(f"{SVG}title") is not None]


def words(svg: ET.Element) -> str:
    return " ".join(" ".join(text.itertext()) for text in svg.iter(f"{SVG}text"))


@pytest.mark.parametrize("width", [640, None])
def test_each_part_is_written_below_its_bar(width: int | None) -> None:
    told = words(drawn(LINES, width=width))
    for said in (
        "Financiado: 2,500.00", "Prometido: 1,500.00", "Falta: 5,000.00", "9,000.00",
    ):  # fmt: skip
        assert said.replace(" ", "") in told.replace(" ", "")


def test_parts_differ_by_pattern_and_not_by_colour_alone() -> None:
    funded, promised, missing = (piece.get("fill") for piece in pieces(drawn(LINES))[:3])
    assert promised == "url(#g-hatch)"
    assert len({funded, promised, missing}) == 3


def test_what_one_line_has_too_much_does_not_fill_the_gap_of_another() -> None:
    last = drawn(LINES).findall(f"{SVG}g")[-1]
    told = [piece.findtext(f"{SVG}title") for piece in last.iter(f"{SVG}rect")]
    assert told == [
        "Financiado: 3,400.00", "Prometido: 6,000.00", "Falta: 5,000.00",
    ]  # fmt: skip


def test_the_description_says_everything_that_is_drawn_in_either_language() -> None:
    assert (
        drawn(LINES)
        .findtext(f"{SVG}desc", "")
        .startswith(
            "Traslado de participantes: 9,000.00 (Financiado 2,500.00,"
            " Prometido 1,500.00, Falta 5,000.00); "
        )
    )
    english = drawn(LINES, lang="en").findtext(f"{SVG}desc", "")
    assert english.endswith(
        "Total: 13,900.00 (Funded 3,400.00, Promised 6,000.00, Missing 5,000.00)."
    )


def test_a_course_without_any_cost_is_still_a_drawing() -> None:
    assert pieces(drawn(())) == []
    assert "Total" in words(drawn(()))


def test_an_amount_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="Materiales"):
        drawn((GapLine("Materiales", Decimal(1), Decimal(-1), Decimal(0)),))


@given(
    st.lists(st.tuples(amounts, amounts, amounts), max_size=12), st.sampled_from([None, 320, 640])
)
def test_any_amounts_stay_inside_and_the_total_is_that_of_the_lines(
    rows: list[tuple[Decimal, Decimal, Decimal]], width: int | None
) -> None:
    lines = tuple(GapLine(f"Rubro {n}", *row) for n, row in enumerate(rows))
    svg = drawn(lines, width=width)
    limit = 100.0 if width is None else float(width)
    for piece in pieces(svg):
        end = float(piece.get("x", "").rstrip("%")) + float(piece.get("width", "").rstrip("%"))
        assert end <= limit + 0.05
    missing = sum((line.missing for line in lines), Decimal(0))
    assert f"Falta {SHOW(missing)})." in svg.findtext(f"{SVG}desc", "")
