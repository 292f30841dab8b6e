"""Does what follows from answers fill gaps only, say nothing uncertain, and hide what comes from what is hidden?"""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.formats.answers import only_given, with_derived
from app.formats.hidden import hidden, is_hidden
from tests.formats.documents import case

FORM = case()
HIDDEN = hidden("1")
ON = "2004-05-24"


def person(**cells: Any) -> dict[str, Any]:
    """The first person as it is seen once everything is worked out."""
    minors = cells.pop("minors", [])
    on = cells.pop("on", ON)
    answers = {"detection_date": on, "persons": [{"id": "r1", **cells}], "minors": minors}
    found: dict[str, Any] = with_derived(FORM, answers)["persons"][0]
    return found


def test_the_age_group_follows_from_the_date_of_birth() -> None:
    found = person(birth_date="1991-05")
    assert (found.get("age_band"), found["is_minor"]) == ("12-14", True)
    assert person(birth_date="1986").get("age_band") is None
    assert "is_minor" not in person(birth_date="1986")
    assert "age_band" not in person(birth_date="1991", on=None)


def test_an_age_group_that_was_stated_says_who_is_a_minor() -> None:
    assert person(age_band="15-17")["is_minor"] is True
    assert person(age_band="18-20")["is_minor"] is False
    assert "is_minor" not in person(age_band="UNK")


def test_what_was_stated_stays() -> None:
    assert person(age_band="18-20", birth_date="1991")["age_band"] == "18-20"
    assert person(is_minor=True, birth_date="1986")["is_minor"] is True


def test_a_minor_is_presumed_only_while_nothing_says_otherwise() -> None:
    presumed = [{"id": "m1", "minor_local_id": "r1", "presumed_minor": "YES"}]
    assert person(minors=presumed)["is_minor"] is True
    assert person(minors=presumed, birth_date="1986")["is_minor"] is True
    assert person(minors=presumed, birth_date="1980")["is_minor"] is False
    assert "is_minor" not in person(minors=[{**presumed[0], "minor_local_id": "r2"}])
    assert person(person_role="MINOR")["is_minor"] is True


def test_what_comes_from_a_hidden_answer_is_hidden_unless_another_says_it() -> None:
    found = person(birth_date=HIDDEN)
    assert is_hidden(found["age_band"])
    assert is_hidden(found["is_minor"])
    assert person(birth_date=HIDDEN, age_band="6-11")["is_minor"] is True


def flow(*citizenships: list[str] | None) -> tuple[Any, Any]:
    rows = [{"id": f"r{n}", "citizenship": each} for n, each in enumerate(citizenships)]
    found = with_derived(FORM, {"persons": rows})
    return found["region_of_origin"], found["extracontinental"]


def test_where_a_flow_comes_from_follows_from_citizenship() -> None:
    assert flow(["HN"], ["SV", "GT"]) == ("013", False)
    assert flow(["NP"]) == ("034", True)
    assert flow(["HN"], ["NP"]) == ("MIXED", True)
    assert flow(["XXA"], None) == (None, None)
    assert flow() == (None, None)


def test_legs_are_numbered_in_their_order() -> None:
    found = with_derived(FORM, {"legs": [{"id": "b"}, {"id": "a"}]})
    assert [row["leg_no"] for row in found["legs"]] == [1, 2]


CELLS = st.fixed_dictionaries({"id": st.just("r1")}, optional={
    "birth_date": st.sampled_from(["1980", "1986-05", "1991-05-24"]),
    "age_band": st.sampled_from(["12-14", "18-20", "UNK"]),
    "is_minor": st.booleans(),
    "person_role": st.sampled_from(["MINOR", "VICTIM"]),
})  # fmt: skip


@given(row=CELLS, on=st.none() | st.sampled_from(["2004", "2004-05-24"]))
def test_what_was_given_gives_the_same_again(row: dict[str, Any], on: str | None) -> None:
    whole = with_derived(FORM, {"detection_date": on, "persons": [row]})
    given_only = only_given(FORM, whole)
    assert given_only["persons"][0].items() <= row.items()
    assert with_derived(FORM, given_only) == whole
