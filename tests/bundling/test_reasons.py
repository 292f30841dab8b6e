"""Is it true, what is said of why places stay unserved? Each reason is held against trying everything."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

from app.bundling.plan import Plan, Unserved
from app.bundling.solving import propose
from app.bundling.world import (
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
from tests.bundling import oracle
from tests.bundling.test_proposing import ALL_YEAR, FIRST, world
from tests.bundling.worlds import small

FOREVER = Settings(horizon=ALL_YEAR)


class Case:
    """A need that stays unserved, and what trying everything says of it."""

    def __init__(self, each: Unserved, plan: Plan, of: World) -> None:
        self.of, self.plan, self.facts = of, plan, dict(each.reason.facts)
        self.group = next(group for group in of.groups if group.key == each.group)
        self.need = next(need for need in self.group.needs if need.key == each.need)
        self.course = next((c for c in plan.courses if c.group == each.group), None)
        self.hosts = oracle.hosts_for(self.need, self.group, of)
        asked = self.need.languages
        self.understood = [
            h for h in self.hosts if not h.languages or not asked or h.languages & asked
        ]

    def could(self, world: World) -> bool:
        return oracle.can_be_held(self.group, self.need, world)

    def could_grow(self, world: World) -> bool:
        return oracle.could_grow(self.plan, self.need, world)

    def no_host(self) -> bool:
        return not self.of.hosts

    def no_host_for_theme(self) -> bool:
        return not any(not h.themes or h.themes & self.group.themes for h in self.of.hosts)

    def no_days(self) -> bool:
        return not self.hosts

    def no_language(self) -> bool:
        return bool(self.hosts) and not self.understood

    def too_few(self) -> bool:
        return bool(self.understood) and not self.could(_without_costs(self.of))

    too_small = too_few

    def too_few_countries(self) -> bool:
        lone = replace(self.of, settings=replace(self.of.settings, countries=1))
        return self.too_few() and self.could(_without_costs(lone))

    def not_enough(self) -> bool:
        return (
            self.course is None
            and not self.could(self.of)
            and self.could(_without_costs(self.of))
            and set(self.facts["lines"]) <= self.of.settings.must_cover
            and not any(self.could(_must(self.of, line)) for line in self.facts["lines"])
        )

    no_payer = not_enough

    def others_cover_more(self) -> bool:
        return self.course is None and self.plan.is_proven and self.could(self.of)

    def other_days(self) -> bool:
        course = self.course
        return course is not None and not self.need.window.holds(course.first, course.last)

    def other_language(self) -> bool:
        return self.course is not None and self.course.language not in self.need.languages

    def host_full(self) -> bool:
        [most] = [h.seats_max for h in self.of.hosts if self.course and h.key == self.course.host]
        return self.course is not None and self.course.places == most == self.facts["places"]

    def group_full(self) -> bool:
        most = self.group.seats_max
        return self.course is not None and self.course.places == most == self.facts["places"]

    def no_money_for_place(self) -> bool:
        lines = self.facts["lines"]
        return not self.could_grow(self.of) and not any(
            self.could_grow(_must(self.of, line)) for line in lines
        )

    def left_out(self) -> bool:
        free = tuple(replace(each, countries=frozenset()) for each in self.of.sponsors)
        return not self.could_grow(self.of) and self.could_grow(replace(self.of, sponsors=free))


def _must(of: World, line: str) -> World:
    return replace(of, settings=replace(of.settings, must_cover=frozenset({line})))


def _without_costs(of: World) -> World:
    return replace(of, groups=tuple(replace(group, costs=()) for group in of.groups))


def test_every_reason_in_small_worlds_is_true() -> None:
    said: Counter[str] = Counter()
    for seed in range(250):
        of = small(random.Random(f"reasons {seed}"))
        plan = propose(of)
        for each in plan.unserved:
            said[each.reason.kind] += 1
            assert getattr(Case(each, plan, of), each.reason.kind)(), (seed, each)
    assert len(said) >= 9, said


def only_reason(of: World, need: str = "hn") -> tuple[str, dict[str, object]]:
    [each] = [each for each in propose(of).unserved if each.need == need]
    return each.reason.kind, dict(each.reason.facts)


def test_nobody_offers_to_host() -> None:
    assert only_reason(replace(world(), hosts=())) == ("no_host", {})
    of = world(host=Host("sv", "SV", themes=frozenset({"T2"})))
    of = replace(of, groups=(replace(of.groups[0], themes=frozenset({"T1"})),))
    assert only_reason(of) == ("no_host_for_theme", {})


def test_no_host_has_days_in_its_window() -> None:
    need = Need("hn", "HN", 8, window=Span(FIRST, FIRST))
    kind, facts = only_reason(world(needs=(need,)))
    assert (kind, facts["days"]) == ("no_days", 5)


def test_no_host_speaks_its_language() -> None:
    need = Need("hn", "HN", 8, languages=frozenset({"fr"}))
    host = Host("sv", "SV", languages=frozenset({"es"}))
    assert only_reason(world(needs=(need,), host=host))[0] == "no_language"


def test_too_few_come_together_or_find_room() -> None:
    few = world(needs=(Need("hn", "HN", 3), Need("gt", "GT", 2)))
    assert only_reason(few) == ("too_few", {"together": 5, "least": 6})
    narrow = world(host=Host("sv", "SV", seats_max=5))
    assert only_reason(narrow) == ("too_small", {"room": 5, "least": 6})


def test_the_line_that_nobody_pays_is_named_and_so_is_that_for_which_it_is_not_enough() -> None:
    costs = (Cost("materials", 100), Cost("trainers_travel", 100))
    sponsor = Sponsor("ca", (Share("materials"),), 99)
    of = world(costs=costs, sponsors=(sponsor,))
    assert only_reason(of) == ("no_payer", {"lines": ("trainers_travel",)})
    both = replace(sponsor, shares=(Share("materials"), Share("trainers_travel", in_kind=True)))
    assert only_reason(replace(of, sponsors=(both,))) == ("not_enough", {"lines": ("materials",)})
    money = replace(sponsor, shares=(Share("materials"), Share("trainers_travel")), amount=150)
    assert only_reason(replace(of, sponsors=(money,))) == ("not_enough", {"lines": ()})


def test_others_cover_more_and_whether_that_is_for_want_of_hosts() -> None:
    groups = tuple(Group(key, (Need(key, "HN", 8, rank),), 5, (Cost("materials", 100),))
                   for key, rank in (("a", 1), ("b", 2)))  # fmt: skip
    of = World(groups, (Host("sv", "SV"),), (Sponsor("ca", (Share("materials"),)),), FOREVER)
    assert only_reason(of, "b") == ("others_cover_more", {"are_hosts_full": True})
    hosts = (Host("sv", "SV", courses=2),)
    poor = replace(of, hosts=hosts, sponsors=(Sponsor("ca", (Share("materials"),), 150),))
    assert only_reason(poor, "b") == ("others_cover_more", {"are_hosts_full": False})


def test_why_a_course_has_no_place_for_it() -> None:
    late = Need("mx", "MX", 2, window=Span(ALL_YEAR.last))
    kind, _ = only_reason(world(needs=(Need("hn", "HN", 8), late)), "mx")
    assert kind == "no_days"
    early = (
        Need("hn", "HN", 8, 1, window=Span(last=FIRST)),
        Need("mx", "MX", 7, window=Span(FIRST)),
    )
    assert only_reason(world(needs=early), "mx")[0] == "other_days"
    tongues = (Need("hn", "HN", 8, 1, frozenset({"es"})), Need("bz", "BZ", 7, 1, frozenset({"en"})))
    assert only_reason(world(needs=tongues), "bz") == ("other_language", {"language": "es"})
    both = (Need("hn", "HN", 8, 1), Need("mx", "MX", 8))
    assert only_reason(world(needs=both, most=12), "mx") == ("group_full", {"places": 12})
    narrow = world(needs=both, host=Host("sv", "SV", 10))
    assert only_reason(narrow, "mx") == ("host_full", {"places": 10, "host": "sv"})
    costs = (Cost("materials", 0, 100),)
    poor = world(needs=both, costs=costs, sponsors=(Sponsor("ca", (Share("materials"),), 1_250),))
    assert only_reason(poor, "mx") == ("no_money_for_place", {"lines": ("materials",)})


def test_whoever_pays_common_costs_leaves_a_country_out() -> None:
    needs = (Need("hn", "HN", 8, 1), Need("mx", "MX", 8))
    sponsor = Sponsor("ca", (Share("materials"),), countries=frozenset({"HN"}))
    of = world(needs=needs, costs=(Cost("materials", 100),), sponsors=(sponsor,))
    assert only_reason(of, "mx") == ("left_out", {})


def test_a_course_says_why_this_host_these_days_and_this_language() -> None:
    needs = (Need("hn", "HN", 8, 1, frozenset({"es"}), Span(FIRST)), Need("mx", "MX", 8))
    of = world(needs=needs, host=Host("sv", "SV", languages=frozenset({"es", "en"})))
    [course] = propose(of).courses
    host, when, language = (dict(each.facts) for each in course.why)
    assert host == {"host": "sv", "of": 1, "is_best": True}
    assert when == {"first": FIRST, "last": course.last, "needs": 2, "of": 2}
    assert language == {"language": "es", "needs": 2, "of": 2}


def test_of_languages_that_serve_alike_a_course_is_in_the_one_that_most_name_then_in_spanish() -> (
    None
):
    def language(*named: set[str]) -> str:
        needs = tuple(
            Need(f"n{at}", "HN", 8, 1, frozenset(names)) for at, names in enumerate(named)
        )
        [course] = propose(world(needs=needs, host=Host("sv", "SV"))).courses
        return course.language

    assert language({"en", "es"}) == "es"
    assert language({"en", "es"}, {"es", "en"}) == "es"
    assert language({"en", "es", "fr"}, {"fr", "en"}, set()) == "en"
