"""Is what is proposed the best there is, and does it keep every condition?"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bundling import solving
from app.bundling.checking import check
from app.bundling.plan import Plan
from app.bundling.solving import NotVerified, propose
from app.bundling.world import (
    BadWorld,
    Cost,
    Group,
    Host,
    Need,
    Settings,
    Share,
    Span,
    Sponsor,
    World,
)
from tests.bundling.keeping import broken
from tests.bundling.oracle import best
from tests.bundling.worlds import large, small

FIRST = date(2004, 8, 2)
ALL_YEAR = Span(date(2004, 6, 1), date(2004, 12, 31))


def world(*, needs: tuple[Need, ...] = (Need("hn", "HN", 10, 1),), host: Host | None = None,
          sponsors: tuple[Sponsor, ...] = (), costs: tuple[Cost, ...] = (),
          most: int | None = None, **settings: object) -> World:  # fmt: skip
    """One group and one host."""
    group = Group("g", needs, 5, costs, seats_max=most)
    return World((group,), (host or Host("sv", "SV"),), sponsors,
                 replace(Settings(horizon=ALL_YEAR), **settings))  # type: ignore[arg-type]  # fmt: skip


def test_days_of_a_course_are_working_days_of_its_host() -> None:
    friday = date(2004, 8, 6)
    host = Host("sv", "SV", windows=(Span(friday, date(2004, 8, 31)),), off=(date(2004, 8, 10),))
    [course] = propose(world(host=host)).courses
    assert (course.first, course.last) == (friday, date(2004, 8, 13))
    short = replace(host, windows=(Span(friday, date(2004, 8, 12)),))
    assert propose(world(host=short)).courses == ()
    closed = replace(host, off=(friday,))
    [course] = propose(world(host=closed)).courses
    assert (course.first, course.last) == (date(2004, 8, 9), date(2004, 8, 13))


def test_a_course_joins_as_many_countries_as_were_asked_for_at_least() -> None:
    needs = (Need("hn", "HN", 10, 1), Need("hn2", "HN", 10, 1), Need("sv", "SV", 10, 5))
    host = Host("gt", "GT", seats_max=20)
    [free] = propose(world(needs=needs, host=host)).courses
    assert {need for need, _ in free.seats} == {"hn", "hn2"}
    plan = propose(world(needs=needs, host=host, countries=2))
    [course] = plan.courses
    assert dict(course.seats)["sv"] == 1
    assert course.places == 20
    assert plan.is_proven
    lone = propose(world(needs=needs[:2], host=host, countries=2))
    assert lone.courses == ()
    [reason] = {each.reason for each in lone.unserved}
    assert (reason.kind, dict(reason.facts)) == ("too_few_countries", {"together": 1, "least": 2})


def test_the_language_is_the_one_that_needs_of_most_participants_list_first() -> None:
    both = frozenset({"en", "es"})
    few, many = ("es", "en"), ("en", "es")
    for prefers, wanted in ((few, "en"), (many, "es")):
        other = prefers[::-1]
        needs = (
            Need("hn", "HN", 5, languages=both, prefers=prefers),
            Need("bz", "BZ", 6, languages=both, prefers=other),
        )
        [course] = propose(world(needs=needs)).courses
        assert course.language == wanted


def reached(plan: Plan) -> tuple[int, int, int]:
    return plan.covered, -plan.gap, -plan.money


@given(st.integers(0, 10**6))
def test_in_small_worlds_it_is_what_trying_everything_finds(seed: int) -> None:
    of = small(random.Random(seed))
    plan = propose(of)
    assert plan.is_proven
    assert reached(plan) == best(of)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_world_of_300_needs_and_40_offers_keeps_every_condition(seed: int) -> None:
    """Whether it is proven or not; here each search ends early, so that no time is waited for."""
    of = large(random.Random(seed), seconds=600)
    of = replace(of, settings=replace(of.settings, nodes=1))
    told: list[tuple[int, int]] = []
    plan = propose(of, lambda done, steps: told.append((done, steps)))
    assert broken(of, plan) == []
    assert check(of, plan) == []
    assert len(plan.courses) > 5
    assert all(course.why for course in plan.courses)
    assert told[-1][0] == told[-1][1]
    assert plan.is_proven or plan.better_at_most > 0 or plan.gap > plan.proof.gap_at_least \
        or plan.money > plan.proof.money_at_least  # fmt: skip


def _with(plan: Plan, **changes: object) -> Plan:
    return replace(plan, courses=(replace(plan.courses[0], **changes), *plan.courses[1:]))  # type: ignore[arg-type]


def test_whoever_counts_the_conditions_once_more_finds_each_that_is_broken() -> None:
    needs = (Need("hn", "HN", 10, 1, frozenset({"es"}), Span(FIRST)), Need("mx", "MX", 4, 2))
    sponsor = Sponsor("ca", (Share("materials"),), 5_000, countries=frozenset({"HN", "MX"}),
                      languages=frozenset({"es"}), window=Span(FIRST), courses=1)  # fmt: skip
    of = world(needs=needs, sponsors=(sponsor,), costs=(Cost("materials", 1_000, 100),), most=14)
    plan = propose(of)
    [course] = plan.courses
    [paid] = course.payments
    assert broken(of, plan) == []
    later = timedelta(days=1)
    for forged in (
        _with(plan, seats=(("hn", 11), ("mx", 3))), _with(plan, seats=(("hn", 2),)),
        _with(plan, language="en"), _with(plan, first=course.first - later, last=course.last - later),
        _with(plan, last=course.last + later), _with(plan, payments=()),
        _with(plan, payments=(replace(paid, amount=paid.amount + 1),)),
        _with(plan, payments=(replace(paid, line="venue_logistics"),)),
        _with(plan, payments=(replace(paid, in_kind=True),)),
        replace(plan, courses=plan.courses * 2),
    ):  # fmt: skip
        assert broken(of, forged), forged
    for changed in (
        replace(sponsor, amount=paid.amount - 1), replace(sponsor, countries=frozenset({"HN"})),
        replace(sponsor, languages=frozenset({"en"})), replace(sponsor, window=Span(FIRST + later)),
        replace(sponsor, themes=frozenset({"T9"})), replace(sponsor, courses=0),
        replace(sponsor, shares=(Share("materials", amount=paid.amount - 1),)),
    ):  # fmt: skip
        group = replace(of.groups[0], themes=frozenset({"T2"}))
        assert broken(replace(of, groups=(group,), sponsors=(changed,)), plan), changed


def test_the_same_world_told_in_another_order_has_the_same_plan() -> None:
    for seed in range(40):
        of = small(random.Random(seed))
        other = World(
            tuple(replace(each, needs=each.needs[::-1], costs=each.costs[::-1]) for each in of.groups[::-1]),
            of.hosts[::-1],
            tuple(replace(each, shares=each.shares[::-1]) for each in of.sponsors[::-1]),
            of.settings,
        )  # fmt: skip
        assert propose(of) == propose(other)


def test_it_says_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    propose(large(random.Random(3), 40, 12), lambda done, of: told.append((done, of)))
    assert told
    assert told == sorted(told)
    assert len(told) > 3
    assert told[-1][0] == told[-1][1]
    assert {of for _, of in told} == {told[-1][1]}


def test_a_need_ranked_first_comes_before_two_ranked_later() -> None:
    needs = (Need("hn", "HN", 10, 1), Need("gt", "GT", 10, 4), Need("ni", "NI", 10))
    [course] = propose(world(needs=needs, most=12)).courses
    assert course.seats == (("gt", 2), ("hn", 10))


def test_a_course_begins_as_early_as_all_can() -> None:
    needs = (
        Need("hn", "HN", 10, window=Span(FIRST)),
        Need("gt", "GT", 10, window=Span(last=date(2004, 8, 9))),
    )
    [course] = propose(world(needs=needs)).courses
    assert (course.first, course.last) == (FIRST, FIRST + timedelta(4))
    assert course.places == 20


def test_lines_that_must_be_covered_decide_and_others_stay_open() -> None:
    costs = (Cost("materials", 10_000, 100), Cost("participants_travel", 0, 50_000))
    short = Sponsor("ca", (Share("materials"),), amount=10_599)
    enough = replace(short, amount=10_650)
    assert propose(world(costs=costs, sponsors=(short,))).courses == ()
    [course] = propose(world(costs=costs, sponsors=(enough,))).courses
    assert course.places == 6
    assert course.gaps == (("participants_travel", 300_000),)
    assert [each.amount for each in course.payments] == [10_600]


def test_what_the_host_covers_costs_no_money() -> None:
    costs = (Cost("venue_logistics", 30_000),)
    money = Sponsor("ca", (Share("venue_logistics"),), 90_000)
    host = Host("sv", "SV", lines=("venue_logistics",))
    [course] = propose(world(costs=costs, host=host, sponsors=(money,))).courses
    assert [(each.payer, each.in_kind) for each in course.payments] == [("sv", True)]


def test_money_for_named_countries_pays_their_places_and_no_common_costs_of_others() -> None:
    needs = (Need("hn", "HN", 6, 1), Need("mx", "MX", 6, 1))
    costs = (Cost("materials", 1_000), Cost("participants_food", 0, 200))
    for_honduras = Sponsor(
        "ca", (Share("materials"), Share("participants_food")), 50_000, countries=frozenset({"HN"})
    )
    [course] = propose(world(needs=needs, costs=costs, sponsors=(for_honduras,))).courses
    assert course.seats == (("hn", 6),)
    both = Sponsor("us", (Share("materials"),), 1_000)
    [course] = propose(world(needs=needs, costs=costs, sponsors=(for_honduras, both))).courses
    assert course.seats == (("hn", 6), ("mx", 6))
    assert course.gaps == (("participants_food", 1_200),)
    assert {(each.payer, each.part) for each in course.payments} == {("us", ()), ("ca", ("hn",))}


def test_an_offer_for_one_time_serves_one_course() -> None:
    groups = tuple(
        Group(key, (Need(f"n{key}", "HN", 8),), 5, (Cost("materials", 500),)) for key in "ab"
    )
    once = Sponsor("mx", (Share("materials", in_kind=True),), courses=1)
    of = World(groups, (Host("sv", "SV", courses=2),), (once,), Settings(horizon=ALL_YEAR))
    assert len(propose(of).courses) == 1
    again = replace(of, sponsors=(replace(once, courses=2),))
    assert len(propose(again).courses) == 2


def test_money_that_lapses_first_is_spent_first() -> None:
    late = Sponsor("a", (Share("materials"),), 500, window=Span(last=date(2004, 12, 1)))
    soon = Sponsor("b", (Share("materials"),), 500, window=Span(last=date(2004, 7, 1)))
    [course] = propose(world(costs=(Cost("materials", 500),), sponsors=(late, soon))).courses
    assert [each.payer for each in course.payments] == ["b"]


def test_a_cent_too_little_is_too_little_beside_millions() -> None:
    costs = (Cost("materials", 999_999_999_99),)
    enough = Sponsor("ca", (Share("materials"),), 999_999_999_99)
    assert propose(world(costs=costs, sponsors=(enough,))).money == 999_999_999_99
    assert not propose(
        world(costs=costs, sponsors=(replace(enough, amount=999_999_999_98),))
    ).courses


def test_an_empty_world_has_an_empty_plan_that_is_proven() -> None:
    plan = propose(World((), (), ()))
    assert (plan.courses, plan.unserved, plan.is_proven) == ((), (), True)


@pytest.mark.parametrize("of", [
    world(needs=(Need("hn", "HN", 0),)),
    world(needs=(Need("hn", "HN", 1), Need("hn", "HN", 2))),
    world(costs=(Cost("materials", -1),)),
    world(sponsors=(Sponsor("sv", ()),)),
    world(horizon=Span()),
])  # fmt: skip
def test_a_world_that_contradicts_itself_is_refused(of: World) -> None:
    with pytest.raises(BadWorld):
        propose(of)


def test_a_plan_that_breaks_a_condition_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "check", lambda *_: ["too many places"])
    with pytest.raises(NotVerified, match="too many places"):
        propose(world())
