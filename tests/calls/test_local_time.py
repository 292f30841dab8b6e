"""Does a day and an hour on the clocks of a place mean one instant, and is it said when it does not?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.accounts.zones import COUNTRY_OF
from app.calls.local_time import SkippedTime, instant_of, parts_of
from app.formats.countries import MEMBERS

days = st.dates(date(1980, 1, 1), date(2060, 1, 1))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
zones = st.sampled_from(sorted(COUNTRY_OF))


def test_every_member_has_a_zone_and_every_zone_is_known() -> None:
    assert set(COUNTRY_OF.values()) == set(MEMBERS)
    assert set(COUNTRY_OF) <= available_timezones()


@given(day=days, at=times, zone=zones, later=st.booleans())
@example(day=date(2004, 4, 4), at=time(2, 30), zone="America/New_York", later=False)
@example(day=date(2004, 10, 31), at=time(1, 30), zone="America/New_York", later=True)
@example(day=date(2006, 4, 30), at=time(0, 30), zone="America/Guatemala", later=True)
@example(day=date(2006, 5, 7), at=time(0, 0), zone="America/Tegucigalpa", later=True)
def test_what_was_written_is_what_the_clocks_show_at_the_instant_that_is_meant(
    day: date, at: time, zone: str, later: bool
) -> None:
    found = shown_times(day, at, zone)
    if not found:
        with pytest.raises(SkippedTime) as skipped:
            instant_of(day, at, zone, later=later)
        assert skipped.value.instead > at
        assert shown_times(day, skipped.value.instead, zone)
        return
    meant = instant_of(day, at, zone, later=later)
    assert meant.instant in found
    assert meant.is_repeated == (len(found) == 2)
    assert meant.instant == (max(found) if later else min(found))
    assert parts_of(meant.instant, zone) == (day, at)


def shown_times(day: date, at: time, zone: str) -> set[datetime]:
    """Every instant of the days around at which the clocks show this: by looking at all of them."""
    there, wanted = ZoneInfo(zone), datetime.combine(day, at)
    offsets = {
        (datetime.combine(day, time(), UTC) + timedelta(hours=hours)).astimezone(there).utcoffset()
        for hours in range(-30, 60)
    }
    instants = {(wanted - offset).replace(tzinfo=UTC) for offset in offsets if offset is not None}
    return {one for one in instants if one.astimezone(there).replace(tzinfo=None) == wanted}


@pytest.mark.parametrize(
    ("day", "at", "zone", "instead"),
    [
        (date(2004, 4, 4), time(2, 30), "America/New_York", time(3, 30)),
        (date(2006, 4, 30), time(0, 0), "America/Guatemala", time(1, 0)),
    ],
)
def test_a_time_over_which_clocks_are_put_forward_names_the_one_they_showed_instead(
    day: date, at: time, zone: str, instead: time
) -> None:
    with pytest.raises(SkippedTime) as skipped:
        instant_of(day, at, zone, later=True)
    assert skipped.value.instead == instead


def test_a_time_that_clocks_show_twice_is_taken_as_the_caller_wants() -> None:
    first = instant_of(date(2004, 10, 31), time(1, 30), "America/New_York", later=False)
    second = instant_of(date(2004, 10, 31), time(1, 30), "America/New_York", later=True)
    assert second.instant - first.instant == timedelta(hours=1)
    assert first.is_repeated
    assert second.is_repeated
