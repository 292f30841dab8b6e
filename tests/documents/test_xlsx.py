"""Does a workbook hold numbers as numbers, dates as dates and every text as text?"""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from openpyxl import Workbook, load_workbook

from app.documents.model import AnyChart, Cell, Column, Table, TableBlock
from app.documents.xlsx import workbook
from tests.documents import examples
from tests.documents.readers import expected_values, read_xlsx_tables
from tests.documents.strategies import HOSTILE, document_of, tables


def opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def one_column(*cells: Cell) -> Table:
    return Table(
        key="t",
        title="Tabla",
        columns=(Column(key="a", header="A"),),
        rows=tuple((cell,) for cell in cells),
    )


@pytest.fixture(scope="module")
def report() -> Workbook:
    return opened(workbook(examples.report()))


def test_each_table_has_a_sheet_after_the_cover(report: Workbook) -> None:
    assert report.sheetnames == ["Portada", *(f"Cuadro {n}" for n in range(1, 8))]


def test_the_cover_leads_to_every_sheet(report: Workbook) -> None:
    cover = report.worksheets[0]
    assert cover["A1"].value == examples.report().title
    links = [cell.hyperlink.location for row in cover for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in report.sheetnames[1:]]


def test_the_header_stays_in_view_and_filters_the_rows(report: Workbook) -> None:
    sheet = report.worksheets[1]
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:G10"
    assert sheet.print_title_rows == "$4:$4"


def test_a_chart_stands_beside_its_table_with_its_figures(report: Workbook) -> None:
    first, last = report.worksheets[1], report.worksheets[7]
    assert len(first._charts) == 1
    assert not last._charts
    chart = examples.theme_chart()
    figures = [(row[8].value, row[9].value) for row in first.iter_rows(min_row=5, max_row=10)]
    assert figures == [(bar.label, bar.value) for bar in chart.bars]
    with ZipFile(BytesIO(workbook(examples.report()))) as parts:
        assert chart.description in parts.read("xl/drawings/drawing1.xml").decode()


def test_figures_and_dates_keep_their_type_and_have_a_format(report: Workbook) -> None:
    row = report.worksheets[1][6]
    assert [cell.data_type for cell in row[:7]] == ["s", "s", "n", "n", "n", "n", "d"]
    assert [row[at].number_format for at in (2, 4, 5, 6)] == [
        "#,##0",
        "#,##0.0##",
        "#,##0.00",
        "yyyy-mm-dd",
    ]
    assert row[6].value == datetime(2004, 2, 2)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert workbook(examples.report()) == workbook(examples.report())


def test_tables_alone_have_no_cover() -> None:
    book = opened(workbook([examples.needs_table(title="Por tema"), one_column("x")]))
    assert book.sheetnames == ["Por tema", "Tabla"]


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_text_is_a_formula_or_a_link(typed: str) -> None:
    document = dataclasses.replace(document_of(one_column(typed)), cover={typed: typed})
    book = opened(workbook(document))
    cell = book.worksheets[1]["A5"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    for sheet in book:
        assert all(cell.data_type != "f" for row in sheet for cell in row)


@pytest.mark.parametrize("typed", ["=1", "@x", "－1", " +1", "\t1"])
def test_a_text_like_a_formula_stays_a_text_when_someone_edits_it(typed: str) -> None:
    sheet = opened(workbook([one_column(typed, "plain")])).active
    assert sheet["A5"].quotePrefix
    assert not sheet["A6"].quotePrefix


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (12345678901234567, "12345678901234567"),
        (Decimal("0.1234567890123456789"), "0.1234567890123456789"),
        (date(1821, 9, 15), "1821-09-15"),
        (Decimal("NaN"), "NaN"),
    ],
)
def test_what_excel_would_change_is_kept_as_text(cell: Cell, shown: str) -> None:
    assert opened(workbook([one_column(cell)])).active["A5"].value == shown


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    value = opened(workbook([one_column("x" * 40_000)])).active["A5"].value
    assert len(value) == 32_767
    assert value.endswith("x…")


@pytest.mark.parametrize("title", ["a/b:c?*[x]", "x" * 50, "History", "'q'", "💡 " * 20, " "])
def test_any_title_makes_a_sheet_name_excel_accepts(title: str) -> None:
    table = dataclasses.replace(one_column("x"), title=title)
    other = dataclasses.replace(table, key="u", title=title.upper())
    first, second = opened(workbook([table, other])).sheetnames
    assert first.lower() != second.lower()
    for name in (first, second):
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.lower() != "history"


def test_a_reference_with_an_ampersand_is_printed_as_it_is() -> None:
    document = dataclasses.replace(document_of(one_column("x")), reference="A&P")
    header = opened(workbook(document)).worksheets[1].oddHeader.right.text
    assert header == "A&&P" or header == "A&P"


@given(tables())
def test_cells_in_are_cells_out(table: Table) -> None:
    document = document_of(table)
    assert read_xlsx_tables(workbook(document), document) == expected_values(document)


@pytest.mark.parametrize(
    ("chart", "parts", "figures"),
    [
        (examples.people_chart(), ("Mujeres", "Hombres"), [("Fiscalía", 3, 2), ("Consular", 0, 7)]),
        (
            examples.crossing_chart(),
            ("Honduras", "El Salvador"),
            [("Detección", 4, None), ("Niñez", None, 1)],
        ),
    ],
)
def test_a_chart_of_parts_is_excels_own_with_a_series_for_each_part(
    chart: AnyChart, parts: tuple[str, ...], figures: list[tuple[object, ...]]
) -> None:
    document = document_of(examples.needs_table())
    with_chart = dataclasses.replace(
        document, blocks=(TableBlock(table=document.tables[0], chart=chart),)
    )
    sheet = opened(workbook(with_chart)).worksheets[1]
    (drawn,) = sheet._charts
    assert len(drawn.series) == len(parts)
    above, head, *rows = sheet.iter_rows(
        min_row=3, max_row=6, min_col=9, max_col=11, values_only=True
    )
    assert above == (chart.title, None, None)
    assert head == (None, *parts)
    assert rows == figures
    with ZipFile(BytesIO(workbook(with_chart))) as files:
        assert 'grouping val="stacked"' in files.read("xl/charts/chart1.xml").decode()


def test_parts_are_filled_as_in_the_drawing_of_the_same_table() -> None:
    document = document_of(examples.needs_table())
    block = TableBlock(table=document.tables[0], chart=examples.people_chart())
    drawn = opened(workbook(dataclasses.replace(document, blocks=(block,)))).worksheets[1]._charts
    solid, hatched = (series.graphicalProperties for series in drawn[0].series)
    assert solid.solidFill is not None
    assert solid.pattFill is None
    assert hatched.pattFill.prst == "wdUpDiag"


def test_words_at_the_right_of_a_figure_keep_apart_from_it() -> None:
    columns = (
        Column(key="name", header="Nombre"),
        Column(key="people", header="Personas", kind="number"),
        Column(key="where", header="Lugar"),
    )
    table = Table(key="t", title="Tabla", columns=columns, rows=(("Curso", 45, "Tegucigalpa"),))
    sheet = opened(workbook([table])).worksheets[0]
    indents = [[cell.alignment.indent for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert indents == [[0, 0, 1], [0, 0, 1]]


def test_a_change_has_its_sign_in_a_workbook() -> None:
    column = Column(key="change", header="Cambio", kind="change")
    table = Table(key="t", title="Tabla", columns=(column,), rows=((3,), (-2,), (0,)))
    sheet = opened(workbook([table])).worksheets[0]
    assert [(row[0].value, row[0].number_format) for row in sheet.iter_rows(min_row=5)] == [
        (3, "+#,##0;-#,##0;0"), (-2, "+#,##0;-#,##0;0"), (0, "+#,##0;-#,##0;0"),
    ]  # fmt: skip
