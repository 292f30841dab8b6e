"""Does CSV hold what it was given, for every program and without formulas?"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.cells import looks_like_formula
from app.documents.csv import csv_text
from app.documents.model import Cell, Column
from tests.documents.strategies import HOSTILE, anything

COLUMNS = (Column(key="a", header="Título"), Column(key="b", header="Número", kind="number"))


def written(*rows: tuple[Cell, ...]) -> str:
    return "".join(csv_text(COLUMNS, rows))


def test_it_begins_with_a_byte_order_mark_and_the_headers() -> None:
    assert written() == "\ufeffTítulo,Número\r\n"


def test_numbers_and_dates_are_written_for_programs() -> None:
    row = (date(2004, 5, 24), Decimal("18400.50"))
    assert written(row).endswith("2004-05-24,18400.50\r\n")
    assert written((None, Decimal("1E+3"))).endswith(",1000\r\n")


def test_a_negative_number_is_a_number_and_not_a_formula() -> None:
    assert written(("x", -5)).endswith("x,-5\r\n")


@pytest.mark.parametrize("sign", "=+-@\t\r\n＝＋－＠")
def test_a_text_that_begins_like_a_formula_is_preceded_by_an_apostrophe(sign: str) -> None:
    for text in (f"{sign}1+1", f" {sign}=1"):
        *_, last = _parsed(written((text, 1)))
        assert last[0] == f"'{text}"


def test_a_header_is_guarded_too() -> None:
    assert "".join(csv_text([Column(key="a", header="=1+1")], [])) == "\ufeff'=1+1\r\n"


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="a row of 3 under 2 columns"):
        written(("a", 1, 2))


def test_a_long_list_comes_in_pieces_without_waiting_for_its_end() -> None:
    taken = []

    def rows() -> Iterator[tuple[Cell, ...]]:
        for number in range(1000):
            taken.append(number)
            yield ("x", number)

    pieces = csv_text(COLUMNS, rows())
    next(pieces)
    next(pieces)
    assert len(taken) < 300
    assert sum(piece.count("\r\n") for piece in pieces) > 500


@given(st.lists(st.tuples(anything, st.integers()), max_size=5))
def test_text_in_is_text_out_but_for_the_apostrophe(rows: list[tuple[str, int]]) -> None:
    text = written(*rows).removeprefix("\ufeff")
    _, *read = _parsed(text)
    for (typed, number), (shown, counted) in zip(rows, read, strict=True):
        assert shown == (f"'{typed}" if looks_like_formula(typed) else typed)
        assert counted == str(number)
        assert shown[:1] not in set("=+-@\t\r\n＝＋－＠") or not shown


def _parsed(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline="")))


def test_every_hostile_text_is_read_back() -> None:
    _, *read = _parsed(written(*((text, 0) for text in HOSTILE)).removeprefix("\ufeff"))
    assert [row[0].removeprefix("'") for row in read] == [t.removeprefix("'") for t in HOSTILE]
