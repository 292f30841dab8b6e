"""Does every answer of every kind come back from the cells it was written into, in either language?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats import sheet_answers, sheet_cells
from app.formats.kinds.coded import CODE_MISSING, NOT_IN_LIST, YES_OR_NO
from app.formats.kinds.length import COUNT_EXPECTED, TOO_MANY_HOURS, UNIT_EXPECTED
from app.formats.sheet_answers import BECAME_DATE, BECAME_NUMBER, BECAME_TRUTH, BadCells
from app.formats.sheet_columns import (
    columns_of,
    in_sheet,
    offer_of,
    record_columns,
    row_columns,
    tables,
)
from app.needs.format import NEED
from tests.formats.documents import codes, field
from tests.formats.values import VALUES, field_of

IN_SHEET = sorted(kind for kind in VALUES if in_sheet(field_of(kind)))
LOCALES = ("es_HN", "es_CR", "en_US", "fr_CA", "es_PA")


def as_raw(cell: Any) -> Any:
    """What a workbook would say stands in a cell that was written."""
    return Decimal(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


@pytest.mark.parametrize("kind", IN_SHEET)
@given(data=st.data())
def test_an_answer_comes_back_from_its_cells(kind: str, data: st.DataObject) -> None:
    asked, value = field_of(kind), data.draw(VALUES[kind])
    lang, locale = data.draw(st.sampled_from(["es", "en"])), data.draw(st.sampled_from(LOCALES))
    cells = sheet_cells.write(asked, value, lang)
    assert len(cells) == len(columns_of(asked))
    assert sheet_answers.read(asked, list(map(as_raw, cells)), locale) == value


@pytest.mark.parametrize("kind", IN_SHEET)
def test_empty_cells_are_no_answer(kind: str) -> None:
    asked = field_of(kind)
    nothing = sheet_cells.write(asked, None, "es")
    assert set(nothing) == {None}
    assert sheet_answers.read(asked, nothing, "es_HN") is None


def mistakes(asked: Any, *raws: Any, locale: str = "es_HN") -> dict[int, str]:
    wanted = [*raws, *[None] * (len(columns_of(asked)) - len(raws))]
    with pytest.raises(BadCells) as bad:
        sheet_answers.read(asked, wanted, locale)
    return {at: mistake.message_id for at, mistake in bad.value.found.items()}


class TestLabels:
    @pytest.mark.parametrize("said", [
        "prosecutor", "Fiscalía", "fiscalia", "  FISCALÍA ", "Prosecutors", "PROSECUTORS",
    ])  # fmt: skip
    def test_a_choice_is_understood_by_code_and_by_label_of_either_language(
        self, said: str
    ) -> None:
        profile = NEED.field("audience").cell("profile")
        assert sheet_answers.read(profile, [said], "es_HN") == "prosecutor"

    def test_what_could_mean_two_codes_is_refused(self) -> None:
        asked = field("choice", codes=[
            {"code": "a", "label": {"es": "Si", "en": "One"}},
            {"code": "b", "label": {"es": "Sí", "en": "Two"}},
        ])  # fmt: skip
        assert sheet_answers.read(asked, ["Sí"], "es_HN") == "b"
        assert mistakes(asked, "SI") == {0: NOT_IN_LIST}

    def test_every_label_of_the_need_means_its_own_code(self) -> None:
        columns = [*record_columns(NEED)]
        for table in tables(NEED):
            columns += row_columns(table)
        offers = {column.offer for column in columns if column.offer}
        assert len(offers) > 10
        for offer in offers:
            for code, label in offer.codes:
                assert offer.code_of(label.es) == offer.code_of(label.en) == code

    def test_several_choices_may_stand_in_one_cell_or_in_several_and_twice(self) -> None:
        asked = field("choices", codes=codes("a", "b", "c", "d"))
        offer = offer_of(asked)
        assert offer is not None
        words = [label.es for _code, label in offer.codes]
        raws = [words[3], None, f"{words[0]}; {words[3]}\n\nc"]
        assert sheet_answers.read(asked, raws, "es_HN") == ["a", "c", "d"]
        assert mistakes(asked, "nada", words[0], "a;x") == {0: NOT_IN_LIST, 2: NOT_IN_LIST}

    def test_true_and_false_are_yes_and_no_and_nothing_else(self) -> None:
        asked = field_of("yes_no")
        assert sheet_answers.read(asked, [True], "es_HN") is True
        assert sheet_answers.read(asked, ["si"], "es_HN") is True
        assert sheet_answers.read(asked, ["No"], "es_HN") is False
        assert mistakes(asked, "tal vez") == {0: YES_OR_NO}
        assert mistakes(field_of("text"), True) == {0: BECAME_TRUTH}


class TestNumbersAndDays:
    def test_a_number_typed_as_text_is_read_as_the_region_writes_it(self) -> None:
        money = field_of("money")
        assert sheet_answers.read(money, ["18,400.50"], "es_HN") == "18400.50"
        assert sheet_answers.read(money, ["18.400,50"], "es_CR") == "18400.50"
        assert sheet_answers.read(money, [Decimal("18400.5")], "es_CR") == "18400.50"
        assert 0 in mistakes(money, "18.400,50")
        assert 0 in mistakes(field_of("integer"), Decimal("1.5"))

    def test_what_the_program_made_of_a_text_is_named_and_not_kept(self) -> None:
        assert mistakes(field_of("text"), date(2004, 4, 3)) == {0: BECAME_DATE}
        assert mistakes(field_of("integer"), date(2004, 4, 3)) == {0: BECAME_DATE}
        assert mistakes(field_of("text"), Decimal("1E+17")) == {0: BECAME_NUMBER}
        assert (
            sheet_answers.read(field_of("text"), [Decimal("50075000000")], "es_CR") == "50075000000"
        )

    def test_days_before_programs_agree_are_written_in_figures(self) -> None:
        asked = field_of("date")
        assert sheet_cells.write(asked, "1900-02-28", "es") == ["1900-02-28"]
        assert sheet_cells.write(asked, "1900-03-01", "es") == [date(1900, 3, 1)]

    def test_each_part_of_a_duration_is_blamed_for_itself(self) -> None:
        asked = field_of("duration")
        found = mistakes(asked, "muchas", "lunas", Decimal(400))
        assert found == {0: COUNT_EXPECTED, 1: UNIT_EXPECTED, 2: TOO_MANY_HOURS}

    def test_a_detail_without_its_choice_asks_for_it(self) -> None:
        assert mistakes(field_of("code_with_detail"), None, "algo") == {0: CODE_MISSING}


def test_what_is_sealed_has_no_column() -> None:
    sealed = field("text", **{"class": "personal"})
    assert not in_sheet(sealed)


def test_no_two_columns_have_one_key() -> None:
    for columns in [record_columns(NEED), *(row_columns(table) for table in tables(NEED))]:
        keys = [column.key for column in columns]
        assert len(set(keys)) == len(keys)
