"""Somebody changes a proposed course: do payments follow, and is every broken condition told in words?"""

from __future__ import annotations

from string import Formatter

import pytest

from app.bundling.checking import check
from app.bundling.faults import KINDS, SAID, Fault, in_words
from app.bundling.plan import Plan
from app.bundling.revising import revised
from app.bundling.words import Called
from app.formats.spec import Text
from tests.bundling.test_checking import PLAN, WORLD

CALLED = Called(
    {}, {"materials": Text("Materiales", "Materials")}, {}, {"hn": Text("Honduras", "Honduras")}
)


def kinds(plan: Plan) -> set[str]:
    return {fault.kind for fault in check(WORLD, plan)}


def test_a_plan_that_nobody_changed_stays_as_it_is() -> None:
    assert revised(WORLD, PLAN, {}) == PLAN


def test_fewer_places_cost_less_and_those_left_out_are_named() -> None:
    plan = revised(WORLD, PLAN, {"g": {"hn": 6, "mx": 0}})
    assert not kinds(plan)
    [course] = plan.courses
    assert course.seats == (("hn", 6),)
    assert dict(course.costs) == {"materials": 1_060, "participants_food": 600}
    assert (plan.gap, plan.money) == (0, 600)
    assert {each.need: each.seats for each in plan.unserved} == {"hn": 2, "mx": 4}
    assert {each.reason.kind for each in plan.unserved} == {"by_hand"}


@pytest.mark.parametrize(("seats", "kind"), [
    ({"hn": 5}, "too_few"),
    ({"hn": 8, "mx": 9}, "too_many"),
    ({"hn": 9}, "asked"),
    ({"hn": 6, "cr": 1}, "other_group"),
])  # fmt: skip
def test_places_beyond_a_condition_are_found(seats: dict[str, int], kind: str) -> None:
    assert kind in kinds(revised(WORLD, PLAN, {"g": seats}))


def test_every_fault_has_words_in_both_languages_with_all_its_facts() -> None:
    assert set(SAID) == set(KINDS)
    for kind, said in SAID.items():
        facts = {name for _, name, _, _ in Formatter().parse(KINDS[kind]) if name}
        for words in (said.es, said.en):
            named = {name for _, name, _, _ in Formatter().parse(words) if name}
            assert facts - {"times"} <= named <= facts | {"seats"}, (kind, words)
            assert words.endswith(".")


def test_a_fault_names_needs_and_lines_as_people_do() -> None:
    assert in_words(Fault.of("asked", need="hn", seats=8), CALLED) == Text(
        "Honduras tendría más de lo que pide: 8 cupos.",
        "Honduras would have more than it asks for: 8 places.",
    )
    assert in_words(Fault.of("uncovered", group="g", line="materials"), CALLED).es == (
        "Debe estar cubierto por completo y no alcanza: materiales."
    )
