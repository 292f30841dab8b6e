"""Does a document refuse what no medium could print?"""

from __future__ import annotations

from typing import Any

import pytest

from app.documents.model import Column, Document, Heading, PageBreak, Table, TableBlock
from tests.documents.examples import DAY, needs_table


def document(**changes: Any) -> Document:
    given = {"title": "T", "lang": "es", "locale": "es_HN", "date": DAY, "reference": "R"}
    return Document(**(given | changes))


def test_a_document_without_a_title_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a title"):
        document(title="  ")


@pytest.mark.parametrize("levels", [(2,), (1, 3), (1, 2, 2, 1, 3), (0,), (1, 2, 3, 4)])
def test_a_level_of_heading_left_out_is_refused(levels: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="level"):
        document(blocks=tuple(Heading(text="x", level=level) for level in levels))


def test_headings_may_go_up_again_and_stand_apart() -> None:
    levels = (1, 2, 3, 1, 2)
    document(blocks=(PageBreak(), *(Heading(text="x", level=level) for level in levels)))


def test_two_tables_with_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="share a key"):
        document(blocks=(TableBlock(table=needs_table()), TableBlock(table=needs_table())))


def test_a_row_of_another_length_than_its_columns_is_refused_by_the_table_s_name() -> None:
    with pytest.raises(ValueError, match="'themes' has 1 columns and a row of 2"):
        Table(key="themes", title="t", columns=(Column(key="a", header="A"),), rows=(("x", "y"),))


def test_a_total_counts_as_a_row() -> None:
    with pytest.raises(ValueError, match="a row of 2"):
        Table(key="t", title="t", columns=(Column(key="a", header="A"),), rows=(), total=("x", 1))


@pytest.mark.parametrize("wrong", [{"kind": "colour"}, {"width": 0}, {"width": float("nan")}])
def test_a_column_of_no_kind_or_width_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="'a'"):
        Column(key="a", header="A", **wrong)
