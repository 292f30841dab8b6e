"""Does a plan keep every condition, counted in whole cents? Asks the world alone, none of what made the plan.

A plan that breaks one condition is shown to nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta

from app.bundling.plan import Course, Plan
from app.bundling.settling import Payment
from app.bundling.world import Group, Host, Need, Sponsor, World


def check(world: World, plan: Plan) -> list[str]:
    """Every condition that the plan breaks, in plain words; none is what is wanted."""
    return list(_Check(world, plan).faults())


class _Check:
    def __init__(self, world: World, plan: Plan) -> None:
        self.world, self.plan = world, plan
        self.groups = {group.key: group for group in world.groups}
        self.hosts = {host.key: host for host in world.hosts}
        self.sponsors = {sponsor.key: sponsor for sponsor in world.sponsors}

    def faults(self) -> Iterator[str]:
        for key, times in Counter(course.group for course in self.plan.courses).items():
            if times > 1:
                yield f"{key} has {times} courses"
        for course in self.plan.courses:
            group = self.groups[course.group]
            for fault in (*self._course(course, group), *self._costs(course, group)):
                yield f"{course.group}: {fault}"
        yield from self._hosts_hold()
        yield from self._money_lasts()
        yield from self._sums_agree()

    def _course(self, course: Course, group: Group) -> Iterator[str]:
        host, needs = self.hosts[course.host], {need.key: need for need in group.needs}
        settings = self.world.settings
        if course.last - course.first != timedelta(days=group.days - 1):
            yield "does not last as long as planned"
        if not any(window.holds(course.first, course.last) for window in host.windows):
            yield "lies in no window of the host"
        if not settings.horizon.holds(course.first, course.last):
            yield "lies outside the time looked at"
        yield from _outside_terms(host, course, group)
        yield from self._size(course, group)
        for key, places in course.seats:
            yield from self._places(course, needs.get(key), places)

    def _size(self, course: Course, group: Group) -> Iterator[str]:
        if course.places < max(group.seats_min, self.world.settings.smallest, 1):
            yield "has too few places"
        for most in (group.seats_max, self.hosts[course.host].seats_max):
            if most is not None and course.places > most:
                yield "has too many places"

    def _places(self, course: Course, need: Need | None, places: int) -> Iterator[str]:
        if need is None:
            yield "has places for a need of another group"
        elif not 0 < places <= need.seats:
            yield f"{need.key} has more places than it asked for, or none"
        elif not need.window.holds(course.first, course.last):
            yield f"{need.key} cannot take part on these days"
        elif need.languages and course.language and course.language not in need.languages:
            yield f"{need.key} does not know the language"

    def _costs(self, course: Course, group: Group) -> Iterator[str]:
        """Each line's cost is what was planned, and is paid and missing to the cent, by those who may."""
        costs, gaps = dict(course.costs), dict(course.gaps)
        paid: Counter[str] = Counter()
        for payment in course.payments:
            paid[payment.line] += payment.amount
            yield from self._payment(payment, course, group)
        for cost in group.costs:
            if costs.get(cost.line, 0) != cost.fixed + cost.each * course.places:
                yield f"{cost.line} costs something else"
        for line in {*costs, *gaps, *paid}:
            if paid[line] + gaps.get(line, 0) != costs.get(line, 0):
                yield f"{line} does not add up"
            if gaps.get(line, 0) < 0 or (gaps.get(line) and line in self.world.settings.must_cover):
                yield f"{line} must be covered and is not"
        yield from self._parts(course, group)

    def _payment(self, payment: Payment, course: Course, group: Group) -> Iterator[str]:
        if payment.amount <= 0:
            yield f"{payment.payer} pays nothing or less"
        if payment.payer == course.host:
            if payment.line not in self.hosts[course.host].lines or not payment.in_kind:
                yield f"the host does not cover {payment.line}"
            return
        sponsor = self.sponsors[payment.payer]
        if not any((share.line, share.in_kind) == (payment.line, payment.in_kind)
                   for share in sponsor.shares):  # fmt: skip
            yield f"{sponsor.key} did not offer {payment.line}"
        if not sponsor.window.holds(course.first, course.last):
            yield f"{sponsor.key} cannot spend on these days"
        yield from _outside_terms(sponsor, course, group)
        if any(country not in sponsor.countries
               for country in _benefiting(payment, course, group) if sponsor.countries):  # fmt: skip
            yield f"{sponsor.key} pays for a country that it left out"

    def _parts(self, course: Course, group: Group) -> Iterator[str]:
        """What is paid for a part of a line is no more than that part costs, and parts do not overlap."""
        seats, each = dict(course.seats), {cost.line: cost for cost in group.costs}
        paid: dict[str, Counter[tuple[str, ...] | None]] = defaultdict(Counter)
        for payment in course.payments:
            paid[payment.line][payment.part] += payment.amount
        for line, parts in paid.items():
            named = [key for part in parts for key in part or ()]
            if (None in parts and len(parts) > 1) or len(named) != len(set(named)):
                yield f"parts of {line} overlap"
            for part, amount in parts.items():
                most = each[line].each * sum(seats.get(key, 0) for key in part or ())
                if part == ():
                    most = each[line].fixed
                if part is not None and amount > most:
                    yield f"more is paid for a part of {line} than it costs"

    def _hosts_hold(self) -> Iterator[str]:
        for host, times in Counter(course.host for course in self.plan.courses).items():
            if times > self.hosts[host].courses:
                yield f"{host} holds {times} courses"

    def _money_lasts(self) -> Iterator[str]:
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
                yield f"{sponsor.key} serves too many courses"

    def _sums_agree(self) -> Iterator[str]:
        plan, weight = self.plan, self.world.settings.weight
        needs = {need.key: need for group in self.world.groups for need in group.needs}
        served: Counter[str] = Counter()
        for course in plan.courses:
            served.update(dict(course.seats))
        unserved = Counter({each.need: each.seats for each in plan.unserved})
        for key, need in needs.items():
            if served[key] + unserved[key] != need.seats:
                yield f"{key}: places served and unserved are not those asked for"
        if plan.covered != sum(weight(need) * served[key] for key, need in needs.items()):
            yield "the need covered is another"
        if plan.gap != sum(gap for course in plan.courses for _, gap in course.gaps):
            yield "the gap is another"
        payments = [payment for course in plan.courses for payment in course.payments]
        if plan.money != sum(payment.amount for payment in payments if not payment.in_kind):
            yield "the money is another"


def _outside_terms(party: Host | Sponsor, course: Course, group: Group) -> Iterator[str]:
    if party.languages and course.language and course.language not in party.languages:
        yield f"{party.key} did not offer this language"
    if party.themes and group.themes and not party.themes & group.themes:
        yield f"{party.key} did not offer this theme"


def _benefiting(payment: Payment, course: Course, group: Group) -> set[str]:
    """The countries for which this is paid: those of the places named, else all that take part."""
    places = payment.part or [key for key, _ in course.seats]
    seated = dict(course.seats)
    return {need.country for need in group.needs if need.key in places and need.key in seated}


def _lasts(sponsor: Sponsor, paid: Counter[tuple[str, str, bool]]) -> Iterator[str]:
    for share in sponsor.shares:
        spent = paid[sponsor.key, share.line, share.in_kind]
        if share.amount is not None and spent > share.amount:
            yield f"{sponsor.key} pays more of {share.line} than it offered"
    money = sum(n for (key, _, in_kind), n in paid.items() if key == sponsor.key and not in_kind)
    if sponsor.amount is not None and money > sponsor.amount:
        yield f"{sponsor.key} pays more than it offered"
