"""What is proposed, what stays unserved and why, and how far that is proven?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.bundling.settling import Payment


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is: a kind of reason and its facts, said in words by `words`."""

    kind: str
    facts: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """A proposed regional course. Amounts in cents."""

    group: str
    host: str
    first: date
    last: date
    language: str
    seats: tuple[tuple[str, int], ...]
    """Places by need."""
    costs: tuple[tuple[str, int], ...]
    payments: tuple[Payment, ...]
    gaps: tuple[tuple[str, int], ...]
    """What remains to be sought, by line."""
    why: tuple[Reason, ...] = ()

    @property
    def places(self) -> int:
        """All its places."""
        return sum(places for _, places in self.seats)


@dataclass(frozen=True, slots=True)
class Unserved:
    """Places of a need that no course has, and the first thing that stands in the way."""

    need: str
    group: str
    seats: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Proof:
    """What no plan can do better than, as far as was proven."""

    covered_at_most: int
    gap_at_least: int
    money_at_least: int
    is_in_time: bool = True
    """Whether the search ended by itself; where time ended it, another run may find something else."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The courses proposed together, and what they reach. Amounts in cents."""

    courses: tuple[Course, ...]
    unserved: tuple[Unserved, ...]
    covered: int
    """Places, each weighted by the country's own ranking of its need."""
    gap: int
    money: int
    proof: Proof

    @property
    def is_proven(self) -> bool:
        """Whether no plan serves better, by all three aims."""
        return (self.covered, self.gap, self.money) == (
            self.proof.covered_at_most, self.proof.gap_at_least, self.proof.money_at_least,
        )  # fmt: skip

    @property
    def better_at_most(self) -> int:
        """By how many percent, rounded up, a better plan could cover more at most."""
        if self.proof.covered_at_most == self.covered:
            return 0
        return -((self.covered - self.proof.covered_at_most) * 100 // max(self.covered, 1))
