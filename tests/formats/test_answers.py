"""Does a comparison of answers name every change, and nothing else?"""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.formats.answers import Change, diff, value_of, with_derived
from tests.formats.documents import need

FORM = need()


def row(row_id: str, **cells: Any) -> dict[str, Any]:
    return {"id": row_id, **cells}


def test_a_changed_field_is_one_change() -> None:
    assert diff(FORM, {"title": "a"}, {"title": "b", "gap": "c"}) == (
        Change("title", None, None, "a", "b"),
        Change("gap", None, None, None, "c"),
    )
    assert diff(FORM, {"title": "a"}, {"title": "a"}) == ()


def test_rows_change_cell_by_cell() -> None:
    before = {"audience": [row("r1", profile="judge", women=1), row("r2", total=5)]}
    after = {"audience": [row("r1", profile="judge", women=2), row("r3", total=6)]}
    assert diff(FORM, before, after) == (
        Change("audience", "r2", None, row("r2", total=5), None),
        Change("audience", "r1", "women", 1, 2),
        Change("audience", "r3", None, None, row("r3", total=6)),
    )


def test_moved_rows_are_a_change_of_order() -> None:
    before = {"audience": [row("r1"), row("r2"), row("r3")]}
    after = {"audience": [row("r3"), row("r1")]}
    moved = Change("audience", None, None, ["r1", "r3"], ["r3", "r1"])
    assert moved in diff(FORM, before, after)


def test_what_is_computed_is_no_change_of_its_own() -> None:
    before: dict[str, Any] = {"duration": {"unit": "days", "count": 4, "hours": "6"}}
    after = {"duration": {"unit": "days", "count": 5, "hours": "6"}}
    assert [change.field for change in diff(FORM, before, after)] == ["duration"]


def test_participants_and_hours_are_computed_from_what_was_said() -> None:
    answers = {
        "audience": [row("r1", women=12, men=0, not_stated=3), row("r2", total=5), row("r3")],
        "duration": {"unit": "weeks", "count": 2, "hours": "7.5"},
    }
    assert value_of(FORM, FORM.field("participants"), answers) == 20
    assert value_of(FORM, FORM.field("course_hours"), answers) == "15"
    assert with_derived(FORM, {})["participants"] is None
    assert with_derived(FORM, {"audience": [row("r1")]})["participants"] is None
    assert with_derived(FORM, answers)["course_hours"] == "15"


ROWS = st.lists(
    st.fixed_dictionaries({"id": st.sampled_from(["r1", "r2", "r3"]), "women": st.integers(0, 2)}),
    unique_by=lambda each: each["id"],
    max_size=3,
)
ANSWERS = st.fixed_dictionaries({}, optional={"title": st.sampled_from("ab"), "audience": ROWS})


@given(ANSWERS, ANSWERS)
def test_applying_the_changes_to_the_old_answers_gives_the_new(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    title, rows = old.get("title"), {each["id"]: dict(each) for each in old.get("audience", [])}
    order = list(rows)
    for change in diff(FORM, old, new):
        if change.field == "title":
            title = change.new
        elif change.cell is not None:
            rows[str(change.row_id)][change.cell] = change.new
        elif change.row_id is not None and change.new is None:
            del rows[change.row_id]
        elif change.row_id is not None:
            rows[change.row_id] = change.new
        else:
            order = change.new
    assert title == new.get("title")
    expected = {each["id"]: each for each in new.get("audience", [])}
    assert rows == expected
    stayed = [
        row_id for row_id in expected if row_id in {each["id"] for each in old.get("audience", [])}
    ]
    assert [row_id for row_id in order if row_id in expected] == stayed
