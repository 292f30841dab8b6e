"""Are the figures the same on the page, in Word, in Excel and in print?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.documents.docx import docx
from app.documents.model import Document, Heading, Paragraph
from app.documents.pdf import pdf
from app.documents.xlsx import workbook
from app.extensions import db
from app.formats.spec import Text
from app.groups.actions import begin
from app.needs.models import NeedFact
from app.policy.actor import locale_of
from app.reports import building, drawing, sentences
from app.reports.dimensions import DIMENSIONS
from app.reports.document import document_of
from app.reports.figures import FULL, MEMBERS
from app.reports.funded import FundedLine, Funding
from app.reports.report import Editorial, Report
from app.reports.two_way import MEASURES
from tests.calls.settled import MORNING, Settled
from tests.documents.readers import (
    ReadTable,
    expected_tables,
    expected_values,
    read_docx_tables,
    read_pdf_tables,
    read_xlsx_tables,
)
from tests.reports.accepted import Accepted
from tests.reports.example import write_example

EDITORIAL = Editorial(
    title=Text("Necesidades de capacitación", "Training needs"),
    meeting="IX CRM, Grupo Regional de Consulta",
    agenda_item="4. Capacitación",
    introduction=Text("La Red pidió esta recopilación.\n\nEsta es.", ""),
    proposals=Text("Agradecer a los países.\n\nInstar a los demás.", "To thank the countries."),
    conclusion=Text("", ""),
)

# What is in a report does not depend on where its facts were kept.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def report(accepted: Accepted) -> Report:
    call = write_example(accepted)
    return replace(building.build(call, as_of=MORNING), editorial=EDITORIAL)


@pytest.fixture
def members_report(accepted: Accepted) -> Report:
    call = write_example(accepted)
    whole = building.build(call, as_of=MORNING, audience=MEMBERS)
    return replace(whole, editorial=EDITORIAL, stage="published", number=2)


def of_page(report: Report, lang: str) -> list[ReadTable]:
    """The tables of the page, as its template gets them."""
    changes = drawing.changes(report, lang, locale_of(lang, None))
    changed = [
        ReadTable(table.title, tuple(column.header for column in table.columns), rows)
        for table, rows in (changes.tables if changes else ())
    ]
    figures, funding = (
        drawing.tables(report, lang, locale_of(lang, None)),
        drawing.funding(report, lang, locale_of(lang, None)),
    )
    return (
        [read_drawn(each) for each in figures]
        + changed
        + ([read_drawn(funding)] if funding else [])
    )


def read_drawn(drawn: drawing.DrawnTable) -> ReadTable:
    return ReadTable(
        title=drawn.caption,
        headers=tuple(column.header for column in drawn.columns),
        rows=tuple(tuple(cell.text for cell in row) for row in (*drawn.rows, drawn.total)),
    )


def figures_of(document: Document) -> list[ReadTable]:
    """Every table of the document but the lists of needs, which a page shows a few at a time."""
    read = zip(document.tables, expected_tables(document), strict=True)
    return [told for table, told in read if table.key.partition("-")[0] not in ("needs", "annex")]


def assert_alike(report: Report, lang: Any) -> None:
    document = document_of(report, lang)
    told, values = expected_tables(document), expected_values(document)
    assert read_pdf_tables(pdf(document)) == told
    assert read_docx_tables(docx(document)) == told
    assert read_xlsx_tables(workbook(document), document) == values
    figures = figures_of(document)
    assert of_page(report, lang) == figures
    assert len(figures) >= len(DIMENSIONS) + len(MEASURES)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_table_has_the_same_cells_in_all_four_media(report: Report, lang: str) -> None:
    assert_alike(report, lang)


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("audience", [FULL, MEMBERS])
def test_groups_of_similar_needs_have_the_same_cells_in_all_four_media(
    accepted: Accepted, settled: Settled, audience: Any, lang: str
) -> None:
    call = write_example(accepted)
    rows = db.session.execute(
        db.select(NeedFact.title, NeedFact.need_id).where(NeedFact.call_id == call.id)
    )
    of_title = {row.title: row.need_id for row in rows}
    alike = [of_title["Entrevista a posibles víctimas de trata en puestos fronterizos"],
             of_title["Interviewing children, Bluefields"]]  # fmt: skip
    alone = [of_title["Investigación proactiva en El Salvador"]]
    begin(settled["st"], call.id, alike, Text("Entrevista", "Interviewing"))
    begin(settled["st"], call.id, alone, Text("Investigación", "Investigation"))
    report = building.build(call, as_of=clock.now(), audience=audience)
    assert_alike(report, lang)
    document = document_of(report, lang)
    (table,) = [table for table in document.tables if table.key == "group"]
    assert len(table.rows) == (3 if audience == FULL else 2)
    assert document.tables[0].columns[-1].header == ("Grupo" if lang == "es" else "Group")


@pytest.mark.parametrize("lang", ["es", "en"])
def test_what_courses_cost_has_the_same_cells_in_all_four_media(report: Report, lang: str) -> None:
    line = FundedLine(label=Text("Materiales", "Materials"), cost=Decimal("1160.25"),
                      funded=Decimal("300.00"), promised=Decimal("0.25"))  # fmt: skip
    other = replace(line, label=Text("Viajes", "Travel"), cost=Decimal("9000.00"))
    funded = replace(report, funding=Funding(lines=(line, other), courses=2, shared=1))
    assert_alike(funded, lang)
    document = document_of(funded, lang)
    assert "9,559.75" in said(document)
    (told,) = (table for table in document.tables if table.key == "funding")
    assert told.total is not None
    assert told.total[1:] == tuple(map(Decimal, ("10160.25", "600.00", "0.50", "9559.75")))
    assert "Cursos que dan cupos a necesidades de esta convocatoria: 2" in str(told.note) or (
        "Courses with seats for needs of this call: 2" in str(told.note)
    )


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_edition_for_members_has_the_same_cells_in_all_four_media(
    members_report: Report, lang: str
) -> None:
    assert_alike(members_report, lang)


def test_the_document_has_the_order_of_the_one_tabled_at_the_consultation_group(
    report: Report,
) -> None:
    document = document_of(report, "es")
    top = [
        block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1
    ]
    assert top == [
        "Introducción", "Resumen", "Necesidades recopiladas", "Cifras", "Ofrecimientos",
        "Lo que no está cubierto", "Propuestas de la Secretaría Técnica", "Anexo por país",
    ]  # fmt: skip
    assert document.cover["Reunión"] == "IX CRM, Grupo Regional de Consulta"
    assert document.cover["Punto de la agenda"] == "4. Capacitación"
    assert document.cover["Cifras al"] == "24 de mayo de 2004, 09:00 (Panamá)"
    needs = document.tables[0]
    assert [column.header for column in needs.columns] == [
        "N.º", "Contenido temático", "Perfil y cantidad de participantes", "Participantes",
        "Duración", "País",
    ]  # fmt: skip
    proposals = [
        b.text for b in document.blocks if isinstance(b, Paragraph) and b.style == "proposal"
    ]
    assert proposals == ["Agradecer a los países.", "Instar a los demás."]


def test_what_was_written_in_one_language_only_is_shown_and_marked_in_the_other(
    report: Report,
) -> None:
    document = document_of(report, "en")
    texts = {block.text: block.lang for block in document.blocks if isinstance(block, Paragraph)}
    assert texts["La Red pidió esta recopilación."] == "es"
    assert texts["To thank the countries."] is None
    assert document.title == "Training needs"


def said(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def test_the_document_says_what_is_not_covered_and_that_no_offer_is_registered(
    report: Report,
) -> None:
    text = said(document_of(report, "es"))
    assert "no hay ofrecimientos registrados en Enlace" in text
    assert "quedan por cubrir 7 necesidades, para 1,403 participantes" in text
    assert "Sin respuesta registrada aún: México." in text
    assert "Marco legal y conceptos" in text
    english = said(document_of(report, "en"))
    assert "No response registered yet: Mexico." in english


def test_members_are_not_told_who_has_not_submitted(members_report: Report) -> None:
    document = document_of(members_report, "es")
    assert "Sin respuesta" not in said(document)
    assert "permitieron mostrar a los miembros" in said(document)
    assert document.mark == "Países miembros"
    assert "País no nombrado" in [b.text for b in document.blocks if isinstance(b, Heading)]


def test_marks_say_for_whom_and_how_far_the_document_is(report: Report) -> None:
    assert document_of(report, "es").mark == "Secretaría Técnica · Borrador"
    made = document_of(replace(report, stage="published", number=2), "en", demonstration=True)
    assert made.mark == "Technical Secretariat · DEMONSTRATION"
    assert made.reference == "INF-2004-2"
    drawn = document_of(replace(report, stage="draft", number=3), "en", fingerprint="abc")
    assert drawn.cover["Edition"] == "3, in preparation"
    assert drawn.cover["SHA-256 fingerprint"] == "abc"


def test_a_report_without_needs_says_so_and_can_be_written_in_every_medium(
    accepted: Accepted,
) -> None:
    report = building.build(accepted.call(), as_of=MORNING)
    document = document_of(report, "es")
    assert "no hay necesidades aceptadas que contar" in said(document)
    assert document.tables == ()
    assert drawing.tables(report, "es", "es_419") == ()
    for write in (pdf, docx, workbook):
        assert write(document)


def test_countries_stand_in_the_order_of_the_readers_alphabet(accepted: Accepted) -> None:
    call = write_example(accepted)
    report = building.build(call, as_of=MORNING, audience=MEMBERS)
    document = document_of(report, "es")
    (table,) = [table for table in document.tables if table.key == "country"]
    names = [row[0] for row in table.rows]
    assert names == ["El Salvador", "Guatemala", "Honduras", "Nicaragua", "País no nombrado"]


@given(
    women=st.integers(0, 3), men=st.integers(0, 3), not_stated=st.integers(0, 3),
    lang=st.sampled_from(["es", "en"]),
)  # fmt: skip
def test_people_are_told_by_sex_without_naming_what_is_none(
    report: Report, women: int, men: int, not_stated: int, lang: str
) -> None:
    people = replace(report.compilation.total, women=women, men=men, not_stated=not_stated)
    text = sentences.Sentences(lang, drawing.Shown("en")).divided(people)
    said_numbers = [int(word) for word in text.replace(",", "").split() if word.isdigit()]
    assert sum(said_numbers) == women + men + not_stated
    assert ("1 woman" in text or "1 mujer" in text) == (women == 1)
    assert "1 women" not in text
    assert "1 mujeres" not in text


def test_hours_are_written_without_rounding(report: Report) -> None:
    total = replace(report.compilation.total, course_hours=Decimal("1160.25"))
    changed = replace(report, compilation=replace(report.compilation, total=total))
    lead = sentences.Sentences("es", drawing.Shown("es_419")).lead(changed)
    assert "1,160.25 horas de curso" in lead
    assert "4 países de 5 invitados" in lead
    assert FULL in changed.audience


def test_charts_say_in_words_what_they_show_and_none_stands_without_its_table(
    report: Report,
) -> None:
    for lang in ("es", "en"):
        for drawn in drawing.tables(report, lang, locale_of(lang, None)):
            svg = ElementTree.fromstring(drawn.chart)
            title, described = (svg.findtext(f"{{*}}{name}", "") for name in ("title", "desc"))
            assert title == drawn.chart_title
            assert all(row[0].text in described for row in drawn.rows), drawn.key


def test_profiles_are_drawn_by_sex_and_themes_by_country(report: Report) -> None:
    charts = {table.key: table.chart for table in drawing.tables(report, "es", "es_419")}
    for words in ("Mujeres: 14", "Hombres: 22", "Sin desagregar: 9"):
        assert words in charts["profile"]
    assert "Detección e indicadores · Honduras: 1<" in charts["two_way_needs"]
    assert "Detección e indicadores · Honduras: 45<" in charts["two_way_participants"]
