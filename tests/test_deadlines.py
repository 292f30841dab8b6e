"""Does a period end when it was said to end, on the clocks of the place that was named?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.deadlines import closes_at, next_working_day

ZONES = ("America/Panama", "America/Tegucigalpa", "America/New_York", "America/Mexico_City",
         "America/St_Johns", "America/Los_Angeles")  # fmt: skip
anchors = st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC))
counts = st.integers(0, 400)
zones = st.sampled_from(ZONES)
holidays = st.frozensets(st.dates(date(1990, 1, 1), date(2052, 1, 1)), max_size=20)


def last_day(instant: datetime, zone: str) -> date:
    there = instant.astimezone(ZoneInfo(zone))
    assert there.time() == time(23, 59, 59)
    return there.date()


@given(anchor=anchors, days=counts, zone=zones)
def test_calendar_days_are_counted_on_the_calendar_of_the_place(
    anchor: datetime, days: int, zone: str
) -> None:
    end = last_day(closes_at(anchor, days, "calendar", zone), zone)
    assert end - anchor.astimezone(ZoneInfo(zone)).date() == timedelta(days=days)


@given(anchor=anchors, days=st.integers(1, 60), zone=zones, off=holidays)
def test_working_days_leave_out_weekends_and_holidays_and_nothing_else(
    anchor: datetime, days: int, zone: str, off: frozenset[date]
) -> None:
    end = last_day(closes_at(anchor, days, "working", zone, off), zone)
    day, worked = anchor.astimezone(ZoneInfo(zone)).date(), 0
    while day < end:
        day += timedelta(days=1)
        worked += day.weekday() < 5 and day not in off
    assert worked == days
    assert end.weekday() < 5
    assert end not in off


@given(anchor=anchors, days=st.integers(0, 60), zone=zones, kind=st.sampled_from(
    ["calendar", "working"]))  # fmt: skip
def test_one_day_more_never_ends_sooner(anchor: datetime, days: int, zone: str, kind) -> None:
    assert closes_at(anchor, days, kind, zone) < closes_at(anchor, days + 1, kind, zone)


@given(day=st.dates(date(1990, 1, 1), date(2050, 1, 1)), off=holidays)
def test_the_next_working_day_is_the_first_one_after(day: date, off: frozenset[date]) -> None:
    found = next_working_day(day, off)
    assert found > day
    assert found.weekday() < 5
    assert found not in off
    between = (day + timedelta(days=n) for n in range(1, (found - day).days))
    assert all(one.weekday() >= 5 or one in off for one in between)


def test_fourteen_days_are_not_fifteen() -> None:
    anchor = datetime(2004, 5, 17, 15, 0, tzinfo=UTC)
    fourteen = closes_at(anchor, 14, "calendar", "America/Panama")
    fifteen = closes_at(anchor, 15, "calendar", "America/Panama")
    assert fourteen == datetime(2004, 6, 1, 4, 59, 59, tzinfo=UTC)
    assert fifteen - fourteen == timedelta(days=1)


def test_the_day_of_the_anchor_is_the_place_s_own() -> None:
    late_evening = datetime(2004, 5, 25, 3, 0, tzinfo=UTC)  # still 24 May in Panama
    assert last_day(closes_at(late_evening, 5, "working", "America/Panama"), "America/Panama") == (
        date(2004, 5, 31)
    )


def test_a_day_on_which_clocks_change_is_still_one_day() -> None:
    anchor = datetime(2004, 4, 3, 17, 0, tzinfo=UTC)
    first = closes_at(anchor, 0, "calendar", "America/New_York")
    second = closes_at(anchor, 1, "calendar", "America/New_York")
    assert second - first == timedelta(hours=23)


@pytest.mark.parametrize("kind", ["calendar", "working"])
def test_a_period_cannot_be_negative(kind) -> None:
    with pytest.raises(ValueError, match="negative"):
        closes_at(datetime(2004, 5, 17, tzinfo=UTC), -1, kind, "America/Panama")
