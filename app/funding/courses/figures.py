"""What does a course cost, how much of it is covered, and what is missing?

One place for these figures: pages of every side, files and sheets show what is computed here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app import money


@dataclass(frozen=True)
class LineStanding:
    """How far one line is covered, in US dollars."""

    line: str
    cost: Decimal
    funded: Decimal
    promised: Decimal

    @property
    def missing(self) -> Decimal:
        """The gap: what nobody has confirmed or offered; never below zero."""
        return money.missing(self.cost, self.funded, self.promised)


@dataclass(frozen=True)
class Standing:
    """How far a course is covered: its lines, and their sums."""

    lines: tuple[LineStanding, ...]

    @property
    def cost(self) -> Decimal:
        return money.total(each.cost for each in self.lines)

    @property
    def funded(self) -> Decimal:
        return money.total(each.funded for each in self.lines)

    @property
    def promised(self) -> Decimal:
        return money.total(each.promised for each in self.lines)

    @property
    def missing(self) -> Decimal:
        """The sum of what the lines miss: what is too much in one makes up for no other."""
        return money.total(each.missing for each in self.lines)

    def per_participant(self, seats: int) -> Decimal | None:
        """What a seat costs; None while there are none."""
        return money.each_of(self.cost, seats)

    def of(self, line: str) -> LineStanding | None:
        return next((each for each in self.lines if each.line == line), None)


def line_cost(amount: Decimal, *, per_participant: bool, seats: int) -> Decimal:
    """What a line costs: once, or for everybody who takes part."""
    return money.times(amount, seats) if per_participant else money.cents(amount)


def by_line(parts: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    """The sum of the parts of each line."""
    found: dict[str, Decimal] = {}
    for line, amount in parts:
        found[line] = money.cents(found.get(line, money.ZERO) + amount)
    return found
