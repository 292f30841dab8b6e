"""Which conditions does a plan break, counted once more by somebody who knows neither solver nor checker?

Seats, languages, days, eligibility and money, each asked of every course by itself; the empty list is wanted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from app.bundling.plan import Course, Plan
from app.bundling.settling import Payment
from app.bundling.world import Group, Host, Need, Sponsor, World


def broken(world: World, plan: Plan) -> list[str]:
    """What does not hold, in words."""
    return [*_each(world, plan), *_together(world, plan)]


def _each(world: World, plan: Plan) -> Iterator[str]:
    hosts = {host.key: host for host in world.hosts}
    groups = {group.key: group for group in world.groups}
    for course in plan.courses:
        group, host = groups[course.group], hosts[course.host]
        asked = {need.key: need for need in group.needs}
        seated = [
            (asked[key], places) for key, places in course.seats
        ]  # KeyError: of another group
        held = (*_seats(course, group, host, seated, world), *_languages(course, host, seated),
                *_days(course, group, host, seated, world), *_themes(group, host),
                *_money(course, group, host, seated, world))  # fmt: skip
        yield from (f"{course.group}: {each}" for each in held)


def _seats(course: Course, group: Group, host: Host, seated: list[tuple[Need, int]],
           world: World) -> Iterator[str]:  # fmt: skip
    together = sum(places for _, places in seated)
    if any(not 1 <= places <= need.seats for need, places in seated):
        yield "more places than asked for, or none"
    if len({need.key for need, _ in seated}) < len(course.seats):
        yield "a need twice"
    if together < group.seats_min or together < world.settings.smallest:
        yield "too few places"
    if len({need.country for need, _ in seated}) < world.settings.countries:
        yield "too few countries"
    if together > min(group.seats_max or together, host.seats_max or together):
        yield "too many places"


def _languages(course: Course, host: Host, seated: list[tuple[Need, int]]) -> Iterator[str]:
    for party in (host, *(need for need, _ in seated)):
        if course.language and party.languages and course.language not in party.languages:
            yield f"{party.key}: another language"


def _days(course: Course, group: Group, host: Host, seated: list[tuple[Need, int]],
          world: World) -> Iterator[str]:  # fmt: skip
    days = {course.first + timedelta(n) for n in range((course.last - course.first).days + 1)}
    taught = {day for day in days if day.isoweekday() <= 5 and day not in host.off}
    if len(taught) != group.days or not {course.first, course.last} <= taught:
        yield "another length"

    def misses(first: date | None, last: date | None) -> bool:
        return any((first and day < first) or (last and day > last) for day in days)

    if all(misses(window.first, window.last) for window in host.windows):
        yield "not on the host's days"
    for span in (world.settings.horizon, *(need.window for need, _ in seated)):
        if misses(span.first, span.last):
            yield "not on days that were named"


def _themes(group: Group, party: Host | Sponsor) -> Iterator[str]:
    if group.themes and party.themes and not any(each in party.themes for each in group.themes):
        yield f"{party.key}: another theme"


def _money(course: Course, group: Group, host: Host, seated: list[tuple[Need, int]],
           world: World) -> Iterator[str]:  # fmt: skip
    sponsors = {sponsor.key: sponsor for sponsor in world.sponsors}
    places = {need.key: n for need, n in seated}
    for cost in group.costs:
        due = cost.fixed + cost.each * sum(places.values())
        paid = sum(each.amount for each in course.payments if each.line == cost.line)
        if paid > due or (cost.line in world.settings.must_cover and paid != due):
            yield f"{cost.line}: {paid} of {due}"
    for each in course.payments:
        if each.amount <= 0 or each.line not in {cost.line for cost in group.costs}:
            yield f"{each.payer} pays for nothing"
        if each.payer != host.key:
            yield from _sponsor(sponsors[each.payer], each, course, group, seated)
        elif not each.in_kind or each.line not in host.lines:
            yield "the host covers what it did not offer"


def _sponsor(sponsor: Sponsor, paid: Payment, course: Course, group: Group,
             seated: list[tuple[Need, int]]) -> Iterator[str]:  # fmt: skip
    yield from _themes(group, sponsor)
    if (paid.line, paid.in_kind) not in {(s.line, s.in_kind) for s in sponsor.shares}:
        yield f"{sponsor.key} pays a line that it did not offer"
    if course.language and sponsor.languages and course.language not in sponsor.languages:
        yield f"{sponsor.key}: another language"
    if course.first < (sponsor.window.first or course.first):
        yield f"{sponsor.key}: too early"
    if course.last > (sponsor.window.last or course.last):
        yield f"{sponsor.key}: too late"
    for_whom = {need.country for need, _ in seated if not paid.part or need.key in paid.part}
    if sponsor.countries and for_whom - sponsor.countries:
        yield f"{sponsor.key} pays for a country that it did not name"


def _together(world: World, plan: Plan) -> Iterator[str]:
    held = Counter(course.host for course in plan.courses)
    yield from (f"{h.key} holds too many" for h in world.hosts if held[h.key] > h.courses)
    if len({course.group for course in plan.courses}) < len(plan.courses):
        yield "two courses of one group"
    for sponsor in world.sponsors:
        paid = [(course.group, each) for course in plan.courses for each in course.payments
                if each.payer == sponsor.key]  # fmt: skip
        for share in sponsor.shares:
            spent = sum(each.amount for _, each in paid
                        if (each.line, each.in_kind) == (share.line, share.in_kind))  # fmt: skip
            if share.amount is not None and spent > share.amount:
                yield f"{sponsor.key} pays more for {share.line} than it offered"
        money = sum(each.amount for _, each in paid if not each.in_kind)
        if sponsor.amount is not None and money > sponsor.amount:
            yield f"{sponsor.key} pays more than it offered"
        if sponsor.courses is not None and len({group for group, _ in paid}) > sponsor.courses:
            yield f"{sponsor.key} serves too many courses"
