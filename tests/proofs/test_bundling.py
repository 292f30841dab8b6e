"""Is what is proposed the best there is, in world after world, and are the reasons true?"""

from __future__ import annotations

from collections.abc import Callable

from app.bundling.checking import check
from app.bundling.completing import complete
from app.bundling.solving import propose
from tests.bundling import oracle
from tests.bundling.keeping import broken
from tests.bundling.test_completing import best, chance_course, chance_sum
from tests.bundling.test_reasons import Case
from tests.bundling.worlds import large, small
from tests.support.proof import Run, is_proving

Proof = Callable[..., Run]


def test_small_worlds_are_solved_as_trying_everything_does(proof: Proof) -> None:
    run = proof(
        "bundling",
        what="Small worlds of chance (groups, hosts, sponsors with their conditions): need covered, gap and "
        "money of what is proposed are those of trying everything, and every reason for a place without a "
        "course is held against trying everything",
        full=500, sample=25,
    )  # fmt: skip
    for chance in run.cases():
        world = small(chance)
        plan = propose(world)
        assert plan.is_proven
        assert (plan.covered, -plan.gap, -plan.money) == oracle.best(world)
        for each in plan.unserved:
            assert getattr(Case(each, plan, world), each.reason.kind)(), each
        run.count("courses", len(plan.courses))
        run.count("reasons", len(plan.unserved))


def test_a_sum_completes_what_trying_everything_does(proof: Proof) -> None:
    run = proof(
        "bundling-sums",
        what="Open courses of chance and a sum with conditions: whole courses, places and lines completed, "
        "and money spent, are those of trying everything",
        full=500, sample=25,
    )  # fmt: skip
    for chance in run.cases():
        courses = tuple(chance_course(chance, key) for key in "abc"[: chance.randint(1, 3)])
        offered = chance_sum(chance)
        done = complete(courses, offered)
        assert done.is_proven
        assert done.score == best(courses, offered)
        run.count("whole_courses", sum(each.is_whole for each in done.courses))


def test_worlds_as_a_secretariat_has_them_keep_every_condition(proof: Proof) -> None:
    run = proof(
        "bundling-large",
        what="Worlds of 60 needs and 16 offers: no condition is broken, whatever was proven",
        full=100, sample=3,
    )  # fmt: skip
    for chance in run.cases():
        world = large(chance, 60, 16, seconds=20)
        plan = propose(world)
        assert check(world, plan) == []
        assert broken(world, plan) == []
        run.count("courses", len(plan.courses))
        run.count("proven", plan.is_proven)


def test_worlds_of_the_size_that_was_asked_for_keep_every_condition(proof: Proof) -> None:
    run = proof(
        "bundling-300",
        what="Worlds of 300 needs and 40 offers, each given a minute: no condition is broken, counted by one "
        "who knows neither solver nor checker; how many are proven to be the best depends on the machine",
        full=50, sample=1,
    )  # fmt: skip
    for chance in run.cases():
        world = large(chance, 300, 40, seconds=60 if is_proving() else 5)
        plan = propose(world)
        assert broken(world, plan) == []
        run.count("courses", len(plan.courses))
        run.count("covered_is_proven", plan.covered == plan.proof.covered_at_most)
        run.count("all_is_proven", plan.is_proven)
        run.count("percent_below_the_bound", plan.better_at_most)
