"""Courses and places are chosen: who pays what, to the cent?

As much as can be is paid, first in kind and then in money, each first of lines that must be covered. Each step is
a largest flow in whole cents, found from what runs already: it moves what was given, and takes none of it back.
What remains free to choose goes to the money that lapses first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.bundling.flow import INFINITE, Network
from app.bundling.items import Chosen, Item, Part
from app.bundling.world import Names, Sponsor


@dataclass(frozen=True, slots=True)
class Payment:
    """Who pays how much of which line, in kind or in money, and for which part of it. In cents."""

    line: str
    payer: str
    in_kind: bool
    amount: int
    part: Part = None


@dataclass
class Settled:
    """Who pays what for each group's course, what is missing of each line, and what could still be paid."""

    payments: dict[str, list[Payment]] = field(default_factory=dict)
    gaps: dict[str, dict[str, int]] = field(default_factory=dict)
    is_covered: bool = True
    """Whether every line that must be covered is."""

    @property
    def gap(self) -> int:
        """All that is missing."""
        return sum(amount for lines in self.gaps.values() for amount in lines.values())

    @property
    def money(self) -> int:
        """All that is paid in money."""
        return sum(
            each.amount for made in self.payments.values() for each in made if not each.in_kind
        )


class Settlement:
    """The network of what is offered and what the chosen courses cost."""

    def __init__(self, chosen: Iterable[Chosen], items: Mapping[str, tuple[Item, ...]],
                 must_cover: Names) -> None:  # fmt: skip
        self.net = Network()
        self.kind, self.cash = self.net.node(), self.net.node()
        self.must, self.may = self.net.node(), self.net.node()
        self.must_cover = must_cover
        self._money: dict[str, int] = {}
        self._shares: dict[tuple[str, str, bool], int] = {}
        self._paying: list[tuple[int, Item, str, bool]] = []
        self._costs: list[tuple[int, Item, int]] = []
        self._sinks: dict[tuple[str, str, Part], int] = {}
        for each in chosen:
            for item in items[each.option.group.key]:
                self._add(each, item)
        self._run()

    def _add(self, chosen: Chosen, item: Item) -> None:
        cost = item.cost(chosen.seats)
        net, node = self.net, self.net.node()
        sink = self.must if item.line in self.must_cover else self.may
        arc = self._sinks[item.group.key, item.line, item.part] = net.arc(node, sink, cost)
        self._costs.append((arc, item, cost))
        if item.line in chosen.option.covered:
            self._paying.append(
                (net.arc(self.kind, node, INFINITE), item, chosen.option.host.key, True)
            )
        for sponsor, share in sorted(item.payers, key=lambda payer: _lapses(payer[0])):
            if chosen.may_pay(item, sponsor):
                start = self._share(sponsor, share.line, share.in_kind, share.amount)
                arc = net.arc(start, node, INFINITE)
                self._paying.append((arc, item, sponsor.key, share.in_kind))

    def _share(self, sponsor: Sponsor, line: str, in_kind: bool, amount: int | None) -> int:
        key = (sponsor.key, line, in_kind)
        if key not in self._shares:
            start = self.kind if in_kind else self._all_money(sponsor)
            self._shares[key] = node = self.net.node()
            self.net.arc(start, node, INFINITE if amount is None else amount)
        return self._shares[key]

    def _all_money(self, sponsor: Sponsor) -> int:
        if sponsor.key not in self._money:
            self._money[sponsor.key] = node = self.net.node()
            room = INFINITE if sponsor.amount is None else sponsor.amount
            self.net.arc(self.cash, node, room)
        return self._money[sponsor.key]

    def _run(self) -> None:
        for source in (self.kind, self.cash):
            self.net.push(source, self.must)
            self.net.push(source, self.may)

    def could_pay(self, more: Iterable[tuple[Item, int]]) -> bool:
        """Whether so much more of these items could be covered, were money of lines that may stay open moved."""
        kept, wanted = self.net.room[:], 0
        for item, amount in more:
            self.net.room[self._sinks[item.group.key, item.line, item.part]] += amount
            wanted += amount
        found = sum(self.net.push(start, self.must) for start in (self.kind, self.cash, self.may))
        self.net.room = kept
        return found == wanted

    def settled(self) -> Settled:
        """What the flow says, course by course."""
        found = Settled()
        for arc, item, payer, in_kind in self._paying:
            if amount := self.net.running(arc):
                paid = Payment(item.line, payer, in_kind, amount, item.part)
                found.payments.setdefault(item.group.key, []).append(paid)
        for arc, item, cost in self._costs:
            if missing := cost - self.net.running(arc):
                lines = found.gaps.setdefault(item.group.key, {})
                lines[item.line] = lines.get(item.line, 0) + missing
                found.is_covered &= item.line not in self.must_cover
        return found


def _lapses(sponsor: Sponsor) -> tuple[date, str]:
    return sponsor.window.last or date.max, sponsor.key
