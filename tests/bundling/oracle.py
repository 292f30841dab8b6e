"""What is the best that can be done in a small world? Every course, every place, every payer is tried.

Shares nothing with the solver: days are tried one by one, and how much can be paid is read off every cut
(the largest flow is the smallest cut), not found by a flow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, product

from app.bundling.plan import Plan
from app.bundling.world import Group, Host, Need, Sponsor, World

Score = tuple[int, int, int]
"""Need covered, and what is missing and spent, both below zero: the larger, the better."""


@dataclass(frozen=True)
class Try:
    """One course with its places."""

    group: Group
    host: Host
    first: date
    language: str
    seats: tuple[tuple[Need, int], ...]

    @property
    def last(self) -> date:
        return _last(self.first, self.group, self.host)


def _works(day: date, host: Host) -> bool:
    return day.strftime("%w") not in "06" and day not in host.off


def _last(first: date, group: Group, host: Host) -> date:
    """The day on which as many days were worked as the course needs."""
    day, worked = first, 1
    while worked < group.days:
        day += timedelta(1)
        worked += _works(day, host)
    return day


def best(world: World) -> Score:
    """The best score of all."""
    tries = [[None, *_tries(group, world)] for group in world.groups]
    counting = [sponsor for sponsor in world.sponsors if sponsor.courses is not None]
    scores = {(0, 0, 0)}
    for chosen in product(*tries):
        courses = [each for each in chosen if each is not None]
        held = [course.host.key for course in courses]
        if not courses or any(held.count(host.key) > host.courses for host in world.hosts):
            continue
        covered = sum(world.settings.weight(n) * k for course in courses for n, k in course.seats)
        if covered < max(scores)[0]:
            continue
        choices = [_served(sponsor, len(courses)) for sponsor in counting]
        for serving in product(*choices):
            served = {s.key: set(of) for s, of in zip(counting, serving, strict=True)}
            if (paid := _paid(courses, served, world)) is not None:
                scores.add((covered, *paid))
    return max(scores)


def can_be_held(group: Group, need: Need, world: World) -> bool:
    """Whether any course of the group with a place for the need could be held, were it the only one."""
    return any(
        need in dict(course.seats) and _is_payable([course], world)
        for course in _tries(next(each for each in world.groups if each.key == group.key), world)
    )


def could_grow(plan: Plan, need: Need, world: World) -> bool:
    """Whether one more place of the need could be paid, all courses of the plan staying as they are."""
    groups, hosts = ({each.key: each for each in of} for of in (world.groups, world.hosts))
    courses = []
    for course in plan.courses:
        group = groups[course.group]
        places = dict(course.seats)
        if need in group.needs:
            places[need.key] = places.get(need.key, 0) + 1
        seats = tuple((each, places[each.key]) for each in group.needs if each.key in places)
        courses.append(Try(group, hosts[course.host], course.first, course.language, seats))
    return _is_payable(courses, world)


def _is_payable(courses: list[Try], world: World) -> bool:
    counting = [sponsor for sponsor in world.sponsors if sponsor.courses is not None]
    return any(
        _paid(courses, {s.key: set(of) for s, of in zip(counting, serving, strict=True)}, world) is not None
        for serving in product(*(_served(sponsor, len(courses)) for sponsor in counting))
    )  # fmt: skip


def hosts_for(need: Need, group: Group, world: World) -> list[Host]:
    """Each host once for each day on which the need could take part, language and money aside."""
    return [host for host, first, last in _held(group, world) if need.window.holds(first, last)]


def _served(sponsor: Sponsor, courses: int) -> list[tuple[int, ...]]:
    return list(combinations(range(courses), min(sponsor.courses or 0, courses)))


def _tries(group: Group, world: World) -> Iterator[Try]:
    named = [each.languages for each in (*group.needs, *world.hosts, *world.sponsors)]
    speech = sorted(frozenset[str]().union(*named)) or [""]
    seen = set()
    for (host, first, last), language in product(_held(group, world), speech):
        if host.languages and language not in host.languages:
            continue
        able = [need for need in group.needs if need.window.holds(first, last)
                and (not need.languages or language in need.languages)]  # fmt: skip
        payers = tuple(s.key for s in world.sponsors if _may_pay(s, group, first, last, language))
        if (key := (host.key, tuple(able), payers)) not in seen:
            seen.add(key)  # whatever it allows need not be tried on another day
            for seated in _seated(able, group, host, world):
                if len({need.country for need, _ in seated}) < world.settings.countries:
                    continue
                yield Try(group, host, first, language, seated)


def _held(group: Group, world: World) -> Iterator[tuple[Host, date, date]]:
    """Every day on which a host could hold a course of the group."""
    horizon = world.settings.horizon
    assert horizon.first
    assert horizon.last
    for host, number in product(world.hosts, range((horizon.last - horizon.first).days + 1)):
        first = horizon.first + timedelta(number)
        last = _last(first, group, host)
        if (_works(first, host) and last <= horizon.last and any(window.holds(first, last) for window in host.windows)
                and (not host.themes or not group.themes or host.themes & group.themes)):  # fmt: skip
            yield host, first, last


def _seated(able: list[Need], group: Group, host: Host,
            world: World) -> Iterator[tuple[tuple[Need, int], ...]]:  # fmt: skip
    most = min(x for x in (group.seats_max, host.seats_max, 10**6) if x is not None)
    least = max(group.seats_min, world.settings.smallest, 1)
    for places in product(*(range(need.seats + 1) for need in able)):
        if least <= sum(places) <= most:
            yield tuple((n, k) for n, k in zip(able, places, strict=True) if k)


def _may_pay(sponsor: Sponsor, group: Group, first: date, last: date, language: str) -> bool:
    return (
        sponsor.window.holds(first, last)
        and (not sponsor.languages or not language or language in sponsor.languages)
        and (not sponsor.themes or not group.themes or bool(sponsor.themes & group.themes))
    )


@dataclass(frozen=True)
class Bill:
    """A part of a course's cost, and the shares that may pay it."""

    line: str
    cost: int
    by: frozenset[tuple[str, bool]]
    """Sponsors, and whether in kind."""
    is_hosted: bool


def _paid(courses: list[Try], served: dict[str, set[int]], world: World) -> tuple[int, int] | None:
    bills = [bill for n, course in enumerate(courses) for bill in _bills(course, n, served, world)]
    must = [bill for bill in bills if bill.line in world.settings.must_cover]
    if _most(must, world, cash=True) < sum(bill.cost for bill in must):
        return None
    paid, in_kind = _most(bills, world, cash=True), _most(bills, world, cash=False)
    return paid - sum(bill.cost for bill in bills), in_kind - paid


def _bills(course: Try, number: int, served: dict[str, set[int]], world: World) -> Iterator[Bill]:
    able = [
        s for s in world.sponsors
        if _may_pay(s, course.group, course.first, course.last, course.language)
        and (s.key not in served or number in served[s.key])
    ]  # fmt: skip
    for cost in course.group.costs:
        for countries, amount in [({n.country for n, _ in course.seats}, cost.fixed),
                                  *(({n.country}, cost.each * k) for n, k in course.seats)]:  # fmt: skip
            if amount:
                by = frozenset((s.key, share.in_kind) for s in able for share in s.shares
                               if share.line == cost.line and (not s.countries or countries <= s.countries))  # fmt: skip
                yield Bill(cost.line, amount, by, cost.line in course.host.lines)


def _most(bills: list[Bill], world: World, *, cash: bool) -> int:
    """The smallest cut: some bills cut at their cost, for the rest everything cut that may pay one of them."""
    endless = 10**15
    smallest = endless * 10
    for cut in product((False, True), repeat=len(bills)):
        rest = [bill for bill, is_cut in zip(bills, cut, strict=True) if not is_cut]
        total = sum(bill.cost for bill, is_cut in zip(bills, cut, strict=True) if is_cut)
        total += endless if any(bill.is_hosted for bill in rest) else 0
        for sponsor in world.sponsors:
            money = 0
            for share in sponsor.shares:
                if any(
                    bill.line == share.line and (sponsor.key, share.in_kind) in bill.by
                    for bill in rest
                ):
                    room = endless if share.amount is None else share.amount
                    if share.in_kind:
                        total += room
                    elif cash:
                        money += room
            total += min(money, endless if sponsor.amount is None else sponsor.amount)
        smallest = min(smallest, total)
    return smallest
