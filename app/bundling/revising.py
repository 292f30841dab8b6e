"""Somebody gives a proposed course other places: who pays what then, and what stays unserved?

Host, days and language stay; who pays is worked out anew for all courses together, as sponsors share
their money among them. Whether the result holds is for `checking.check` to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from app.bundling.items import Chosen, Item, items_of
from app.bundling.options import Option, least_of
from app.bundling.plan import Course, Plan, Reason, Unserved
from app.bundling.settling import Settlement
from app.bundling.world import Group, Host, Sponsor, World

BY_HAND = Reason("by_hand")
"""Why places stay unserved that somebody took away."""


def revised(world: World, plan: Plan, seats: Mapping[str, Mapping[str, int]]) -> Plan:
    """The plan in which the courses of these groups have these places, by need."""
    world = world.in_order()
    groups = {group.key: group for group in world.groups}
    chosen = [
        _chosen(world, groups[course.group], course, seats.get(course.group, dict(course.seats)))
        for course in plan.courses
    ]
    items = {
        each.option.group.key: items_of(each.option.group, each.option.payers) for each in chosen
    }
    settled = Settlement(chosen, items, world.settings.must_cover).settled()
    courses = tuple(
        replace(
            course, seats=tuple(sorted(each.seats.items())),
            costs=_costs(items[course.group], each.seats),
            payments=tuple(sorted(settled.payments.get(course.group, ()),
                                  key=lambda p: (p.line, p.part or (), not p.in_kind, p.payer))),
            gaps=tuple(sorted(settled.gaps.get(course.group, {}).items())),
        )
        for course, each in zip(plan.courses, chosen, strict=True)
    )  # fmt: skip
    return replace(
        plan, courses=courses, unserved=tuple(_unserved(world, plan, courses)), gap=settled.gap,
        money=settled.money, covered=_covered(world, courses),
    )  # fmt: skip


def _chosen(world: World, group: Group, course: Course, seats: Mapping[str, int]) -> Chosen:
    host = next(each for each in world.hosts if each.key == course.host)
    payers = tuple(each for each in world.sponsors if _may_pay(each, group, course))
    keys = frozenset(each.key for each in payers)
    option = Option(
        group, host, course.first, course.last, course.language, group.needs, payers, keys,
        least_of(group, world.settings), _most(group, host),
    )  # fmt: skip
    taken = {need: places for need, places in seats.items() if places > 0}
    return Chosen(option, taken, frozenset(each.payer for each in course.payments))


def _may_pay(sponsor: Sponsor, group: Group, course: Course) -> bool:
    themes, languages = sponsor.themes, sponsor.languages
    return (
        sponsor.window.holds(course.first, course.last)
        and (not themes or not group.themes or bool(themes & group.themes))
        and (not languages or not course.language or course.language in languages)
    )


def _most(group: Group, host: Host) -> int:
    named = [most for most in (group.seats_max, host.seats_max) if most is not None]
    return min(named, default=sum(need.seats for need in group.needs))


def _costs(items: tuple[Item, ...], seats: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    costs: Counter[str] = Counter()
    for item in items:
        costs[item.line] += item.cost(seats)
    return tuple(sorted(costs.items()))


def _unserved(world: World, plan: Plan, courses: tuple[Course, ...]) -> Iterator[Unserved]:
    served: Counter[str] = Counter()
    for course in courses:
        served.update(dict(course.seats))
    before = {each.need: each for each in plan.unserved}
    for group in world.groups:
        for need in group.needs:
            left = need.seats - served[need.key]
            known = before.get(need.key)
            if left > 0 and known is not None and known.seats == left:
                yield known
            elif left > 0:
                yield Unserved(need.key, group.key, left, BY_HAND)


def _covered(world: World, courses: tuple[Course, ...]) -> int:
    needs = {need.key: need for group in world.groups for need in group.needs}
    return sum(
        world.settings.weight(needs[key]) * places
        for course in courses for key, places in course.seats if key in needs
    )  # fmt: skip
