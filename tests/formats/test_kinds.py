"""Does each kind read what a browser posts, write it back, show it, and refuse the rest clearly?"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.countries import MEMBERS, country_names
from app.formats.kinds import KINDS, BadAnswer, course_hours
from app.formats.kinds.table import summary
from app.formats.spec import Field
from tests.formats.documents import case, field, need
from tests.formats.test_numbers import REGION
from tests.formats.values import VALUES, asked, field_of

POSTED = st.lists(
    st.text(max_size=20) | st.sampled_from(["yes", "a", "HN", "5", "2004"]), max_size=4
)


def load(kind: str, raw: list[str], locale: str = "es_HN", **more: object) -> Any:
    told = field(kind, **more) if more else asked(kind)
    return told.kind.load(raw, told, locale)


def refusal(kind: str, raw: list[str], locale: str = "es_HN", **more: object) -> str:
    with pytest.raises(BadAnswer) as caught:
        load(kind, raw, locale, **more)
    return str(caught.value)


def outcome(told: Field, raw: list[str], locale: str) -> tuple[Any, str | None]:
    """The answer and no refusal, or the other way round."""
    try:
        return told.kind.load(raw, told, locale), None
    except BadAnswer as refused:
        return None, str(refused)


def show(kind: str, value: Any, lang: str = "es", locale: str = "es_HN") -> str:
    return asked(kind).kind.show(value, asked(kind), lang, locale)


def test_every_kind_that_is_typed_has_values_to_try() -> None:
    typed = {name for name, kind in KINDS.items() if kind.is_asked and name != "rows"}
    assert typed == set(VALUES)


@pytest.mark.parametrize("kind", sorted(VALUES))
@given(data=st.data())
def test_what_a_form_shows_is_read_back_as_the_same_answer(kind: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    told = field_of(kind)
    for locale in REGION:
        assert told.kind.load(told.kind.dump(value, told, locale), told, locale) == value


@pytest.mark.parametrize("kind", sorted(VALUES))
@given(data=st.data())
def test_every_answer_can_be_kept_shown_and_exported(kind: str, data: st.DataObject) -> None:
    value, told = data.draw(VALUES[kind]), field_of(kind)
    assert json.loads(json.dumps(value)) == value
    assert told.kind.is_answered(value)
    for lang in ("es", "en"):
        assert told.kind.show(value, told, lang, "es_HN")
        cell = told.kind.cell(value, told, lang)
        assert isinstance(cell, str | int | Decimal | date)


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(raw=POSTED, locale=st.sampled_from(REGION))
def test_whatever_is_posted_is_an_answer_or_a_clear_refusal(
    kind: str, raw: list[str], locale: str
) -> None:
    told = field_of(kind)
    value, refused = outcome(told, raw, locale)
    if refused is not None:
        assert refused
        assert "%(" not in refused
    elif value is not None:
        assert outcome(told, told.kind.dump(value, told, locale), locale) == (value, None)


@pytest.mark.parametrize("kind", sorted(VALUES))
def test_nothing_posted_is_no_answer(kind: str) -> None:
    empty = [""] * max(len(KINDS[kind].parts), 1)
    told = asked(kind)
    for raw in ([], empty):
        assert told.kind.load(raw, told, "es_HN") is None
    assert told.kind.show(None, told, "es", "es_HN") == ""
    assert told.kind.cell(None, told, "es") is None
    assert not told.kind.is_answered(None)
    assert told.kind.load(told.kind.dump(None, told, "es_HN"), told, "es_HN") is None


@pytest.mark.parametrize(
    "kind",
    [
        *("text", "long_text", "integer", "decimal", "money", "date", "partial_date"),
        *("choice", "yes_no", "country", "reference"),
    ],
)
def test_a_single_answer_refuses_several(kind: str) -> None:
    assert refusal(kind, ["1", "2"]) == "Only one answer fits here."


@pytest.mark.parametrize("kind", ["derived", "automatic"])
def test_what_enlace_fills_in_cannot_be_typed(kind: str) -> None:
    assert "cannot be typed" in refusal(kind, ["5"])


def test_text_has_a_length_counted_in_characters() -> None:
    assert load("text", ["ñ" * 160], options={"max": 160}) == "ñ" * 160
    assert refusal("text", ["ñ" * 161], options={"max": 160}).startswith("Please shorten")
    assert load("text", ["n\u0303" * 160], options={"max": 160}) == "ñ" * 160


def test_text_that_cannot_be_kept_says_so_without_repeating_it() -> None:
    for kind in ("text", "long_text", "texts"):
        assert refusal(kind, ["secreto\x00"]).startswith("This text holds signs")


def test_texts_come_from_lines_or_inputs_and_have_a_number() -> None:
    assert load("texts", ["uno\n\n dos", "tres"]) == ["uno", "dos", "tres"]
    assert refusal("texts", ["1\n2\n3"], options={"max": 2}) == "Write at most 2 texts here."
    assert refusal("texts", ["x" * 11], options={"length": 10}).startswith("Please shorten")


def test_a_whole_number_says_what_it_expects() -> None:
    assert load("integer", ["1,250"]) == 1250
    assert refusal("integer", ["1.250"]).endswith("for example 1,250.")
    assert refusal("integer", ["1,250"], "es_CR").endswith("for example 1\u00a0250.")
    assert refusal("integer", ["0"], options={"min": 1}) == "This number cannot be less than 1."
    assert refusal("integer", ["100"], options={"max": 99}) == "This number cannot be more than 99."
    assert refusal("integer", ["-1"]) == "This number cannot be less than 0."


def test_money_is_kept_with_its_cents_and_written_as_the_region_does() -> None:
    assert load("money", ["18,400.5"]) == "18400.50"
    assert load("money", ["18.400,5"], "es_CR") == "18400.50"
    assert show("money", "18400.50") == "18,400.50"
    assert show("money", "18400.50", locale="es_CR") == "18\u00a0400,50"
    assert "18,400.50" in refusal("money", ["18.400,50"])
    assert "18,400.50" in refusal("money", ["18,400.505"])
    assert asked("money").kind.cell("18400.50", asked("money"), "es") == Decimal("18400.50")


def test_a_date_says_what_it_expects_as_the_region_writes_it() -> None:
    assert load("date", ["24/5/2004"]) == "2004-05-24"
    assert "24/05/2004, or the month in words" in refusal("date", ["24/5/04"])
    assert "2004-05-24, or" in refusal("date", ["5/6/04"], "en_CA")
    assert "5 June 2004 or 6 May 2004" in refusal("date", ["5/6/2004"], "en_CA")
    assert show("date", "2004-05-24", "en") == "24 May 2004"
    assert asked("date").kind.cell("2004-05-24", asked("date"), "es") == date(2004, 5, 24)


def test_a_date_may_be_asked_within_some_years() -> None:
    near = {"min": 2000, "max": 2099}
    assert load("date", ["24/5/2004"], options=near) == "2004-05-24"
    for wrong in ("6/9/1904", "6/9/2104"):
        assert "between 2000 and 2099" in refusal("date", [wrong], options=near)


@pytest.mark.parametrize(
    ("looks", "fine", "wrong"),
    [("email", ["unidad@ejemplo.org", "a.b+c@x.gob.hn"],
      ["no-es-correo", "a@b", "a b@c.org", "a@c.org, d@e.org", "a@@c.org", "a@.org"]),
     ("phone", ["+507 500 0000", "(504) 2222-0000 ext. 12", "5000000", "1-800-500-0000"],
      ["abc", "12", "+507", "tel. 500 0000 123"])],
)  # fmt: skip
def test_a_text_may_have_to_look_like_an_address_or_a_telephone_number(
    looks: str, fine: list[str], wrong: list[str]
) -> None:
    for text in fine:
        assert load("text", [text], options={"looks": looks}) == text
    for text in wrong:
        assert "for example" in refusal("text", [text], options={"looks": looks})
    assert load("text", [""], options={"looks": looks}) is None


def test_a_partial_date_is_shown_as_far_as_it_is_known() -> None:
    assert show("partial_date", "2004") == "2004"
    assert show("partial_date", "2004-05") == "mayo de 2004"
    assert show("partial_date", "2004-05-24", "en") == "24 May 2004"


@pytest.mark.parametrize("kind", ["choice", "choices"])
def test_a_code_that_is_not_offered_is_refused(kind: str) -> None:
    assert refusal(kind, ["z"]) == "Choose one of the answers offered."
    assert refusal(kind, ["a" if kind == "choices" else "A", *(["A"] if kind == "choices" else [])])


def test_choices_keep_the_order_of_the_list_and_each_code_once() -> None:
    assert load("choices", ["c", "a", "c", ""]) == ["a", "c"]
    assert show("choices", ["a", "c"]) == "a (es); c (es)"


def test_a_code_that_left_its_list_still_shows() -> None:
    assert show("choice", "gone") == "gone"
    assert show("choices", ["a", "gone"], "en") == "a (en); gone"


def test_a_detail_needs_its_code() -> None:
    assert load("code_with_detail", ["a", " x "]) == {"code": "a", "detail": "x"}
    assert load("code_with_detail", ["a"]) == {"code": "a", "detail": None}
    assert "from the list" in refusal("code_with_detail", ["", "x"])
    assert show("code_with_detail", {"code": "a", "detail": "x"}) == "a (es): x"


def test_no_is_an_answer() -> None:
    assert load("yes_no", ["no"]) is False
    assert asked("yes_no").kind.is_answered(False)
    assert (show("yes_no", False), show("yes_no", True, "en")) == ("No", "Yes")
    assert refusal("yes_no", ["true"]) == "Choose yes or no."


def test_countries_are_those_of_iso_and_members_may_be_asked_for_alone() -> None:
    iso = {country.alpha_2 for country in pycountry.countries}
    assert set(country_names("es")) == set(country_names("en")) == iso
    assert load("countries", ["sv", "GT", "SV"]) == ["GT", "SV"]
    assert show("country", "DO") == "República Dominicana"
    assert (
        refusal("country", ["AR"], options={"of": "members"}) == "Choose a country from the list."
    )
    for code in MEMBERS:
        assert load("country", [code], options={"of": "members"}) == code
    assert refusal("country", ["EU"])


def test_a_duration_counts_hours_in_days_or_weeks() -> None:
    days = load("duration", ["4", "days", "6"])
    assert days == {"unit": "days", "count": 4, "hours": "6"}
    assert course_hours(days) == 24
    assert course_hours(load("duration", ["3", "weeks", "7,5"], "es_CR")) == Decimal("22.5")
    assert show("duration", days) == "4 días, 6 horas por día (24 horas en total)"
    one_week = {"unit": "weeks", "count": 1, "hours": "1"}
    assert show("duration", one_week, "en") == "1 week, 1 hour a week (1 hour in all)"


def test_a_duration_may_be_answered_part_by_part_but_is_then_not_complete() -> None:
    half = load("duration", ["4", "", ""])
    kind = KINDS["duration"]
    assert half == {"unit": None, "count": 4, "hours": None}
    assert kind.is_answered(half)
    assert not kind.is_complete(half)
    assert course_hours(half) is None
    assert kind.is_complete(load("duration", ["4", "days", "6"]))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (["0", "days", "6"], "from 1 to 366"),
        (["105", "weeks", "6"], "from 1 to 104"),
        (["1.5", "days", "6"], "from 1 to 366"),
        (["4", "months", "6"], "Choose days or weeks."),
        (["4", "days", "0"], "for example 6.5"),
        (["4", "days", "seis"], "for example 6.5"),
        (["4", "days", "24.5"], "A day has at most 24 hours"),
        (["4", "days"], "A duration has a number"),
    ],
)
def test_a_duration_that_cannot_be_is_refused(raw: list[str], said: str) -> None:
    assert said in refusal("duration", raw)


def test_references_and_files_have_a_form() -> None:
    assert load("files", ["f1", "f2", "f1"]) == ["f1", "f2"]
    assert show("files", ["f1"], "en") == "1 file"
    assert refusal("files", ["1", "2"], options={"max": 1}) == "Attach at most 1 files here."
    for bad in ("../etc", "a b", "<b>", "x" * 200):
        assert refusal("reference", [bad])
        assert refusal("files", [bad])


def test_a_table_is_summed_up_row_by_row_and_a_grid_by_its_lines() -> None:
    form = need()
    audience, costs = form.field("audience"), form.field("costs")
    rows = [{"id": "r1", "profile": "prosecutor", "women": 12, "men": 0}]
    assert (
        audience.kind.show(rows, audience, "es", "es_HN") == "Fiscalía · Mujeres: 12 · Hombres: 0"
    )
    lines = [{"id": "materials", "estimate": "18400.50", "currency": "USD"}, {"id": "other"}]
    said = costs.kind.show(lines, costs, "en", "es_HN")
    assert said == "Teaching materials · Estimate: 18,400.50 · US dollar (USD)"
    assert summary(rows, audience, audience.cells[:1], "en", "es_HN") == "Prosecutors"
    assert "row by row" in refusal("rows", ["x"])


def test_conditions_know_what_an_answer_holds() -> None:
    assert KINDS["yes_no"].holds(False) == {"no"}
    assert KINDS["choices"].holds(["a", "c"]) == {"a", "c"}
    assert KINDS["choice"].holds("a") == {"a"}
    assert KINDS["code_with_detail"].holds({"code": "a", "detail": None}) == {"a"}
    assert KINDS["countries"].holds(["HN"]) == KINDS["country"].holds("HN") == {"HN"}
    for kind in KINDS.values():
        assert kind.holds(None) == frozenset()


def test_every_example_in_a_refusal_would_itself_be_accepted() -> None:
    for locale in REGION:
        for kind in ("integer", "decimal", "money"):
            with pytest.raises(BadAnswer) as caught:
                load(kind, ["x"], locale)
            assert load(kind, [str(caught.value.params["example"])], locale) is not None
        with pytest.raises(BadAnswer) as caught:
            load("date", ["x"], locale)
        for example in caught.value.params.values():
            assert load("date", [str(example)], locale) == "2004-05-24"
        with pytest.raises(BadAnswer) as caught:
            load("partial_date", ["x"], locale)
        for example in caught.value.params.values():
            assert re.match("2004", str(load("partial_date", [str(example)], locale)))


def test_none_and_not_known_stand_alone() -> None:
    form = case()
    asked = form.field("crime_type")
    assert asked.kind.load(["MINOR_TRAVEL"], asked, "es") == ["MINOR_TRAVEL"]
    assert asked.kind.load(["TIP", "DOC_FRAUD"], asked, "es") == ["TIP", "DOC_FRAUD"]
    with pytest.raises(BadAnswer):
        asked.kind.load(["TIP", "MINOR_TRAVEL"], asked, "es")
    nationality = form.field("persons").cell("citizenship")
    assert nationality.kind.load(["XXA"], nationality, "es") == ["XXA"]
    for none in ("XXA", "XXX"):
        with pytest.raises(BadAnswer):
            nationality.kind.load(["HN", none], nationality, "es")


@pytest.mark.parametrize(
    ("key", "fits", "not_now"),
    [
        ("reply_by", ("2004-05-24", "2004-06-01"), ("2004-05-23", "2003-12-31")),
        ("retention_until", ("2004-05-24",), ("1880-01-01",)),
        (
            "detection_date",
            ("2004-05-24", "2004-05", "2003-12"),
            ("2004-05-25", "2004-06", "2999-01"),
        ),
    ],
)
def test_a_day_that_cannot_be_is_told_from_the_day_on_which_it_is_typed(
    key: str, fits: tuple[str, ...], not_now: tuple[str, ...]
) -> None:
    asked, today = case().field(key), date(2004, 5, 24)
    assert not [each for each in (*fits, None) if asked.kind.untimely(each, asked, today)]
    assert [each for each in not_now if asked.kind.untimely(each, asked, today)] == list(not_now)
