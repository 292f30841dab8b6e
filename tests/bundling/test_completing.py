"""Does a sum complete what it completes best, to the cent?"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bundling.completing import Completed, OpenCourse, OpenLine, Sum, complete
from app.bundling.world import BadWorld

LINES = ("materials", "trainers_travel", "participants_travel", "participants_food")
DAY = date(2004, 8, 2)


def chance_course(chance: random.Random, key: str) -> OpenCourse:
    seats = chance.randint(1, 4)
    lines = []
    for name in chance.sample(LINES, chance.randint(1, 3)):
        per_place = name.startswith("participants")
        amount = chance.choice((0, 3, 10, 33))
        cost = amount * seats if per_place else amount
        lines.append(
            OpenLine(name, amount, chance.choice((0, 0, cost // 2, cost, cost + 5)), per_place)
        )
    return OpenCourse(
        key, tuple(lines), seats, chance.randint(0, 3), chance.choice((None, DAY, date(2004, 9, 1))),
        chance.choice((frozenset(), frozenset({"T1"}), frozenset({"T2"}))),
        chance.choice((frozenset({"a"}), frozenset({"a", "b"}))),
    )  # fmt: skip


def chance_sum(chance: random.Random) -> Sum:
    return Sum(
        chance.choice((0, 5, 20, 50, 99, 200, 10**6)),
        frozenset(chance.sample(LINES, 3)) if chance.random() < 0.3 else frozenset(),
        frozenset({"T1"}) if chance.random() < 0.3 else frozenset(),
        frozenset({"a"}) if chance.random() < 0.3 else frozenset(),
        DAY if chance.random() < 0.2 else None,
    )


def best(courses: tuple[OpenCourse, ...], offered: Sum) -> tuple[int, int, int, int]:
    """Every number of places and every set of lines to close, of each course, is tried."""
    totals = {(0, 0, 0, 0)}
    for course in courses:
        if any(course.gap(line) for line in course.lines):
            ways = _ways(course, offered)
            totals = {
                (one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] - other[3])
                for one in totals for other in ways if other[3] - one[3] <= offered.amount
            }  # fmt: skip
    return max(totals)


def _ways(course: OpenCourse, offered: Sum) -> set[tuple[int, int, int, int]]:
    ways = set()
    before = course.funded_seats()
    missing = [line for line in course.lines if course.gap(line)]
    for seats, closed in product(range(before, course.seats + 1),
                                 product((False, True), repeat=len(missing))):  # fmt: skip
        spent, is_possible = 0, True
        for line, closes in zip(missing, closed, strict=True):
            amount = course.gap(line) if closes else 0
            if seats > before and not closes:
                if line.per_place:
                    amount = max(line.amount * seats - line.funded, 0)
                else:
                    is_possible = False
            is_possible &= not amount or offered.may_pay(course, line)
            spent += amount
        if is_possible:
            ways.add((course.seats * all(closed), seats - before, sum(closed), spent))
    return ways


@given(st.integers(0, 10**6))
def test_it_is_what_trying_everything_finds(seed: int) -> None:
    chance = random.Random(seed)
    courses = tuple(chance_course(chance, key) for key in "abc"[: chance.randint(1, 3)])
    offered = chance_sum(chance)
    done = complete(courses, offered)
    assert done.is_proven
    assert done.score == best(courses, offered)
    assert_in_order(done, courses, offered)


def assert_in_order(done: Completed, courses: tuple[OpenCourse, ...], offered: Sum) -> None:
    by_key = {course.key: course for course in courses}
    spent = 0
    for each in (*done.courses, *done.untouched):
        course = by_key[each.course]
        lines = {line.line: line for line in course.lines}
        for name, amount in each.lines:
            assert offered.may_pay(course, lines[name])
            assert 0 < amount <= course.gap(lines[name])
            spent += amount
        funded = replace(course, lines=tuple(
            replace(line, funded=line.funded + dict(each.lines).get(line.line, 0)) for line in course.lines
        ))  # fmt: skip
        assert min(funded.funded_seats(), course.seats) >= each.seats_after
        assert each.is_whole == (not funded.is_open)
        assert each.unserved == course.seats - each.seats_after + course.waiting
    assert done.left_over == offered.amount - spent >= 0


FOOD = OpenLine("participants_food", 100_00, 0, per_place=True)
COURSE = OpenCourse("r1", (OpenLine("materials", 1_000_00), FOOD), 10, waiting=4)


def test_40_000_complete_a_whole_course_and_the_rest_stays() -> None:
    done = complete((COURSE,), Sum(40_000_00))
    [paid] = done.courses
    assert paid.is_whole
    assert dict(paid.lines) == {"materials": 1_000_00, "participants_food": 1_000_00}
    assert (paid.seats_before, paid.seats_after, paid.unserved) == (0, 10, 4)
    assert done.left_over == 38_000_00


def test_a_cent_too_little_for_the_whole_course_gains_all_places_but_one() -> None:
    done = complete((COURSE,), Sum(1_999_99))
    [paid] = done.courses
    assert (paid.is_whole, paid.seats_after, paid.unserved) == (False, 9, 5)
    assert done.left_over == 99_99


def test_two_small_courses_with_more_places_come_before_a_large_one() -> None:
    small = [replace(COURSE, key=key, seats=8) for key in ("r2", "r3")]
    large = replace(COURSE, key="r4", seats=15)
    done = complete((*small, large), Sum(3_600_00))
    assert [each.course for each in done.courses if each.is_whole] == ["r2", "r3"]


def test_what_it_may_not_pay_keeps_it_from_completing_and_lines_are_all_it_gains() -> None:
    done = complete((COURSE,), Sum(40_000_00, lines=frozenset({"participants_food"})))
    [paid] = done.courses
    assert (paid.completed, paid.seats_after) == (("participants_food",), 0)


@pytest.mark.parametrize("offered", [
    Sum(10**9, themes=frozenset({"T2"})),
    Sum(10**9, countries=frozenset({"a"})),
    Sum(10**9, spend_by=date(2004, 8, 1)),
])  # fmt: skip
def test_a_course_outside_its_conditions_is_left_as_it_is(offered: Sum) -> None:
    course = replace(COURSE, themes=frozenset({"T1"}), countries=frozenset({"a", "b"}), last=DAY)
    done = complete((course,), offered)
    assert done.courses == ()
    assert [each.unserved for each in done.untouched] == [14]
    assert done.left_over == offered.amount


def test_amounts_that_are_none_are_refused() -> None:
    for courses, offered in (
        ((COURSE,), Sum(-1)), ((COURSE, COURSE), Sum(1)), ((replace(COURSE, seats=-1),), Sum(1)),
    ):  # fmt: skip
        with pytest.raises(BadWorld):
            complete(courses, offered)
