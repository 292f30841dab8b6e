"""Does each viewer see what is theirs and no sign of the rest?"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.projection import Viewer, project, releasable, withholdable
from app.formats.shown import Shown
from tests.formats.documents import need

FORM = need()
SPONSOR = Viewer("sponsors")
ANSWERS: dict[str, Any] = {
    "title": "Entrevista",
    "gap": "Nadie sabe",
    "themes": ["T3"],
    "audience": [{"id": "r1", "profile": "prosecutor", "women": 12, "men": 8, "region": "norte"}],
    "duration": {"unit": "days", "count": 4, "hours": "6"},
    "can_host": True,
    "host_offer": "un aula",
    "costs": [{"id": "materials", "estimate": "500.00", "currency": "HNL", "payer": "sponsor"}],
    "contact_email": "unidad@ejemplo.org",
    "joint_course": True,
    "joint_countries": ["GT"],
}


def seen(viewer: Viewer, answers: dict[str, Any] | None = None) -> dict[str, Shown]:
    projected = project(FORM, ANSWERS if answers is None else answers, viewer)
    return {shown.field.key: shown for section in projected for shown in section.fields}


def states(viewer: Viewer) -> dict[str, str]:
    return {key: shown.state for key, shown in seen(viewer).items()}


@pytest.mark.parametrize("audience", ["own", "secretariat"])
def test_the_owner_and_the_secretariat_see_all(audience: str) -> None:
    shown = seen(Viewer(audience, withheld=frozenset(["title", "themes"])))
    for key, value in ANSWERS.items():
        assert shown[key].state == "value"
        if not shown[key].field.is_rows:
            assert shown[key].value == value
    assert shown["audience"].value[0]["region"] == "norte"
    assert shown["subtheme"].state == "not_provided"


def test_members_see_most_and_no_contact() -> None:
    shown = states(Viewer("members"))
    assert shown["title"] == shown["costs"] == shown["host_offer"] == "value"
    assert not {"contact_post", "contact_phone", "contact_email"} & shown.keys()


def test_members_do_not_see_what_the_country_withholds_from_them() -> None:
    shown = seen(Viewer("members", withheld=frozenset(["costs", "gap"])))
    assert (shown["costs"].state, shown["costs"].value) == ("withheld", None)
    assert shown["gap"].state == "withheld"


def test_a_sponsor_sees_no_free_text_and_no_contact_unless_released() -> None:
    shown = states(SPONSOR)
    for key in ("title", "gap", "contact_email", "joint_countries"):
        assert shown[key] == "withheld"
    for key in ("themes", "audience", "participants", "duration", "course_hours", "can_host"):
        assert shown[key] == "value"
    released = Viewer("sponsors", released=frozenset(["title", "contact_email"]))
    assert (states(released)["title"], states(released)["gap"]) == ("value", "withheld")
    assert seen(released)["contact_email"].value == "unidad@ejemplo.org"


def test_a_release_does_not_undo_what_is_withheld() -> None:
    both = Viewer("sponsors", withheld=frozenset(["title"]), released=frozenset(["title"]))
    assert states(both)["title"] == "withheld"


def test_no_words_that_were_not_released_reach_a_sponsor() -> None:
    words = str([shown.value for shown in seen(SPONSOR).values()])
    words += "".join(shown.text("es", "es_HN") for shown in seen(SPONSOR).values())
    for secret in ("Entrevista", "Nadie", "norte", "un aula", "HNL", "500", "ejemplo", "GT"):
        assert secret not in words


def test_cells_are_kept_and_released_one_by_one() -> None:
    shown = seen(SPONSOR)["audience"]
    assert "region" not in shown.value[0]
    assert "region" not in [cell.key for cell in shown.cells]
    assert shown.text("es", "es_HN") == "Fiscalía · Mujeres: 12 · Hombres: 8"
    released = seen(Viewer("sponsors", released=frozenset(["audience.region"])))["audience"]
    assert released.value[0]["region"] == "norte"
    withheld = seen(Viewer("members", withheld=frozenset(["audience.women"])))["audience"]
    assert "women" not in withheld.value[0]
    assert seen(SPONSOR)["costs"].text("en", "es_HN") == "Teaching materials · Sponsor"


def test_a_row_of_which_nothing_may_be_seen_leaves_no_trace_of_its_line() -> None:
    only_amounts = {"costs": [{"id": "materials", "estimate": "500.00", "currency": "HNL"}]}
    shown = seen(SPONSOR, only_amounts)["costs"]
    assert (shown.state, shown.value) == ("withheld", None)
    assert seen(SPONSOR, {})["costs"].state == "not_provided"


def test_withheld_looks_alike_with_and_without_an_answer() -> None:
    keeping = Viewer("members", withheld=frozenset(["themes", "audience"]))
    assert [
        (shown.field.key, shown.state, shown.value, shown.text("es", "es_HN"))
        for shown in seen(keeping).values()
        if shown.state == "withheld"
    ] == [
        (shown.field.key, shown.state, shown.value, shown.text("es", "es_HN"))
        for shown in seen(keeping, {}).values()
        if shown.state == "withheld"
    ]


def test_what_is_computed_is_kept_with_what_it_is_computed_from() -> None:
    shown = states(Viewer("sponsors", withheld=frozenset(["audience", "duration"])))
    assert shown["participants"] == shown["course_hours"] == "withheld"


def test_a_question_whose_presence_would_tell_another_answer_is_not_there() -> None:
    assert "host_offer" in states(SPONSOR)
    keeping = Viewer("sponsors", withheld=frozenset(["can_host"]))
    assert "host_offer" not in states(keeping)
    assert "host_offer" not in seen(SPONSOR, {**ANSWERS, "can_host": False})


def test_sections_without_anything_for_the_viewer_are_not_there() -> None:
    sections = [each.section.key for each in project(FORM, ANSWERS, Viewer("members"))]
    assert "contact" not in sections
    assert "contact" in [each.section.key for each in project(FORM, ANSWERS, SPONSOR)]


def test_there_is_no_viewer_of_another_name() -> None:
    with pytest.raises(ValueError, match="viewer"):
        Viewer("sponsor")


def test_what_can_be_released_and_withheld_is_told() -> None:
    assert {"title", "gap", "audience.region", "costs.currency", "contact_email"} <= set(
        releasable(FORM)
    )
    assert "themes" not in releasable(FORM)
    assert {"themes", "audience", "duration", "modality"} <= set(withholdable(FORM, "sponsors"))
    assert not set(withholdable(FORM, "sponsors")) & set(releasable(FORM))
    assert "title" in withholdable(FORM, "members")
    assert "contact_email" not in withholdable(FORM, "members")


KEYS = st.frozensets(st.sampled_from([*(f.key for f in FORM.fields), *releasable(FORM)]))


@given(withheld=KEYS, released=KEYS)
def test_whatever_is_withheld_or_released_only_what_is_allowed_is_shown(
    withheld: frozenset[str], released: frozenset[str]
) -> None:
    for shown in seen(Viewer("sponsors", withheld, released)).values():
        field = shown.field
        assert "sponsors" in field.audience
        if shown.state != "value":
            assert shown.value is None
            continue
        assert field.key not in withheld
        assert not field.release or field.key in released
        for cell in shown.cells:
            assert not cell.release or f"{field.key}.{cell.key}" in released
        if field.is_rows:
            allowed = {"id", *(cell.key for cell in shown.cells)}
            assert all(set(row) <= allowed for row in shown.value)
