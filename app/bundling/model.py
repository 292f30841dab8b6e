"""Which courses, places and payers serve best? The question put to the solver, for a part of the world that hangs together.

Three aims, each kept before the next is asked: most need covered, places weighted by the countries' own
ranking; the smallest gap; the least money. The solver's numbers only choose: what is paid is settled in
whole cents afterwards (`settling`).
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import gcd

from app.bundling.items import Chosen, Item, may_benefit
from app.bundling.mip import Aim, Mip, Terms
from app.bundling.options import Option
from app.bundling.world import Group, Host, Names, Need, Settings, Share, Sponsor


@dataclass(frozen=True, slots=True)
class Part:
    """Groups whose courses compete for the same hosts or money, and all they could be."""

    groups: tuple[Group, ...]
    options: Mapping[str, tuple[Option, ...]]
    items: Mapping[str, tuple[Item, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """What the solver chose, and what it proved that nothing can be better than."""

    chosen: tuple[Chosen, ...]
    covered_at_most: int
    gap_at_least: int
    money_at_least: int
    is_in_time: bool


AIMS = 3
ENOUGH = 200_000
"""Steps within which a question about one course is asked to its end."""
FOR_FIRST, FOR_SECOND = 0.6, 0.9
"""Until which part of its time the first aim, and the second, may be looked for."""


def solve(part: Part, settings: Settings, until: float,
          reached: Callable[[], None] = lambda: None) -> Found:  # fmt: skip
    """The best choice, or the best found by then; `reached` is told after each of the aims."""
    return _Question(part, settings).answer(until, reached)


class _Question:
    """The columns and rows of one part."""

    def __init__(self, part: Part, settings: Settings) -> None:
        self.part, self.settings, self.mip = part, settings, Mip()
        self.unit = unit_of(part)
        self.takes: dict[tuple[str, int], int] = {}
        self.seats: dict[str, int] = {}
        self.serves: dict[tuple[str, str], int] = {}
        self._shares_common: dict[tuple[str, str], int] = {}
        self._optional: list[int] = []
        self._gap: Terms = []
        self._money: Terms = []
        self._hosted: dict[str, Terms] = defaultdict(list)
        self._paid: dict[tuple[Sponsor, Share], Terms] = defaultdict(list)
        for group in part.groups:
            self._courses(group)
            for item in part.items[group.key]:
                self._payments(group, item)
        self._limit_courses()
        self._limit_money()

    def _courses(self, group: Group) -> None:
        mip, options = self.mip, self.part.options[group.key]
        takes = [mip.column(1, whole=True) for _ in options]
        self.takes |= {(group.key, number): column for number, column in enumerate(takes)}
        mip.at_most(((column, 1) for column in takes), 1)
        for need in group.needs:
            holds = [(t, -need.seats) for t, option in zip(takes, options, strict=True)
                     if need in option.needs]  # fmt: skip
            if holds:
                self.seats[need.key] = mip.column(need.seats, whole=True)
                mip.at_most([(self.seats[need.key], 1), *holds])
        taken = [(self.seats[n.key], 1.0) for n in group.needs if n.key in self.seats]
        mip.at_most([*taken, *((t, -o.most) for t, o in zip(takes, options, strict=True))])
        mip.at_most([*((c, -1.0) for c, _ in taken),
                     *((t, o.least) for t, o in zip(takes, options, strict=True))])  # fmt: skip
        self._join(group, takes)
        for column, option in zip(takes, options, strict=True):
            self._hosted[option.host.key].append((column, 1.0))

    def _join(self, group: Group, takes: list[int]) -> None:
        """A course has places for as many countries as were asked for at least.

        What says that a country takes part is no more than 1 and than its places, which are whole.
        """
        if (least := self.settings.countries) < 2:
            return
        places: dict[str, Terms] = defaultdict(list)
        for need in group.needs:
            if need.key in self.seats:
                places[need.country].append((self.seats[need.key], -1.0))
        parts = [self.mip.column(1) for _ in places]
        for part, seats in zip(parts, places.values(), strict=True):
            self.mip.at_most([(part, 1.0), *seats])
        self.mip.at_most([*((take, least) for take in takes), *((part, -1.0) for part in parts)])

    def _payments(self, group: Group, item: Item) -> None:
        """What is paid of an item is its cost where it must be covered, and no more than that elsewhere."""
        options = self.part.options[group.key]
        most = max((self._most(item, option) for option in options), default=0)
        if not most:
            return
        must = item.line in self.settings.must_cover
        costs: Terms = [(self.takes[group.key, n], item.fixed / self.unit)
                        for n in range(len(options)) if item.fixed]  # fmt: skip
        costs += [(self.seats[need.key], item.each / self.unit)
                  for need in item.needs if item.each and need.key in self.seats]  # fmt: skip
        paid = [(column, 1.0) for column in (self._hosting(group, item), *(
            self._payment(group, item, sponsor, share, most) for sponsor, share in item.payers
        )) if column is not None]  # fmt: skip
        row = [*paid, *((column, -factor) for column, factor in costs)]
        if must:
            self.mip.equal(row)
        else:
            self.mip.at_most(row)
            self._gap += [(column, -factor) for column, factor in row]
            self._optional += [column for column, _ in paid]

    def _most(self, item: Item, option: Option) -> float:
        asked = sum(need.seats for need in item.needs if need in option.needs)
        return (item.fixed + item.each * min(asked, option.most)) / self.unit

    def _hosting(self, group: Group, item: Item) -> int | None:
        covering = [
            (self.takes[group.key, number], -self._most(item, option))
            for number, option in enumerate(self.part.options[group.key])
            if item.line in option.covered
        ]
        if not covering:
            return None
        column = self.mip.column(max(-factor for _, factor in covering))
        self.mip.at_most([(column, 1.0), *covering])
        return column

    def _payment(self, group: Group, item: Item, sponsor: Sponsor, share: Share,
                 most: float) -> int | None:  # fmt: skip
        options = self.part.options[group.key]
        allowed = [n for n, option in enumerate(options) if sponsor.key in option.paying]
        if not allowed:
            return None
        column = self.mip.column(most)
        if len(allowed) < len(options):
            self.mip.at_most([(column, 1.0), *((self.takes[group.key, n], -most) for n in allowed)])
        if sponsor.courses is not None:
            self.mip.at_most([(column, 1.0), (self._serving(sponsor, group), -most)])
        if item.is_common and not all(may_benefit(sponsor, need) for need in group.needs):
            self.mip.at_most([(column, 1.0), (self._sharing(sponsor, group), -most)])
        self._paid[sponsor, share].append((column, 1.0))
        if not share.in_kind:
            self._money.append((column, 1.0))
        return column

    def _serving(self, sponsor: Sponsor, group: Group) -> int:
        key = (sponsor.key, group.key)
        if key not in self.serves:
            self.serves[key] = self.mip.column(1, whole=True)
        return self.serves[key]

    def _sharing(self, sponsor: Sponsor, group: Group) -> int:
        """1 where the sponsor shares in common costs: then nobody whom it left out has a place."""
        key = (sponsor.key, group.key)
        if key not in self._shares_common:
            self._shares_common[key] = shares = self.mip.column(1, whole=True)
            for need in group.needs:
                if need.key in self.seats and not may_benefit(sponsor, need):
                    self.mip.at_most(
                        [(self.seats[need.key], 1.0), (shares, need.seats)], need.seats
                    )
        return self._shares_common[key]

    def _limit_courses(self) -> None:
        for host in self._hosts():
            if host.courses < len(self.part.groups):
                self.mip.at_most(self._hosted[host.key], host.courses)
        for sponsor in {sponsor.key: sponsor for sponsor, _ in self._paid}.values():
            if sponsor.courses is not None:
                serving = [(c, 1.0) for (key, _), c in self.serves.items() if key == sponsor.key]
                self.mip.at_most(serving, sponsor.courses)

    def _limit_money(self) -> None:
        money: dict[Sponsor, Terms] = defaultdict(list)
        for (sponsor, share), paid in self._paid.items():
            if share.amount is not None:
                self.mip.at_most(paid, share.amount / self.unit)
            if not share.in_kind:
                money[sponsor] += paid
        for sponsor, paid in money.items():
            if sponsor.amount is not None:
                self.mip.at_most(paid, sponsor.amount / self.unit)

    def _hosts(self) -> list[Host]:
        return list({
            option.host.key: option.host
            for options in self.part.options.values() for option in options
        }.values())  # fmt: skip

    def answer(self, until: float, reached: Callable[[], None]) -> Found:
        """Aim after aim. What lines that may stay open cost does not matter to the first."""
        nodes, begun = self.settings.nodes, time.monotonic()
        wanted = [
            (self.seats[need.key], -float(self.settings.weight(need)))
            for group in self.part.groups for need in group.needs if need.key in self.seats
        ]  # fmt: skip
        covered = self._without_optional(wanted, begun + FOR_FIRST * (until - begun))
        reached()
        if covered is None or not covered.value:
            bound = -covered.bound if covered else most_of(self.part, self.settings)
            return Found((), bound, 0, 0, self.mip.is_in_time)
        gap = self.mip.smallest(self._gap, begun + FOR_SECOND * (until - begun), nodes)
        reached()
        money = self.mip.smallest(self._money, until, nodes)
        reached()
        return Found(
            self._chosen(), -covered.bound, self._in_cents(gap), self._in_cents(money),
            self.mip.is_in_time,
        )  # fmt: skip

    def has_place_for(self, need: Need) -> bool:
        """Whether any course gives the need a place. Small enough to be asked to its end."""
        if need.key not in self.seats:
            return False
        wanted = [(self.seats[need.key], -1.0)]
        found = self._without_optional(wanted, time.monotonic() + 30)
        return found is None or found.bound < 0

    def _without_optional(self, wanted: Terms, until: float) -> Aim | None:
        kept = {column: self.mip.upper[column] for column in self._optional}
        for column in self._optional:
            self.mip.upper[column] = 0.0
        found = self.mip.smallest(wanted, until, self.settings.nodes)
        for column, upper in kept.items():
            self.mip.upper[column] = upper
        return found

    def _in_cents(self, aim: Aim | None) -> int:
        return max(aim.bound, 0) * self.unit if aim else 0

    def _chosen(self) -> tuple[Chosen, ...]:
        found = self.mip.found or []
        chosen = []
        for group in self.part.groups:
            for number, option in enumerate(self.part.options[group.key]):
                if found[self.takes[group.key, number]] > 0.5:
                    seats = {need.key: round(found[self.seats[need.key]]) for need in option.needs}
                    serving = frozenset(
                        key for (key, of), column in self.serves.items()
                        if of == group.key and found[column] > 0.5
                    )  # fmt: skip
                    seats = {key: number for key, number in seats.items() if number}
                    chosen.append(Chosen(option, seats, serving))
        return tuple(chosen)


def could_hold(part: Part, group: Group, need: Need, settings: Settings, must_cover: Names) -> bool:
    """Whether a course of the group with a place for the need could be held if it had all hosts and money to itself."""
    alone = Part((group,), {group.key: part.options[group.key]}, {group.key: part.items[group.key]})
    question = _Question(alone, replace(settings, must_cover=must_cover, nodes=ENOUGH))
    return question.has_place_for(need)


def unit_of(part: Part) -> int:
    """The largest amount of which every amount is a multiple: small numbers for the solver, and all of them whole."""
    amounts = [amount for items in part.items.values() for item in items
               for amount in (item.fixed, item.each,
                              *(sponsor.amount or 0 for sponsor, _ in item.payers),
                              *(share.amount or 0 for _, share in item.payers))]  # fmt: skip
    return gcd(*amounts) or 1


def most_of(part: Part, settings: Settings) -> int:
    """What all needs of the part would count."""
    return sum(settings.weight(n) * n.seats for group in part.groups for n in group.needs)
