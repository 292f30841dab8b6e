"""Is every broken condition found, one by one?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.bundling.checking import check
from app.bundling.plan import Course, Plan
from app.bundling.solving import propose
from app.bundling.world import Cost, Group, Host, Need, Settings, Share, Span, Sponsor, World

JUNE = Span(date(2004, 6, 1), date(2004, 6, 30))
WORLD = World(
    (Group("g", (Need("hn", "HN", 8, 1, frozenset({"es"}), JUNE), Need("mx", "MX", 4)), 5,
           (Cost("materials", 1_000, 10), Cost("participants_food", 0, 100)), frozenset({"T1"}), 6, 12),),
    (Host("sv", "SV", 12, (JUNE,), frozenset({"es", "en"}), frozenset({"T1"}), ("materials",)),),
    (Sponsor("ca", (Share("participants_food", amount=900),), 900, frozenset({"HN"}), window=JUNE),),
    Settings(horizon=Span(date(2004, 5, 1), date(2005, 5, 1))),
)  # fmt: skip
PLAN = propose(WORLD)
[COURSE] = PLAN.courses
FOOD = next(each for each in COURSE.payments if each.line == "participants_food")
OTHERS = tuple(each for each in COURSE.payments if each is not FOOD)


def with_course(**changes: object) -> Plan:
    return replace(PLAN, courses=(replace(COURSE, **changes),))  # type: ignore[arg-type]


def paid(**changes: object) -> Plan:
    return with_course(payments=(*OTHERS, replace(FOOD, **changes)))  # type: ignore[arg-type]


def test_what_was_proposed_is_in_order() -> None:
    assert check(WORLD, PLAN) == []
    assert (FOOD.payer, FOOD.amount, FOOD.part) == ("ca", 800, ("hn",))


@pytest.mark.parametrize(("broken", "fault"), [
    (replace(PLAN, courses=(COURSE, COURSE)), "g has 2 courses"),
    (replace(PLAN, courses=(COURSE, COURSE)), "sv holds 2 courses"),
    (with_course(last=COURSE.last + timedelta(1)), "does not last as long as planned"),
    (with_course(first=date(2004, 7, 5), last=date(2004, 7, 9)), "lies in no window of the host"),
    (with_course(first=date(2004, 7, 5), last=date(2004, 7, 9)), "hn cannot take part on these days"),
    (with_course(first=date(2004, 7, 5), last=date(2004, 7, 9)), "ca cannot spend on these days"),
    (with_course(first=date(2006, 7, 5), last=date(2006, 7, 9)), "lies outside the time looked at"),
    (with_course(language="fr"), "sv did not offer this language"),
    (with_course(language="en"), "hn does not know the language"),
    (with_course(seats=(("hn", 5),)), "has too few places"),
    (with_course(seats=(("hn", 9), ("mx", 4))), "has too many places"),
    (with_course(seats=(("hn", 9), ("mx", 1))), "hn has more places than it asked for"),
    (with_course(seats=(*COURSE.seats, ("cr", 1))), "has places for a need of another group"),
    (with_course(costs=(("materials", 1_121), *COURSE.costs[1:])), "materials costs something else"),
    (with_course(gaps=()), "participants_food does not add up"),
    (with_course(payments=(FOOD,), gaps=(*COURSE.gaps, ("materials", 1_120))),
     "materials must be covered and is not"),
    (paid(amount=0), "ca pays nothing or less"),
    (paid(payer="sv"), "the host does not cover participants_food"),
    (paid(in_kind=True), "ca did not offer participants_food"),
    (paid(line="materials"), "ca did not offer materials"),
    (paid(part=None), "ca pays for a country that it left out"),
    (paid(part=("hn", "mx")), "ca pays for a country that it left out"),
    (paid(amount=801), "more is paid for a part of participants_food than it costs"),
    (paid(amount=901), "ca pays more of participants_food than it offered"),
    (paid(amount=901), "ca pays more than it offered"),
    (with_course(payments=(*COURSE.payments, FOOD)), "participants_food does not add up"),
    (replace(PLAN, covered=PLAN.covered + 1), "the need covered is another"),
    (replace(PLAN, gap=PLAN.gap + 1), "the gap is another"),
    (replace(PLAN, money=PLAN.money + 1), "the money is another"),
    (replace(PLAN, unserved=PLAN.unserved[1:], courses=(replace(COURSE, seats=(("hn", 8),)),)),
     "mx: places served and unserved are not those asked for"),
])  # fmt: skip
def test_each_broken_condition_is_named(broken: Plan, fault: str) -> None:
    assert any(fault in str(each) for each in check(WORLD, broken)), check(WORLD, broken)


@pytest.mark.parametrize(("sponsor", "fault"), [
    (replace(WORLD.sponsors[0], languages=frozenset({"en"})), "ca did not offer this language"),
    (replace(WORLD.sponsors[0], themes=frozenset({"T9"})), "ca did not offer this theme"),
    (replace(WORLD.sponsors[0], courses=0), "serves too many courses"),
])  # fmt: skip
def test_each_condition_of_a_sponsor_is_asked(sponsor: Sponsor, fault: str) -> None:
    changed = replace(WORLD, sponsors=(sponsor,))
    assert any(fault in str(each) for each in check(changed, PLAN))


def test_a_host_for_another_theme_is_found() -> None:
    changed = replace(WORLD, hosts=(replace(WORLD.hosts[0], themes=frozenset({"T9"})),))
    assert any("sv did not offer this theme" in str(each) for each in check(changed, PLAN))


def test_parts_that_overlap_are_found() -> None:
    course: Course = replace(
        COURSE, payments=(*COURSE.payments, replace(FOOD, part=None, amount=1))
    )
    assert any("overlap" in str(each) for each in check(WORLD, replace(PLAN, courses=(course,))))
