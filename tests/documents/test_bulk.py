"""Does a long list reach Excel whole, unchanged and without waiting for its end?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from app.documents.bulk import sheet, write_sheet
from app.documents.model import Cell, Column, Kind
from tests.documents.strategies import HOSTILE, anything, cells

KINDS: tuple[Kind, ...] = ("text", "number", "hours", "money", "date")
COLUMNS = tuple(Column(key=kind, header=kind.title(), kind=kind) for kind in KINDS)
PLAIN: tuple[Cell, ...] = ("x", 1, Decimal("1.5"), Decimal("2.25"), date(2004, 5, 24))


def opened(rows: Sequence[Sequence[Cell]], columns: Sequence[Column] = COLUMNS) -> Worksheet:
    book = load_workbook(BytesIO(sheet(columns, rows, title="Necesidades")))
    return book.active


def read(worksheet: Worksheet) -> list[tuple[Cell, ...]]:
    """The rows below the header, without empty ones at the end, which no file keeps."""
    rows = [
        tuple(_value(value) for value in row)
        for row in worksheet.iter_rows(min_row=2, values_only=True)
    ]
    return _without_empty_end(rows)


def _without_empty_end(rows: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    while rows and not any(cell is not None for cell in rows[-1]):
        rows = rows[:-1]
    return rows


def _value(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | float):
        return Decimal(str(value)).normalize()
    return unescape(str(value)) if value is not None else None


def _expected(cell: Cell) -> Cell:
    if isinstance(cell, int | Decimal):
        return Decimal(str(float(cell))).normalize()
    return cell or None


def test_the_headers_stand_first_stay_in_view_and_filter() -> None:
    worksheet = opened([PLAIN])
    assert [cell.value for cell in worksheet[1]] == ["Text", "Number", "Hours", "Money", "Date"]
    assert worksheet.title == "Necesidades"
    assert worksheet.freeze_panes == "A2"
    assert worksheet.auto_filter.ref == "A1:E2"


def test_figures_are_numbers_and_dates_dates() -> None:
    row = opened([PLAIN])[2]
    assert [cell.data_type for cell in row] == ["s", "n", "n", "n", "d"]
    assert row[3].number_format == "#,##0.00"
    assert row[4].number_format == "yyyy-mm-dd"


def test_an_empty_list_still_has_its_headers() -> None:
    worksheet = opened([])
    assert [cell.value for cell in worksheet[1]] == ["Text", "Number", "Hours", "Money", "Date"]
    assert read(worksheet) == []


def test_two_columns_with_one_header_both_come_out() -> None:
    columns = [Column(key="a", header="Nota"), Column(key="b", header="Nota")]
    worksheet = opened([("uno", "dos")], columns)
    assert [cell.value for cell in worksheet[1]] == ["Nota", "Nota (2)"]
    assert read(worksheet) == [("uno", "dos")]


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="not as long as the 5 columns"):
        sheet(COLUMNS, [PLAIN, PLAIN[:3]], title="x")


def test_rows_may_come_one_by_one_and_go_to_a_file(tmp_path: Path) -> None:
    def rows() -> Iterator[Sequence[Cell]]:
        for number in range(1203):
            yield ("x", number, None, None, None)

    target = tmp_path / "list.xlsx"
    write_sheet(COLUMNS, rows(), target, title="Lista")
    found = read(load_workbook(target).active)
    assert [row[1] for row in found] == [Decimal(n).normalize() for n in range(1203)]


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_text_is_a_formula_or_a_link(typed: str) -> None:
    cell = opened([(typed, *PLAIN[1:])])["A2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (12345678901234567, "12345678901234567"),
        (-(10**15), "-1000000000000000"),
        (Decimal("0.1234567890123456789"), "0.1234567890123456789"),
        (Decimal("NaN"), "NaN"),
        (Decimal("-Infinity"), "-Infinity"),
        (date(1821, 9, 15), "1821-09-15"),
        ("n/d", "n/d"),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_what_excel_would_change_is_kept_as_text_in_any_column(
    kind: Kind, cell: Cell, shown: str
) -> None:
    worksheet = opened([(cell,), (None,)], [Column(key="a", header="A", kind=kind)])
    assert worksheet["A2"].value == shown


@pytest.mark.parametrize("text", ["x" * 40_000, "a\ud800b", "a\ufffeb\uffff", "a\x00b"])
def test_what_no_cell_can_hold_does_not_stop_the_others(text: str) -> None:
    worksheet = opened([(text, *PLAIN[1:]), PLAIN])
    assert worksheet["A3"].value == "x"
    assert worksheet["A2"].value


@given(st.lists(st.tuples(*(cells(kind) for kind in KINDS)), min_size=1, max_size=6))
def test_cells_in_are_cells_out(rows: list[tuple[Cell, ...]]) -> None:
    expected = [tuple(_expected(cell) for cell in row) for row in rows]
    assert read(opened(rows)) == _without_empty_end(expected)


@given(anything.filter(lambda text: "\r" not in text))
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    typed = text.replace("\ufffe", "").replace("\uffff", "")
    assert read(opened([(text, *PLAIN[1:])]))[0][0] == (typed or None)
