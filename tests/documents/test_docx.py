"""Is a Word file complete, editable with real styles, and nobody's?"""

from __future__ import annotations

import dataclasses
import runpy
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx as python_docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given

from app.documents import word_tables
from app.documents.docx import TEMPLATE, docx
from app.documents.model import (
    Column,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    TableBlock,
)
from tests.documents import examples
from tests.documents.readers import expected_tables, read_docx_tables
from tests.documents.strategies import HOSTILE, document_of, tables, texts

ROOT = Path(__file__).parents[2]
PLAIN = document_of()


def opened(document: Document) -> WordDocument:
    return python_docx.Document(BytesIO(docx(document)))


@pytest.fixture(scope="module")
def report() -> WordDocument:
    return opened(examples.report())


def styled(word: WordDocument, style: str) -> list[str]:
    return [p.text for p in word.paragraphs if p.style is not None and p.style.name == style]


def test_the_cover_says_what_the_document_is(report: WordDocument) -> None:
    document = examples.report()
    assert styled(report, "Enlace Cover Title") == [document.title]
    assert styled(report, "Subtitle") == [document.subtitle]
    facts = [[cell.text for cell in row.cells] for row in report.tables[0].rows]
    assert facts == [list(pair) for pair in document.cover.items()]
    assert report.sections[0].different_first_page_header_footer


def test_a_document_without_a_cover_opens_with_its_title() -> None:
    word = opened(examples.receipt())
    assert styled(word, "Title") == ["Acuse de recibo"]
    assert styled(word, "Enlace Cover Title") == []
    assert not word.sections[0].different_first_page_header_footer
    assert styled(word, "Enlace Signature")[0] == "Secretaría Técnica"


def test_no_sign_of_the_template_is_left(report: WordDocument) -> None:
    with ZipFile(BytesIO(docx(examples.report()))) as parts:
        for name in parts.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                text = parts.read(name).decode()
                assert not any(sign in text for sign in ("{{", "{%", "[[body]]"))


def test_headings_are_headings_and_the_contents_lead_to_them(report: WordDocument) -> None:
    headings = [b for b in examples.report().blocks if isinstance(b, Heading)]
    for level in (1, 2):
        said = [h.text for h in headings if h.level == level]
        assert styled(report, f"Heading {level}") == said
        assert styled(report, f"toc {level}") == said
    body = report.element.body
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert anchors
    assert set(anchors) <= set(marks)


def test_a_proposal_says_whose_it_is(report: WordDocument) -> None:
    assert styled(report, "Enlace Proposal Label") == ["Propuesta de la Secretaría Técnica"] * 2
    assert len(styled(report, "Enlace Proposal")) == 2


def test_headers_repeat_and_rows_are_not_torn(report: WordDocument) -> None:
    tables_of_figures = [t for t in report.tables if t.style and t.style.name == "Enlace Table"]
    assert len(tables_of_figures) == 7
    for table in tables_of_figures:
        first, *others = table._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in (first, *others))


@pytest.mark.parametrize("texts", [[], [["Niñez y adolescencia en tránsito", *["12"] * 8]]])
def test_no_word_of_a_heading_is_cut_where_the_page_has_room(texts: list[list[str]]) -> None:
    headers = ("Contenido temático", "Necesidades", "Países", "Participantes", "Mujeres",
               "Hombres", "Sin desagregar", "Horas de curso", "Horas-participante")  # fmt: skip
    wide = (30, 12, 9, 13, 9, 10, 12, 9, 13)
    columns = tuple(
        Column(key=str(at), header=header, width=width)
        for at, (header, width) in enumerate(zip(headers, wide, strict=True))
    )
    widths = word_tables._widths(columns, texts)
    assert sum(widths) == pytest.approx(word_tables._TEXT_WIDTH, abs=len(widths))
    for header, width in zip(headers, widths, strict=True):
        longest = max(len(word) for word in header.replace("-", " ").split())
        assert width >= 88 * longest + 140, header


def test_after_a_last_table_no_page_begins() -> None:
    table = TableBlock(table=examples.needs_table())
    last = opened(dataclasses.replace(examples.receipt(), blocks=(table,))).paragraphs[-1]
    assert last.paragraph_format.line_spacing == Pt(1)
    assert last.paragraph_format.space_after == 0


def test_every_picture_is_described(report: WordDocument) -> None:
    described = [p.get("descr") for p in report.element.body.iter(qn("wp:docPr"))]
    chart = examples.theme_chart()
    assert described == ["Enlace"] + [f"{chart.title}. {chart.description}"] * 3
    numbers = [p.get("id") for p in report.element.body.iter(qn("wp:docPr"))]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(
    ("example", "language"), [(examples.report, "es-HN"), (examples.review, "en-BZ")]
)
def test_it_is_in_the_language_of_its_document(example: object, language: str) -> None:
    word = opened(example())  # type: ignore[operator]
    (said,) = word.styles.element.find(qn("w:docDefaults")).iter(qn("w:lang"))
    assert said.get(qn("w:val")) == language
    assert word.core_properties.language == language[:2]


def test_text_in_another_language_says_so() -> None:
    word = opened(dataclasses.replace(PLAIN, blocks=(Paragraph(text="Hello", lang="en"),)))
    (run,) = [run for p in word.paragraphs for run in p.runs if run.text == "Hello"]
    assert run._element.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-US"


def test_it_has_a_title_and_names_nobody(report: WordDocument) -> None:
    properties = report.core_properties
    assert properties.title == examples.report().title
    assert properties.author == properties.last_modified_by == ""
    assert properties.created.replace(tzinfo=None) == datetime(2004, 5, 24)


def test_a_page_break_starts_the_next_paragraph_on_a_page() -> None:
    blocks = (Paragraph(text="a"), PageBreak(), Heading(text="b"), Paragraph(text="c"))
    word = opened(dataclasses.replace(PLAIN, blocks=blocks))
    breaks = [p.text for p in word.paragraphs if p.paragraph_format.page_break_before]
    assert breaks == ["b"]


def test_header_and_footer_name_the_document_and_its_pages(report: WordDocument) -> None:
    section = report.sections[0]
    assert "ENL-2004-INF-002" in section.header.paragraphs[0].text
    assert "Miembros" in section.header.paragraphs[0].text
    assert "Página 1 de 1" in section.footer.paragraphs[0].text
    codes = [code.text for code in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_a_person_typed_stays_text_wherever_it_stands(typed: str) -> None:
    document = dataclasses.replace(
        examples.report(tables=1),
        title=f"T {typed}",
        subtitle=typed,
        reference=typed,
        mark=typed,
        cover={typed: typed},
    )
    word = opened(document)
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    assert word.tables[0].rows[0].cells[1].text == lines
    assert "Resumen" in styled(word, "Heading 1")
    flat = " ".join(f"T {typed}".split())
    assert flat in " ".join(word.sections[0].footer.paragraphs[0].text.split())


@given(texts)
def test_text_in_is_text_out(text: str) -> None:
    blocks = (Paragraph(text=text), Facts(pairs=((text, text),)))
    word = opened(dataclasses.replace(PLAIN, blocks=blocks))
    assert text in styled(word, "Normal") or text == ""
    assert [cell.text for cell in word.tables[0].rows[0].cells] == [text, text]


@given(tables())
def test_tables_hold_what_they_were_given(table: Table) -> None:
    document = document_of(table)
    assert read_docx_tables(docx(document)) == expected_tables(document)


def test_the_committed_template_is_the_one_its_script_makes(tmp_path: Path) -> None:
    made = tmp_path / "template.docx"
    runpy.run_path(str(ROOT / "scripts" / "word_template.py"))["main"](made)
    with ZipFile(TEMPLATE) as committed, ZipFile(made) as fresh:
        assert committed.namelist() == fresh.namelist()
        for name in (n for n in fresh.namelist() if n.endswith(".xml")):
            assert committed.read(name) == fresh.read(name), name
