"""Why is a course proposed as it is, and why do places stay unserved? Each reason is computed, none is guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from app.bundling.items import Chosen, Item
from app.bundling.model import Found, Part, could_hold
from app.bundling.options import Places, least_of, speaks
from app.bundling.plan import Reason, Unserved
from app.bundling.settling import Settled, Settlement
from app.bundling.world import Group, Host, Need, Settings, World


@dataclass(frozen=True)
class Solved:
    """A part, what the solver chose in it, and how it was settled."""

    part: Part
    found: Found
    settings: Settings
    settlement: Settlement

    @classmethod
    def of(cls, part: Part, found: Found, settings: Settings) -> Solved:
        """The part with what was chosen settled in whole cents."""
        return cls(part, found, settings,
                   Settlement(found.chosen, part.items, settings.must_cover))  # fmt: skip

    @cached_property
    def settled(self) -> Settled:
        """Who pays what."""
        return self.settlement.settled()

    @cached_property
    def by_group(self) -> dict[str, Chosen]:
        """The chosen courses."""
        return {chosen.option.group.key: chosen for chosen in self.found.chosen}

    @cached_property
    def covered(self) -> int:
        """Places, each weighted."""
        needs = {need.key: need for group in self.part.groups for need in group.needs}
        return sum(self.settings.weight(needs[key]) * places
                   for chosen in self.found.chosen for key, places in chosen.seats.items())  # fmt: skip

    @property
    def is_most(self) -> bool:
        """Whether nothing covers more need, as is proven."""
        return self.covered == self.found.covered_at_most

    @property
    def is_best(self) -> bool:
        """Whether nothing serves better by all three aims, as is proven."""
        return (self.covered, self.settled.gap, self.settled.money) == (
            self.found.covered_at_most, self.found.gap_at_least, self.found.money_at_least,
        )  # fmt: skip


def why(chosen: Chosen, of: Solved) -> tuple[Reason, ...]:
    """Why this host, these days and this language."""
    option, group = chosen.option, chosen.option.group
    hosts = {each.host.key for each in of.part.options[group.key]}
    able = sum(need.window.holds(option.first, option.last) for need in group.needs)
    speaking = sum(speaks(need.languages, option.language) for need in group.needs)
    return (
        Reason("host", (("host", option.host.key), ("of", len(hosts)), ("is_best", of.is_best))),
        Reason("days", (("first", option.first), ("last", option.last), ("needs", able),
                        ("of", len(group.needs)))),
        Reason("language", (("language", option.language), ("needs", speaking),
                            ("of", len(group.needs)))),
    )  # fmt: skip


def why_not(world: World, solved: list[Solved]) -> Iterator[Unserved]:
    """Each need with places that no course has, and the first thing that stands in the way."""
    parts = {group.key: each for each in solved for group in each.part.groups}
    for group in world.groups:
        of = parts.get(group.key)
        chosen = of.by_group.get(group.key) if of else None
        where = Places(group, world)
        for need in group.needs:
            served = chosen.seats.get(need.key, 0) if chosen else 0
            if served == need.seats:
                continue
            reason = _nowhere(need, where, world)
            if of and chosen:
                reason = reason or _not_in_course(need, chosen, of)
            reason = reason or _too_few(need, where, world) or _no_course(need, group, of, world)
            yield Unserved(need.key, group.key, need.seats - served, reason)


def _not_in_course(need: Need, chosen: Chosen, of: Solved) -> Reason:
    """Why the group's course has no (or no further) place for the need."""
    option = chosen.option
    if not need.window.holds(option.first, option.last):
        return Reason("other_days", (("first", option.first), ("last", option.last)))
    if not speaks(need.languages, option.language):
        return Reason("other_language", (("language", option.language),))
    places = sum(chosen.seats.values())
    if option.host.seats_max is not None and places == option.host.seats_max:
        return Reason("host_full", (("places", places), ("host", option.host.key)))
    if option.group.seats_max is not None and places == option.group.seats_max:
        return Reason("group_full", (("places", places),))
    if _is_left_out(need, chosen, of):
        return Reason("left_out")
    more = [
        (item, item.each) for item in of.part.items[option.group.key]
        if item.line in of.settings.must_cover and need in item.needs and item.each
    ]  # fmt: skip
    if of.settlement.could_pay(more):
        return Reason("not_looked_through")
    short = [item.line for item, amount in more if not of.settlement.could_pay([(item, amount)])]
    return Reason("no_money_for_place", (("lines", tuple(sorted(short))),))


def _is_left_out(need: Need, chosen: Chosen, of: Solved) -> bool:
    """Whether those who pay common costs that must be covered may not do so once the need's country takes part,
    and nobody else could."""
    if chosen.seats.get(need.key) or need not in chosen.option.needs:
        return False
    changed = replace(chosen, seats={**chosen.seats, need.key: 1})
    common = [item for item in of.part.items[chosen.option.group.key]
              if item.is_common and item.line in of.settings.must_cover]  # fmt: skip
    if all(_payers(item, chosen) == _payers(item, changed) for item in common):
        return False
    others = [each for each in of.found.chosen if each is not chosen]
    seated = Settlement([*others, changed], of.part.items, of.settings.must_cover).settled()
    if seated.is_covered:
        return False
    more = [(item, item.each) for item in of.part.items[chosen.option.group.key]
            if item.line in of.settings.must_cover and need in item.needs and item.each]  # fmt: skip
    return of.settlement.could_pay(more)


def _payers(item: Item, chosen: Chosen) -> list[str]:
    return [sponsor.key for sponsor, _ in item.payers if chosen.may_pay(item, sponsor)]


def _nowhere(need: Need, where: Places, world: World) -> Reason | None:
    """What keeps the need away from every host, whatever money there is."""
    if not world.hosts:
        return Reason("no_host")
    if not where.hosts:
        return Reason("no_host_for_theme")
    hosts = [host for host in where.hosts
             if any(need.window.holds(first, last) for first, last in where.days(host))]  # fmt: skip
    if not hosts:
        return Reason("no_days", (("days", where.group.days),))
    if not any(speaks(need.languages, each) for host in hosts for each in where.languages(host)):
        return Reason("no_language", (("languages", tuple(sorted(need.languages))),))
    return None


def _too_few(need: Need, where: Places, world: World) -> Reason | None:
    """Whether too few places or countries come together wherever the need could take part, or find room."""
    least, together, room, countries = least_of(where.group, world.settings), 0, 0, 0
    for host in where.hosts:
        for (first, last), language in product(where.days(host), where.languages(host)):
            able = where.moment(first, last, language)
            if need in able.needs:
                together = max(together, able.asked)
                room = max(room, where.room(able, host))
                if where.room(able, host) >= least:
                    countries = max(countries, able.countries)
    if together < least:
        return Reason("too_few", (("together", together), ("least", least)))
    if room < least:
        return Reason("too_small", (("room", room), ("least", least)))
    if countries < world.settings.countries:
        return Reason(
            "too_few_countries", (("together", countries), ("least", world.settings.countries))
        )
    return None


def _no_course(need: Need, group: Group, of: Solved | None, world: World) -> Reason:
    """A course with the need could be placed: what keeps it from being held?"""
    if of is None:
        return Reason("not_looked_through")
    options = [each for each in of.part.options[group.key] if need in each.needs]
    lines = {item.line for item in of.part.items[group.key]} & world.settings.must_cover
    nobody = [
        line for line in sorted(lines)
        if not any(line in option.covered or any(
            share.line == line for sponsor in option.payers for share in sponsor.shares
        ) for option in options)
    ]  # fmt: skip
    if nobody:
        return Reason("no_payer", (("lines", tuple(nobody)),))
    if not could_hold(of.part, group, need, of.settings, frozenset(lines)):
        short = [line for line in sorted(lines)
                 if not could_hold(of.part, group, need, of.settings, frozenset({line}))]  # fmt: skip
        return Reason("not_enough", (("lines", tuple(short)),))
    if not of.is_most:
        return Reason("not_in_best_found")
    full = all(_is_full(option.host, of) for option in options)
    return Reason("others_cover_more", (("are_hosts_full", full),))


def _is_full(host: Host, of: Solved) -> bool:
    held = sum(chosen.option.host.key == host.key for chosen in of.found.chosen)
    return held >= host.courses
