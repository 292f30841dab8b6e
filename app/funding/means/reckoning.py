"""What does a sum complete of these courses, and who stays unserved?

The solver sees places and lines by key alone. It is told of no country: whether those of a course meet
a sponsor's condition about countries, the Secretariat looks at when an offer is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from app import money
from app.bundling.completing import Completed, OpenCourse, OpenLine, Paid, Sum, complete
from app.funding.means.asking import Means
from app.funding.means.queries import Fundable

NODES, SECONDS = 500, 30
"""How far is looked for something better: steps of the search, which come out alike whenever it is asked, so
that the page and its justification agree; the seconds only guard against a machine that stands still. With
200 courses the best was found, and proven, before the first step and within two seconds."""
REMEMBERED = 64
"""Answers that a process keeps, so that the justification of a page is not reckoned anew."""
NO_LINE, NO_DATES, TOO_LATE = "no-line", "no-dates", "too-late"
OTHER_THEME, NOT_ENOUGH = "other-theme", "not-enough"


@dataclass(frozen=True)
class Helped:
    """A course to which the sum gives something."""

    course: Fundable
    lines: tuple[tuple[str, Decimal], ...]
    """(cost line, US dollars)"""
    completed: tuple[str, ...]
    is_whole: bool
    seats_before: int
    seats_after: int
    unserved: int

    @property
    def amount(self) -> Decimal:
        return money.total(amount for _, amount in self.lines)

    @property
    def gained(self) -> int:
        return self.seats_after - self.seats_before

    @property
    def covered(self) -> Decimal:
        """What was covered before, by whatever others confirmed or promised."""
        return money.total((self.course.standing.funded, self.course.standing.promised))

    @property
    def left(self) -> Decimal:
        """What would still be missing of the course."""
        return money.missing(self.course.standing.missing, self.amount)


@dataclass(frozen=True)
class Untouched:
    """A course to which the sum gives nothing, and why."""

    course: Fundable
    because: str
    unserved: int


@dataclass(frozen=True)
class Answer:
    """What a sum does in all."""

    means: Means
    helped: tuple[Helped, ...]
    untouched: tuple[Untouched, ...]
    left_over: Decimal
    unserved: int
    """Who asked for a seat in the courses, each counted once, and would have no funded one."""
    is_proven: bool

    @property
    def spent(self) -> Decimal:
        return money.total(each.amount for each in self.helped)

    @property
    def covered(self) -> Decimal:
        return money.total(each.covered for each in self.helped)

    @property
    def left(self) -> Decimal:
        """What would still be missing of the courses that it helps."""
        return money.total(each.left for each in self.helped)

    @property
    def whole(self) -> int:
        return sum(each.is_whole for each in self.helped)

    @property
    def gained(self) -> int:
        return sum(each.gained for each in self.helped)

    @property
    def for_seats(self) -> Decimal:
        """What is spent on the courses that gain seats."""
        return money.total(each.amount for each in self.helped if each.gained)


def answer(means: Means, courses: Sequence[Fundable]) -> Answer:
    """What the sum completes best, exactly."""
    offered = Sum(
        amount=_whole_cents(means.usd), lines=frozenset(means.lines),
        themes=frozenset(means.themes), spend_by=means.spend_by,
    )  # fmt: skip
    by_key = {each.course_id: each for each in courses}
    opened = {key: _open(each) for key, each in by_key.items()}
    done = _best(tuple(opened.values()), offered)
    helped = tuple(_helped(by_key[paid.course], paid) for paid in done.courses)
    return Answer(
        means=means, helped=tuple(sorted(helped, key=_first)), is_proven=done.is_proven,
        untouched=tuple(
            Untouched(by_key[paid.course], _because(opened[paid.course], offered), paid.unserved)
            for paid in done.untouched
        ),
        left_over=_dollars(done.left_over),
        unserved=_unserved(courses, (*done.courses, *done.untouched)),
    )  # fmt: skip


def _unserved(courses: Sequence[Fundable], paid: Iterable[Paid]) -> int:
    """A need may have seats in several courses: its participants are counted once over all of them.

    No need has more seats than it asks for, over all courses, so each funded seat serves somebody else.
    """
    asked: dict[str, int] = {}
    for each in courses:
        for need, count in each.content["asked"].items():
            asked[need] = max(asked.get(need, 0), count)
    funded = {each.course_id: int(each.content["seats"]) for each in courses}
    funded |= {each.course: each.seats_after for each in paid}  # of the rest nothing is missing
    return max(sum(asked.values()) - sum(funded.values()), 0)


@lru_cache(REMEMBERED)
def _best(courses: tuple[OpenCourse, ...], offered: Sum) -> Completed:
    """What follows from these figures alone, whoever asks."""
    return complete(courses, offered, seconds=SECONDS, nodes=NODES)


def _first(each: Helped) -> tuple[bool, int, Decimal, str]:
    """Whole courses first, then those that gain most places, then those that take most."""
    return not each.is_whole, -each.gained, -each.amount, each.course.content["reference"]


def _open(each: Fundable) -> OpenCourse:
    content, seats = each.content, each.content["seats"]
    ends = content["ends_on"] or content["starts_on"]
    return OpenCourse(
        key=each.course_id, lines=tuple(_lines(each, seats)), seats=seats,
        waiting=content["waiting"], last=date.fromisoformat(ends) if ends else None,
        themes=frozenset(content["themes"]),
    )  # fmt: skip


def _lines(each: Fundable, seats: int) -> Iterator[OpenLine]:
    """What is promised by others counts as covered: nothing can be offered beyond it."""
    for line in each.standing.lines:
        cost, covered = _whole_cents(line.cost), _whole_cents(line.funded + line.promised)
        # A sheet may be older than the costs; a cost that the places do not divide is one of the whole.
        per_place = line.line in each.content["each"] and seats > 0 and cost % seats == 0
        yield OpenLine(line.line, cost // seats if per_place else cost, covered, per_place)


def _helped(course: Fundable, paid: Paid) -> Helped:
    return Helped(
        course=course, lines=tuple((line, _dollars(amount)) for line, amount in paid.lines),
        completed=paid.completed, is_whole=paid.is_whole, seats_before=paid.seats_before,
        seats_after=paid.seats_after, unserved=paid.unserved,
    )  # fmt: skip


def _because(course: OpenCourse, offered: Sum) -> str:
    """Why a course gets nothing: the first condition that it does not meet, else the sum itself."""
    if offered.spend_by is not None and course.last is None:
        return NO_DATES
    if offered.spend_by is not None and course.last is not None and course.last > offered.spend_by:
        return TOO_LATE
    if offered.themes and course.themes and not offered.themes & course.themes:
        return OTHER_THEME
    if not any(course.gap(line) and offered.may_pay(course, line) for line in course.lines):
        return NO_LINE
    return NOT_ENOUGH


def _whole_cents(amount: Decimal) -> int:
    return int(money.cents(amount).scaleb(2))


def _dollars(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
