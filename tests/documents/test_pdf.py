"""Is a PDF the same each time, readable by everyone, and deaf to what was typed?"""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from pypdf import PdfReader

from app.documents.glyphs import covered, printable
from app.documents.model import (
    AnyChart,
    Chart,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Signature,
    Table,
    TableBlock,
)
from app.documents.pdf import pdf
from app.figures import Bar
from tests.documents import examples
from tests.documents.readers import expected_tables, read_pdf_tables
from tests.documents.strategies import HOSTILE, anything, document_of
from tests.documents.tagged_pdf import TaggedPdf

PLAIN = document_of()


def with_blocks(*blocks: object) -> Document:
    return dataclasses.replace(PLAIN, blocks=blocks)


def page_texts(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


@pytest.fixture(scope="module")
def report() -> bytes:
    return pdf(examples.report())


def test_one_document_has_one_sequence_of_bytes(report: bytes) -> None:
    assert pdf(examples.report()) == report


def test_a_fixed_time_is_what_is_written_into_it() -> None:
    made = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    first, second = (pdf(PLAIN, fixed_time=made) for _ in range(2))
    assert first == second
    assert PdfReader(BytesIO(first)).metadata.creation_date == made


def test_it_says_that_it_is_accessible_and_in_which_language(report: bytes) -> None:
    read = TaggedPdf(report)
    assert read.root["/MarkInfo"]["/Marked"]
    assert read.root["/Lang"] == "es-HN"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in read.root["/Metadata"].get_data()
    assert read.reader.metadata.title == examples.report().title


def test_headings_captions_and_header_cells_are_tagged(report: bytes) -> None:
    tags = TaggedPdf(report).tags()
    headings = [b for b in examples.report().blocks if isinstance(b, Heading)]
    assert tags.count("/H1") == 1 + len([h for h in headings if h.level == 1])  # and the contents
    assert tags.count("/H2") == len([h for h in headings if h.level == 2])
    assert tags.count("/Table") == tags.count("/Caption") == 7
    assert tags.count("/TH") == 7 * len(examples.needs_columns())


def test_a_chart_is_described_in_words(report: bytes) -> None:
    read = TaggedPdf(report)
    described = [
        element["/Alt"]
        for element in read.elements(read.root["/StructTreeRoot"])
        if "/Alt" in element
    ]
    assert described == [examples.theme_chart().description] * 3


def test_only_our_own_fonts_are_embedded(report: bytes) -> None:
    names = {
        str(font.get_object()["/BaseFont"])
        for page in PdfReader(BytesIO(report)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names
    assert all(re.fullmatch(r"/[A-Z]{6}\+NotoSans-(Regular|Bold|Italic)", name) for name in names)


def test_every_page_but_the_cover_has_reference_mark_and_number(report: bytes) -> None:
    cover, *pages = page_texts(report)
    assert "Página" not in cover
    for number, text in enumerate(pages, start=2):
        assert "ENL-2004-INF-002" in text
        assert "Miembros" in text
        assert f"Página {number} de {len(pages) + 1}" in text


def test_a_document_without_a_cover_opens_with_its_title_and_date() -> None:
    (page,) = page_texts(pdf(examples.receipt()))
    assert "Acuse de recibo" in page
    assert "24 de mayo de 2004" in page
    assert "Página 1 de 1" in page


def test_an_english_document_speaks_english() -> None:
    data = pdf(examples.review())
    assert "Page 1 of" in page_texts(data)[0]
    assert TaggedPdf(data).root["/Lang"] == "en-BZ"


def test_text_in_another_language_says_so() -> None:
    read = TaggedPdf(pdf(examples.review()))
    langs = {e.get("/Lang") for e in read.elements(read.root["/StructTreeRoot"])}
    assert any(str(lang).startswith("es") for lang in langs if lang)


def test_the_header_of_a_long_table_is_repeated_on_every_page() -> None:
    pages = page_texts(pdf(document_of(examples.needs_table(rows=120))))
    assert len(pages) > 2
    assert all("Costo (USD)" in page for page in pages)


def test_tables_hold_the_figures_they_were_given(report: bytes) -> None:
    assert read_pdf_tables(report) == expected_tables(examples.report())


def test_nothing_invisible_is_copied_along_with_a_figure(report: bytes) -> None:
    read = TaggedPdf(report)
    said = read.text(read.root["/StructTreeRoot"])
    assert "Contenido" in said
    assert not set(said) & set("\u2060\u200b\u200c\u200d\ufeff")


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_a_person_typed_is_printed_and_never_run(typed: str) -> None:
    data = pdf(
        dataclasses.replace(
            PLAIN,
            title=f"T {typed}",
            subtitle=typed,
            reference=typed,
            mark=typed,
            blocks=(
                Heading(text=f"H {typed}"),
                Paragraph(text=f"begin {typed} end", style="proposal"),
                Facts(pairs=((typed, typed),)),
                TableBlock(
                    table=dataclasses.replace(
                        examples.needs_table(), title=f"C {typed}", note=typed
                    ),
                    chart=Chart(title=f"G {typed}", description=f"D {typed}", bars=()),
                ),
            ),
        )
    )
    said = " ".join("".join(page_texts(data)).split())
    assert " ".join(printable(f"begin {typed} end").split()) in said


def test_a_text_of_ten_thousand_signs_fills_pages_and_stays_inside_them() -> None:
    data = pdf(with_blocks(Paragraph(text="x" * 10_000), Facts(pairs=(("y" * 300, "z" * 3000),))))
    read = TaggedPdf(data)
    said = read.text(read.root["/StructTreeRoot"])
    assert ("x" * 10_000 in said, "y" * 300 in said, "z" * 3000 in said) == (True, True, True)
    for page in PdfReader(BytesIO(data)).pages:
        assert max(len(line) for line in page.extract_text().splitlines()) < 120


def test_every_sign_that_counts_as_covered_can_be_printed_in_every_place() -> None:
    signs = " ".join(printable(chr(code)) for code in sorted(covered()))
    pdf(with_blocks(Heading(text=signs), Paragraph(text=signs)))  # typst refuses what it cannot


def test_other_scripts_and_pictures_are_replaced_and_do_not_stop_it() -> None:
    text = "ana 😀👩‍💻 عربى עברית 漢字 \u202eabc"
    (page,) = page_texts(pdf(with_blocks(Paragraph(text=text))))
    assert "ana ��" in page
    assert "abc" in page


def test_a_document_of_nothing_is_still_one_page() -> None:
    assert len(page_texts(pdf(PLAIN))) == 1


@given(anything, anything)
def test_any_text_in_any_place_makes_a_document(first: str, second: str) -> None:
    blocks = (
        Heading(text=first),
        Paragraph(text=second, style="proposal", lang="en"),
        Facts(pairs=((first, second),)),
        Signature(lines=(first, second)),
        TableBlock(
            table=Table(
                key="t",
                title=first,
                note=second,
                columns=(Column(key="c", header=first),),
                rows=((second,),),
            ),
            chart=Chart(title=second, description=first, bars=(Bar(first, Decimal(1), second),)),
        ),
    )
    document = dataclasses.replace(
        PLAIN, title=f"T{first}", subtitle=second, mark=first, cover={first: second}, blocks=blocks
    )
    assert TaggedPdf(pdf(document)).tags().count("/H1") == 1


@pytest.mark.parametrize("chart", [examples.people_chart(), examples.crossing_chart()])
def test_charts_of_parts_and_of_two_ways_are_described_in_words(chart: AnyChart) -> None:
    blocks = (TableBlock(table=examples.needs_table(), chart=chart),)
    printed = TaggedPdf(pdf(dataclasses.replace(examples.receipt(), blocks=blocks)))
    elements = printed.elements(printed.root["/StructTreeRoot"])
    assert [each["/Alt"] for each in elements if "/Alt" in each] == [chart.description]
