"""Does a plan keep every condition, counted in whole cents? Asks the world alone, none of what made the plan.

A plan that breaks one condition is shown to nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from app.bundling.days import lasts
from app.bundling.faults import Fault
from app.bundling.plan import Course, Plan
from app.bundling.settling import Payment
from app.bundling.world import Group, Host, Need, Sponsor, World


def check(world: World, plan: Plan) -> list[Fault]:
    """Every condition that the plan breaks; none is what is wanted."""
    return list(_Check(world, plan).faults())


class _Check:
    def __init__(self, world: World, plan: Plan) -> None:
        self.world, self.plan = world, plan
        self.groups = {group.key: group for group in world.groups}
        self.hosts = {host.key: host for host in world.hosts}
        self.sponsors = {sponsor.key: sponsor for sponsor in world.sponsors}

    def faults(self) -> Iterator[Fault]:
        for key, times in Counter(course.group for course in self.plan.courses).items():
            if times > 1:
                yield Fault.of("courses_of_group", group=key, times=times)
        for course in self.plan.courses:
            group = self.groups[course.group]
            for fault in (*self._course(course, group), *self._costs(course, group)):
                yield replace(fault, group=course.group)
        yield from self._hosts_hold()
        yield from self._money_lasts()
        yield from self._sums_agree()

    def _course(self, course: Course, group: Group) -> Iterator[Fault]:
        host, needs = self.hosts[course.host], {need.key: need for need in group.needs}
        settings = self.world.settings
        if not lasts(course.first, course.last, group.days, host):
            yield Fault.of("length")
        if not any(window.holds(course.first, course.last) for window in host.windows):
            yield Fault.of("host_days")
        if not settings.horizon.holds(course.first, course.last):
            yield Fault.of("horizon")
        yield from _outside_terms(host, course, group)
        yield from self._size(course, group)
        for key, places in course.seats:
            yield from self._places(course, needs.get(key), places)

    def _size(self, course: Course, group: Group) -> Iterator[Fault]:
        if course.places < max(group.seats_min, self.world.settings.smallest, 1):
            yield Fault.of("too_few")
        countries = {need.country for need in group.needs if need.key in dict(course.seats)}
        if len(countries) < self.world.settings.countries:
            yield Fault.of("countries", countries=self.world.settings.countries)
        for most in (group.seats_max, self.hosts[course.host].seats_max):
            if most is not None and course.places > most:
                yield Fault.of("too_many")

    def _places(self, course: Course, need: Need | None, places: int) -> Iterator[Fault]:
        if need is None:
            yield Fault.of("other_group")
        elif not 0 < places <= need.seats:
            yield Fault.of("asked", need=need.key, seats=need.seats)
        elif not need.window.holds(course.first, course.last):
            yield Fault.of("need_days", need=need.key)
        elif need.languages and course.language and course.language not in need.languages:
            yield Fault.of("need_language", need=need.key)

    def _costs(self, course: Course, group: Group) -> Iterator[Fault]:
        """Each line's cost is what was planned, and is paid and missing to the cent, by those who may."""
        costs, gaps = dict(course.costs), dict(course.gaps)
        paid: Counter[str] = Counter()
        for payment in course.payments:
            paid[payment.line] += payment.amount
            yield from self._payment(payment, course, group)
        for cost in group.costs:
            if costs.get(cost.line, 0) != cost.fixed + cost.each * course.places:
                yield Fault.of("cost", line=cost.line)
        for line in {*costs, *gaps, *paid}:
            if paid[line] + gaps.get(line, 0) != costs.get(line, 0):
                yield Fault.of("sum", line=line)
            if gaps.get(line, 0) < 0 or (gaps.get(line) and line in self.world.settings.must_cover):
                yield Fault.of("uncovered", line=line)
        yield from self._parts(course, group)

    def _payment(self, payment: Payment, course: Course, group: Group) -> Iterator[Fault]:
        if payment.amount <= 0:
            yield Fault.of("nothing", party=payment.payer)
        if payment.payer == course.host:
            if payment.line not in self.hosts[course.host].lines or not payment.in_kind:
                yield Fault.of("host_line", line=payment.line)
            return
        sponsor = self.sponsors[payment.payer]
        if not any((share.line, share.in_kind) == (payment.line, payment.in_kind)
                   for share in sponsor.shares):  # fmt: skip
            yield Fault.of("sponsor_line", party=sponsor.key, line=payment.line)
        if not sponsor.window.holds(course.first, course.last):
            yield Fault.of("sponsor_days", party=sponsor.key)
        yield from _outside_terms(sponsor, course, group)
        if any(country not in sponsor.countries
               for country in _benefiting(payment, course, group) if sponsor.countries):  # fmt: skip
            yield Fault.of("sponsor_countries", party=sponsor.key)

    def _parts(self, course: Course, group: Group) -> Iterator[Fault]:
        """What is paid for a part of a line is no more than that part costs, and parts do not overlap."""
        seats, each = dict(course.seats), {cost.line: cost for cost in group.costs}
        paid: dict[str, Counter[tuple[str, ...] | None]] = defaultdict(Counter)
        for payment in course.payments:
            paid[payment.line][payment.part] += payment.amount
        for line, parts in paid.items():
            named = [key for part in parts for key in part or ()]
            if (None in parts and len(parts) > 1) or len(named) != len(set(named)):
                yield Fault.of("overlap", line=line)
            for part, amount in parts.items():
                most = each[line].each * sum(seats.get(key, 0) for key in part or ())
                if part == ():
                    most = each[line].fixed
                if part is not None and amount > most:
                    yield Fault.of("part", line=line)

    def _hosts_hold(self) -> Iterator[Fault]:
        for host, times in Counter(course.host for course in self.plan.courses).items():
            if times > self.hosts[host].courses:
                yield Fault.of("hosts", party=host, times=times)

    def _money_lasts(self) -> Iterator[Fault]:
        paid: Counter[tuple[str, str, bool]] = Counter()
        serves: dict[str, set[str]] = defaultdict(set)
        for course in self.plan.courses:
            for payment in course.payments:
                if payment.payer in self.sponsors:
                    paid[payment.payer, payment.line, payment.in_kind] += payment.amount
                    serves[payment.payer].add(course.group)
        for sponsor in self.world.sponsors:
            yield from _lasts(sponsor, paid)
            if sponsor.courses is not None and len(serves[sponsor.key]) > sponsor.courses:
                yield Fault.of("serves", party=sponsor.key)

    def _sums_agree(self) -> Iterator[Fault]:
        plan, weight = self.plan, self.world.settings.weight
        needs = {need.key: need for group in self.world.groups for need in group.needs}
        served: Counter[str] = Counter()
        for course in plan.courses:
            served.update(dict(course.seats))
        unserved = Counter({each.need: each.seats for each in plan.unserved})
        for key, need in needs.items():
            if served[key] + unserved[key] != need.seats:
                yield Fault.of("unserved", need=key)
        if plan.covered != sum(weight(need) * served[key] for key, need in needs.items()):
            yield Fault.of("covered")
        if plan.gap != sum(gap for course in plan.courses for _, gap in course.gaps):
            yield Fault.of("gap")
        payments = [payment for course in plan.courses for payment in course.payments]
        if plan.money != sum(payment.amount for payment in payments if not payment.in_kind):
            yield Fault.of("money")


def _outside_terms(party: Host | Sponsor, course: Course, group: Group) -> Iterator[Fault]:
    if party.languages and course.language and course.language not in party.languages:
        yield Fault.of("party_language", party=party.key)
    if party.themes and group.themes and not party.themes & group.themes:
        yield Fault.of("party_theme", party=party.key)


def _benefiting(payment: Payment, course: Course, group: Group) -> set[str]:
    """The countries for which this is paid: those of the places named, else all that take part."""
    places = payment.part or [key for key, _ in course.seats]
    seated = dict(course.seats)
    return {need.country for need in group.needs if need.key in places and need.key in seated}


def _lasts(sponsor: Sponsor, paid: Counter[tuple[str, str, bool]]) -> Iterator[Fault]:
    for share in sponsor.shares:
        spent = paid[sponsor.key, share.line, share.in_kind]
        if share.amount is not None and spent > share.amount:
            yield Fault.of("share", party=sponsor.key, line=share.line)
    money = sum(n for (key, _, in_kind), n in paid.items() if key == sponsor.key and not in_kind)
    if sponsor.amount is not None and money > sponsor.amount:
        yield Fault.of("amount", party=sponsor.key)
