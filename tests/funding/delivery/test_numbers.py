"""Do the totals of a course agree, whichever way they are added up?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.funding.delivery.numbers import NOBODY, People, Turnout, add_up, average_of

FEW = st.integers(0, 40)
PEOPLE = st.builds(People, FEW, FEW, FEW)


@st.composite
def turnouts(draw: st.DrawFn) -> Turnout:
    came = draw(st.none() | PEOPLE)
    finished = came and People(*(draw(st.integers(0, getattr(came, sex)))
                                 for sex in ("women", "men", "not_stated")))  # fmt: skip
    seats = (came.total if came else 0) + draw(FEW)
    return Turnout("x", "X", "XX", seats, draw(st.none() | PEOPLE), came, finished)


@given(st.lists(turnouts(), max_size=12))
def test_totals_by_country_sex_and_course_agree(rows: list[Turnout]) -> None:
    totals = add_up(rows)
    assert totals.came.total == sum((row.came or NOBODY).total for row in rows)
    assert totals.came.total == totals.came.women + totals.came.men + totals.came.not_stated
    assert totals.dropped == sum((row.dropped for row in rows), NOBODY)
    assert totals.came.total == totals.finished.total + totals.dropped.total
    recorded = [row for row in rows if row.is_recorded]
    assert sum(row.seats for row in recorded) == totals.came.total + sum(
        row.unused for row in recorded
    )


@given(st.lists(turnouts(), max_size=12))
def test_the_order_of_the_rows_makes_no_difference(rows: list[Turnout]) -> None:
    assert add_up(rows) == add_up(reversed(rows))


@given(PEOPLE, PEOPLE)
def test_within_means_that_no_number_goes_beyond(some: People, others: People) -> None:
    assert some.within(some + others)
    is_within = (
        some.women <= others.women and some.men <= others.men
        and some.not_stated <= others.not_stated
    )  # fmt: skip
    assert some.within(others) == is_within


@given(st.lists(st.integers(0, 99), min_size=5, max_size=5))
def test_an_average_is_counted_from_the_scores(counts: list[int]) -> None:
    answers, scores = average_of(counts)
    assert answers == sum(counts)
    assert answers <= scores <= 5 * answers


def test_a_course_without_seats_is_never_complete() -> None:
    assert not add_up([]).is_complete
    assert not add_up([Turnout("x", "X", "XX", 5)]).is_complete
    assert add_up([Turnout("x", "X", "XX", 5, None, NOBODY, NOBODY)]).is_complete
