"""Is what cannot be true of persons refused, what is doubtful only said, and nothing sealed ever repeated?"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.answers import with_derived
from app.formats.completeness import Problem, problems, warnings
from app.formats.hidden import hidden
from app.formats.persons import asylum_bars, of_no_country, proposes_closing
from tests.formats.documents import case

FORM = case()
HIDDEN = hidden("1")
Cells = dict[str, Any]
UNKNOWN = {"code": "UNKNOWN", "detail": None}


def record(**answers: Any) -> Cells:
    base = {"report_kind": "FOLLOW_UP", "detection_date": "2004-05-24",
            "crime_type": ["TIP_SOM", "MINOR_TRAVEL"]}  # fmt: skip
    return with_derived(FORM, {**base, **answers})


def person(row: str = "r1", **cells: Any) -> Cells:
    return {"id": row, "asylum_flag": UNKNOWN, **cells}


def named(found: tuple[Problem, ...]) -> list[tuple[str, str | None, str | None]]:
    return [(each.field_key, each.row_id, each.cell) for each in found]


def wrong(**answers: Any) -> list[tuple[str, str | None, str | None]]:
    return named(problems(FORM, record(**answers)))


def doubtful(**answers: Any) -> list[tuple[str, str | None, str | None]]:
    return named(warnings(FORM, record(**answers)))


@pytest.mark.parametrize(
    ("cells", "blamed"),
    [
        ({"is_minor": True, "birth_date": "1980"}, {"is_minor"}),
        ({"is_minor": False, "birth_date": "1991-05-24"}, {"is_minor"}),
        ({"is_minor": True, "age_band": "18-20"}, {"is_minor"}),
        ({"is_minor": False, "age_band": "15-17"}, {"is_minor"}),
        ({"person_role": "MINOR", "birth_date": "1980-01-01"}, {"person_role"}),
        ({"age_band": "12-14", "birth_date": "1980"}, {"age_band"}),
        ({"birth_date": "2005"}, {"birth_date"}),
        ({"birth_date": "1900-01"}, set()),
        ({"is_minor": True, "birth_date": "1986"}, set()),
        ({"is_minor": False, "birth_date": "1986"}, set()),
        ({"age_band": "UNK", "birth_date": "1991"}, set()),
        ({"person_role": "MINOR", "age_band": "15-17"}, set()),
    ],
)
def test_a_person_is_one_age(cells: Cells, blamed: set[str]) -> None:
    found = problems(FORM, record(persons=[person(**cells)]))
    assert {
        each.cell for each in found if each.cell != "is_minor" or "is_minor" in blamed
    } >= blamed
    assert bool(found) == bool(blamed)
    assert all(each.is_contradiction for each in found)


def test_nobody_is_older_than_people_become() -> None:
    old = record(persons=[person(birth_date="1900")], detection_date="2022-01-01")
    assert ("persons", "r1", "birth_date") in named(problems(FORM, old))


def test_asylum_is_answered_before_anything_is_certified() -> None:
    (found,) = problems(FORM, record(persons=[{"id": "r1"}]))
    assert (found.cell, found.is_contradiction) == ("asylum_flag", False)
    unsigned = person(asylum_flag={"code": "NO_INDICATION", "detail": None})
    assert wrong(persons=[unsigned]) == [("persons", "r1", "asylum_flag")]
    signed = person(
        asylum_flag={"code": "NO_INDICATION", "detail": "Unidad de refugio, 2004-05-24"}
    )
    assert wrong(persons=[signed]) == []
    assert wrong(persons=[person(asylum_flag=HIDDEN)]) == []


def test_the_state_of_origin_is_not_contacted_while_anybody_may_seek_asylum() -> None:
    assert wrong(persons=[person()], origin_state_contacted="YES") == [
        ("origin_state_contacted", None, None)
    ]
    assert wrong(persons=[person()], origin_state_contacted="NO") == []
    assert wrong(persons=[person(asylum_flag=HIDDEN)], origin_state_contacted="YES") == []
    assert wrong(persons=[person()], origin_state_contacted=HIDDEN) == []


def test_a_minor_is_a_minor_and_somebody_else_is_with_them() -> None:
    child, adult = person("r1", age_band="6-11"), person("r2", age_band="25-34")
    pair = {"id": "m1", "minor_local_id": "r1", "accompanying_local_id": "r2"}
    assert wrong(persons=[child, adult], minors=[pair]) == []
    turned = {**pair, "minor_local_id": "r2", "accompanying_local_id": "r1"}
    assert wrong(persons=[child, adult], minors=[turned]) == [("minors", "m1", "minor_local_id")]
    alone = {**pair, "accompanying_local_id": "r1"}
    assert ("minors", "m1", "accompanying_local_id") in wrong(persons=[child], minors=[alone])


def test_an_adolescent_companion_is_only_asked_about() -> None:
    persons = [person("r1", age_band="6-11"), person("r2", age_band="15-17")]
    pair = {"id": "m1", "minor_local_id": "r1", "accompanying_local_id": "r2"}
    assert wrong(persons=persons, minors=[pair]) == []
    assert doubtful(persons=persons, minors=[pair]) == [("minors", "m1", "accompanying_local_id")]


def test_of_a_minor_the_age_is_said_or_presumed() -> None:
    pair = {"id": "m1", "minor_local_id": "r1"}
    assert wrong(persons=[person()], minors=[pair]) == [("minors", "m1", "minor_local_id")]
    assert wrong(persons=[person()], minors=[{**pair, "presumed_minor": "YES"}]) == []
    assert wrong(persons=[person(birth_date=HIDDEN)], minors=[pair]) == []


def test_a_pointer_to_a_row_that_is_gone_is_found() -> None:
    pair = {"id": "m1", "minor_local_id": "r9", "siblings": ["r1", "r8"]}
    child = person("r1", age_band="6-11")
    assert set(wrong(persons=[child], minors=[pair])) == {
        ("minors", "m1", "minor_local_id"), ("minors", "m1", "siblings"),
    }  # fmt: skip


def test_legs_that_do_not_join_cannot_stand_and_their_order_is_only_asked_about() -> None:
    legs = [
        {"id": "a", "to_country": "GT", "leg_date": "2004-05-24"},
        {"id": "b", "from_country": "MX", "leg_date": "2004-05"},
        {"id": "c", "leg_date": "2004-04"},
    ]
    assert wrong(legs=legs) == [("legs", "b", "from_country")]
    assert doubtful(legs=legs) == [("legs", "c", "leg_date")]


def test_minors_are_not_more_than_everybody() -> None:
    assert wrong(victims_total=1, victims_minors=2) == [("victims_total", None, None)]
    assert wrong(victims_total=2, victims_minors=2) == []


def test_nobody_was_trafficked_at_an_age_not_reached_yet() -> None:
    rows = [{"id": "t1", "victim_local_id": "r1", "age_when_trafficked": 16,
             "exploitation_type": ["UNKNOWN"]}]  # fmt: skip
    assert wrong(persons=[person(birth_date="1991")], trafficking=rows) == [
        ("trafficking", "t1", "age_when_trafficked")
    ]
    assert wrong(persons=[person(birth_date="1980")], trafficking=rows) == []
    assert wrong(persons=[person(birth_date=HIDDEN)], trafficking=rows) == []


def test_a_verified_family_proposes_closing_only_without_warning_indicators() -> None:
    family = {"id": "m1", "minor_local_id": "r1", "verified_relation": "VERIFIED_FAMILY"}
    warned = {**family, "indicators": ["INJURY"]}
    assert proposes_closing(family)
    assert not proposes_closing(warned)
    assert not proposes_closing({**family, "verified_relation": "PENDING"})
    child = person("r1", age_band="6-11")
    assert doubtful(persons=[child], minors=[family]) == []
    assert doubtful(persons=[child], minors=[warned]) == [("minors", "m1", "verified_relation")]
    assert wrong(persons=[child], minors=[warned]) == []


def test_who_may_seek_asylum_is_kept_from_the_country_of_citizenship() -> None:
    def bars(**cells: Any) -> frozenset[str]:
        return asylum_bars({"persons": [{"id": "r1", **cells}]}, is_assessed=True)

    told = {"code": "NO_INDICATION", "detail": "Unidad, 2004-05-24"}
    assert bars(asylum_flag=UNKNOWN, citizenship=["HN", "SV"]) == {"HN", "SV"}
    assert bars(asylum_flag={"code": "YES", "detail": None}, citizenship=["NI"]) == {"NI"}
    assert bars(asylum_flag=told, citizenship=["NI"]) == frozenset()
    assert bars(citizenship=["NI"]) == {"NI"}
    assert bars(asylum_flag=HIDDEN, citizenship=["NI"]) == {"NI"}
    assert bars(asylum_flag=UNKNOWN, citizenship=["XXA"], birth_country="CU") == {"CU"}
    assert bars(asylum_flag=UNKNOWN, citizenship=HIDDEN) == frozenset()
    assert bars(asylum_flag=told, citizenship=["NI"], protection_need=["ASYLUM"]) == {"NI"}
    assert asylum_bars({}, is_assessed=True) == frozenset()


def test_no_indication_counts_from_whoever_may_establish_it() -> None:
    told = {"code": "NO_INDICATION", "detail": "Unidad, 2004-05-24"}
    case = {"persons": [{"id": "r1", "asylum_flag": told, "citizenship": ["NI"]}]}
    assert asylum_bars(case, is_assessed=False) == {"NI"}
    assert asylum_bars(case, is_assessed=True) == frozenset()
    assert not of_no_country(case, is_assessed=False)
    nobody_asked = {"persons": [{"id": "r1", "asylum_flag": told}]}
    assert of_no_country(nobody_asked, is_assessed=False)
    assert not of_no_country(nobody_asked, is_assessed=True)
    unknown = {"persons": [{"id": "r1", "asylum_flag": UNKNOWN, "citizenship": ["XXX"]}]}
    assert not of_no_country(unknown, is_assessed=True)


VALUES = st.none() | st.just(HIDDEN)


@given(
    birth=VALUES | st.sampled_from(["1900", "1980", "1986-05", "2004-05-24"]),
    band=VALUES | st.sampled_from(["0-5", "15-17", "18-20", "50+", "UNK"]),
    minor=VALUES | st.booleans(), on=st.none() | st.sampled_from(["2004", "2004-05-24"]),
    asylum=VALUES | st.just(UNKNOWN), pointer=VALUES | st.sampled_from(["r1", "r9"]),
)  # fmt: skip
def test_hiding_answers_never_makes_a_problem(
    birth: Any, band: Any, minor: Any, on: str | None, asylum: Any, pointer: Any
) -> None:
    row = {
        "id": "r1",
        "birth_date": birth,
        "age_band": band,
        "is_minor": minor,
        "asylum_flag": asylum,
    }
    answers = record(
        persons=[{key: value for key, value in row.items() if value is not None}],
        minors=[{"id": "m1", "minor_local_id": pointer}] if pointer is not None else [],
        detection_date=on,
    )
    seen = {(each.field_key, each.row_id, each.cell) for each in problems(FORM, answers)}
    for key in ("birth_date", "age_band", "asylum_flag"):
        if row[key] is not None:
            hidden = record(
                persons=[{**answers["persons"][0], key: HIDDEN}], minors=answers.get("minors"),
                detection_date=on,
            )  # fmt: skip
            assert {
                (each.field_key, each.row_id, each.cell) for each in problems(FORM, hidden)
            } <= seen
