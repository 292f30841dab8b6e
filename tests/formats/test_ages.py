"""Is an age never said that is not certain, whatever is known of the two days?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.ages import BANDS, ages, band_of, days_of, is_minor, years_between, years_of

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
CUTS = st.sampled_from([4, 7, 10])


def test_every_age_is_in_one_group_and_one_ends_before_eighteen() -> None:
    assert all(sum(first <= age <= last for _, first, last in BANDS) == 1 for age in range(121))
    assert years_of("15-17") == (15, 17)
    assert years_of("UNK") is None


@pytest.mark.parametrize(
    ("birth", "on", "span"),
    [
        ("1991-05-24", "2004-05-23", (12, 12)),
        ("1991-05-24", "2004-05-24", (13, 13)),
        ("1991-05", "2004-05", (12, 13)),
        ("1991", "2004-05-24", (12, 13)),
        ("1986", "2004", (17, 18)),
        ("1988-02-29", "2001-02-28", (12, 12)),
        ("1988-02-29", "2001-03-01", (13, 13)),
        ("2004", "2004-01", (0, 0)),
        ("2005", "2004", None),
        (None, "2004", None),
        ("1991", None, None),
    ],
)
def test_an_age_is_as_certain_as_the_two_days(
    birth: str | None, on: str | None, span: tuple[int, int] | None
) -> None:
    assert ages(birth, on) == span


@pytest.mark.parametrize(
    ("birth", "on", "known"),
    [
        ("1986-05-24", "2004-05-23", True),
        ("1986-05-24", "2004-05-24", False),
        ("1986-05", "2004-05", None),
        ("1987", "2004", True),
        ("1986", "2004", None),
        ("1985", "2004", False),
    ],
)
def test_whether_somebody_is_a_minor_is_said_only_for_certain(
    birth: str, on: str, known: bool | None
) -> None:
    assert is_minor(ages(birth, on)) is known


@given(birth=DAYS, lived=st.integers(0, 365 * 120), of_birth=CUTS, of_day=CUTS)
def test_knowing_less_never_says_another_age(
    birth: date, lived: int, of_birth: int, of_day: int
) -> None:
    day = birth + timedelta(days=lived)
    age = years_between(birth, day)
    span = ages(birth.isoformat()[:of_birth], day.isoformat()[:of_day])
    assert span is not None
    assert span[0] <= age <= span[1]
    assert span[1] - span[0] <= 2
    assert is_minor(span) in (None, age < 18)
    assert band_of(span) in (None, band_of((age, age)))


@given(day=DAYS, cut=CUTS)
def test_a_partial_date_is_every_day_it_may_be(day: date, cut: int) -> None:
    first, last = days_of(day.isoformat()[:cut])
    assert first <= day <= last
    assert {each.isoformat()[:cut] for each in (first, last)} == {day.isoformat()[:cut]}
