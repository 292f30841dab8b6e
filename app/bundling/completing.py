"""What does a sum complete? Whole courses first, then places, then lines; and what is left over.

Courses and countries are known by keys alone: whoever asks never learns from the answer which country it is.
A place is gained when everything the course costs as a whole is covered, and all that this place costs.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from math import gcd

from app.bundling.mip import Mip, Terms
from app.bundling.world import ANY, BadWorld, Names


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line of an open course: what it costs, as a whole or for each place, and what is funded. In cents."""

    line: str
    amount: int
    funded: int = 0
    per_place: bool = False


@dataclass(frozen=True, slots=True)
class OpenCourse:
    """A course that takes pledges. `waiting` asked for places and were given none."""

    key: str
    lines: tuple[OpenLine, ...]
    seats: int
    waiting: int = 0
    last: date | None = None
    themes: Names = ANY
    countries: Names = ANY
    """Keys of those who have places, as the sum's own."""

    def cost(self, line: OpenLine) -> int:
        """What the line costs in all."""
        return line.amount * self.seats if line.per_place else line.amount

    def gap(self, line: OpenLine) -> int:
        """What is missing of the line; never less than nothing."""
        return max(self.cost(line) - line.funded, 0)

    def funded_seats(self) -> int:
        """How many places are funded already."""
        if any(self.gap(line) for line in self.lines if not line.per_place):
            return 0
        return min((line.funded // line.amount for line in self.lines
                    if line.per_place and line.amount), default=self.seats)  # fmt: skip

    @property
    def is_open(self) -> bool:
        """Whether anything is missing."""
        return any(self.gap(line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount in cents and its conditions; an empty set means "any"."""

    amount: int
    lines: Names = ANY
    themes: Names = ANY
    countries: Names = ANY
    spend_by: date | None = None

    def may_pay(self, course: OpenCourse, line: OpenLine) -> bool:
        """Whether it may be spent on this line of this course."""
        return (
            (not self.lines or line.line in self.lines)
            and (not self.themes or not course.themes or bool(self.themes & course.themes))
            and (not self.countries or course.countries <= self.countries)
            and (
                self.spend_by is None or (course.last is not None and course.last <= self.spend_by)
            )
        )


@dataclass(frozen=True, slots=True)
class Paid:
    """What the sum pays of a course, what that completes, and who stays unserved in it."""

    course: str
    lines: tuple[tuple[str, int], ...]
    completed: tuple[str, ...]
    """Lines of which nothing is missing any more."""
    is_whole: bool
    seats_before: int
    seats_after: int
    unserved: int
    """Places still without funds, and those who wait for one."""


@dataclass(frozen=True, slots=True)
class Completed:
    """What the sum does in all. `untouched` are open courses to which it gives nothing."""

    courses: tuple[Paid, ...]
    untouched: tuple[Paid, ...]
    left_over: int
    is_proven: bool

    @property
    def score(self) -> tuple[int, int, int, int]:
        """Places of whole courses, places gained, lines completed, and what was spent, below zero."""
        whole = sum(each.seats_after for each in self.courses if each.is_whole)
        gained = sum(each.seats_after - each.seats_before for each in self.courses)
        lines = sum(len(each.completed) for each in self.courses)
        return whole, gained, lines, -sum(n for each in self.courses for _, n in each.lines)


def complete(courses: tuple[OpenCourse, ...], offered: Sum, seconds: float = 30,
             nodes: int = 100_000) -> Completed:  # fmt: skip
    """What the sum completes best. Raises BadWorld for amounts that are none."""
    ordered = tuple(sorted((c for c in courses if c.is_open), key=lambda course: course.key))
    _refuse_nonsense(ordered, offered)
    question = _Question(ordered, offered)
    is_proven = question.answer(time.monotonic() + seconds, nodes)
    paid = [question.paid(course) for course in ordered]
    spent = sum(amount for each in paid for _, amount in each.lines)
    if spent > offered.amount:
        raise RuntimeError("more would be spent than there is")
    return Completed(
        tuple(each for each in paid if each.lines), tuple(each for each in paid if not each.lines),
        offered.amount - spent, is_proven,
    )  # fmt: skip


class _Question:
    """Whole courses, places and lines as unknowns; what is paid follows from them."""

    def __init__(self, courses: tuple[OpenCourse, ...], offered: Sum) -> None:
        self.mip, self.offered = Mip(), offered
        amounts = [
            n for c in courses for each in c.lines for n in (c.cost(each), each.amount, each.funded)
        ]
        self.unit = gcd(offered.amount, *amounts) or 1
        self.whole: dict[str, int] = {}
        self.gained: dict[str, int] = {}
        self.closes: dict[tuple[str, str], int] = {}
        self._whole: Terms = []
        self._pays: Terms = []
        for course in courses:
            self._course(course)
        self.mip.at_most(self._pays, offered.amount / self.unit)

    def _course(self, course: OpenCourse) -> None:
        mip, before = self.mip, course.funded_seats()
        whole = self.whole[course.key] = mip.column(1, whole=True)
        gained = self.gained[course.key] = mip.column(course.seats - before, whole=True)
        self._whole.append((whole, -float(course.seats)))
        for line in course.lines:
            if not course.gap(line):
                continue
            payable = self.offered.may_pay(course, line)
            closes = self.closes[course.key, line.line] = mip.column(payable, whole=True)
            mip.at_most([(whole, 1.0), (closes, -1.0)])
            pays = mip.column(course.gap(line) / self.unit if payable else 0.0)
            self._pays.append((pays, 1.0))
            mip.at_most([(closes, course.gap(line) / self.unit), (pays, -1.0)])
            if line.per_place:
                # Places beyond those that the line's money reaches for are paid from the sum.
                each, beyond = (
                    line.amount / self.unit,
                    (line.funded - before * line.amount) / self.unit,
                )
                mip.at_most([(gained, each), (pays, -1.0)], beyond)
            else:
                mip.at_most([(gained, 1.0), (closes, -float(course.seats - before))])

    def answer(self, until: float, nodes: int) -> bool:
        """Aim after aim; whether the answer is proven to be the best."""
        aims: list[Terms] = [
            self._whole, [(column, -1.0) for column in self.gained.values()],
            [(column, -1.0) for column in self.closes.values()], self._pays,
        ]  # fmt: skip
        reached = [self.mip.smallest(aim, until, nodes) for aim in aims]
        return all(aim is not None and aim.value == aim.bound for aim in reached)

    def paid(self, course: OpenCourse) -> Paid:
        """What was chosen for a course, counted in whole cents."""
        before = course.funded_seats()
        found = self.mip.found
        after = before + (round(found[self.gained[course.key]]) if found else 0)
        lines, completed = [], []
        for line in course.lines:
            closes = self.closes.get((course.key, line.line))
            if closes is None:
                continue
            amount = max(line.amount * after - line.funded, 0) if line.per_place else 0
            if after == before:
                amount = 0
            if found and round(found[closes]):
                amount = course.gap(line)
            if amount:
                lines.append((line.line, amount))
            if amount == course.gap(line):
                completed.append(line.line)
        is_whole = len(completed) == sum(bool(course.gap(line)) for line in course.lines)
        return Paid(course.key, tuple(lines), tuple(completed), is_whole, before, after,
                    course.seats - after + course.waiting)  # fmt: skip


def _refuse_nonsense(courses: tuple[OpenCourse, ...], offered: Sum) -> None:
    numbers = [offered.amount]
    for course in courses:
        numbers += [course.seats, course.waiting]
        numbers += [n for line in course.lines for n in (line.amount, line.funded)]
    if any(type(number) is not int or number < 0 for number in numbers):
        raise BadWorld("amounts are whole cents and places whole numbers, none below zero")
    if len({course.key for course in courses}) < len(courses):
        raise BadWorld("a course stands there twice")
