"""How many were meant to come, came and finished? Whole people, by sex, added up in one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class People:
    """Women, men, and people of whom it is not stated."""

    women: int = 0
    men: int = 0
    not_stated: int = 0

    @property
    def total(self) -> int:
        return self.women + self.men + self.not_stated

    def __add__(self, other: People) -> People:
        return People(
            self.women + other.women, self.men + other.men, self.not_stated + other.not_stated
        )

    def __sub__(self, other: People) -> People:
        return People(
            self.women - other.women, self.men - other.men, self.not_stated - other.not_stated
        )

    def within(self, other: People) -> bool:
        """Whether none of its numbers goes beyond the other's."""
        rest = other - self
        return min(rest.women, rest.men, rest.not_stated) >= 0


NOBODY = People()


@dataclass(frozen=True)
class Turnout:
    """One delegation in a course: its seats, whom it nominated, who came and who finished."""

    organisation_id: str
    name: str
    country: str
    seats: int
    nominated: People | None = None
    came: People | None = None
    finished: People | None = None
    reason: str = ""
    note: str = ""
    revision: int = 0
    host_told: bool = False

    @property
    def is_recorded(self) -> bool:
        return self.came is not None

    @property
    def dropped(self) -> People:
        """Who came and did not finish."""
        return (self.came or NOBODY) - (self.finished or NOBODY)

    @property
    def unused(self) -> int:
        """Seats on which nobody sat; nothing before the attendance is written down."""
        return max(0, self.seats - self.came.total) if self.came is not None else 0


@dataclass(frozen=True)
class Totals:
    """All delegations of a course together."""

    seats: int
    nominated: People
    came: People
    finished: People
    recorded: int
    """Of how many delegations the attendance is written down."""
    countries: int

    @property
    def dropped(self) -> People:
        return self.came - self.finished

    @property
    def is_begun(self) -> bool:
        """Whether the attendance of any delegation is written down."""
        return self.recorded > 0 or self.came.total > 0

    @property
    def is_complete(self) -> bool:
        """Whether the attendance of every delegation with seats is written down."""
        return self.countries > 0 and self.recorded == self.countries


def add_up(turnouts: Iterable[Turnout]) -> Totals:
    """The sums of what stands in the rows, and of nothing else."""
    rows = list(turnouts)
    return Totals(
        seats=sum(row.seats for row in rows),
        nominated=sum((row.nominated or NOBODY for row in rows), NOBODY),
        came=sum((row.came or NOBODY for row in rows), NOBODY),
        finished=sum((row.finished or NOBODY for row in rows), NOBODY),
        recorded=sum(1 for row in rows if row.is_recorded and row.seats),
        countries=sum(1 for row in rows if row.seats),
    )


def average_of(counts: Iterable[int]) -> tuple[int, int]:
    """(answers, sum of the scores) where counts say how many gave 1, 2, 3, 4 and 5."""
    given = list(counts)
    return sum(given), sum(score * count for score, count in enumerate(given, start=1))
