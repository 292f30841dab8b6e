"""Is a report as of the day that was meant, and is anything else refused in plain words?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.reports import moments
from app.web.errors import Refusal
from tests.calls.settled import MORNING

ZONES = ("America/Panama", "America/Tegucigalpa", "America/Toronto", "America/Mexico_City")


@given(
    day=st.dates(min_value=date(1990, 1, 1), max_value=MORNING.date() - timedelta(days=1)),
    zone=st.sampled_from(ZONES),
)
def test_a_day_of_the_past_is_meant_to_its_last_moment_where_the_call_is(
    day: date, zone: str
) -> None:
    with clock.stopped_at(MORNING):
        found = moments.end_of_day(day.isoformat(), zone, "es_HN")
    assert found.astimezone(ZoneInfo(zone)).date() == day
    assert (found + timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date() > day


def test_today_is_meant_as_it_stands_now() -> None:
    with clock.stopped_at(MORNING):
        assert moments.end_of_day("24/05/2004", "America/Panama", "es_HN") == MORNING


def test_the_day_is_the_one_the_call_has_and_not_that_of_greenwich() -> None:
    late = datetime(2004, 5, 25, 3, 0, tzinfo=UTC)  # still 24 May in Panama
    with clock.stopped_at(late):
        assert moments.end_of_day("24 de mayo de 2004", "America/Panama", "es_PA") == late
        with pytest.raises(Refusal):
            moments.end_of_day("25 de mayo de 2004", "America/Panama", "es_PA")


@pytest.mark.parametrize(
    "typed", ["", "ayer", "40/05/2004", "2004-02-30", "24/05/04", "0000-01-01", "9999-12-31", "1e9"]
)
def test_what_is_no_day_of_the_past_is_refused_at_its_place(typed: str) -> None:
    with clock.stopped_at(MORNING), pytest.raises(Refusal) as refused:
        moments.end_of_day(typed, "America/Panama", "es_HN")
    assert (refused.value.field, refused.value.status) == ("on", 422)


@given(st.datetimes(max_value=datetime(2004, 5, 1), timezones=st.just(UTC)))
def test_a_moment_in_an_address_comes_back_exactly(moment: datetime) -> None:
    with clock.stopped_at(MORNING):
        assert moments.exact(moments.in_address(moment)) == moment


@pytest.mark.parametrize(
    "text",
    [
        "x", "Z", "2004-05-24", "2004-05-24T09:00:00", "2004-05-24T09:00:00+00:00",
        "2004-05-24T25:00:00Z", "2099-01-01T00:00:00Z", "2004-05-24T14:00:00.000001Z", "\0Z",
    ],
)  # fmt: skip
def test_an_address_that_names_no_moment_of_the_past_is_refused(text: str) -> None:
    with clock.stopped_at(MORNING), pytest.raises(Refusal):
        moments.exact(text)


@given(st.text(max_size=30))
def test_no_text_makes_it_fall(text: str) -> None:
    with clock.stopped_at(MORNING):
        for read in (moments.exact, lambda t: moments.end_of_day(t, "America/Panama", "es_HN")):
            try:
                assert read(text) <= MORNING
            except Refusal:
                continue


def test_a_moment_is_told_with_the_place_whose_clocks_show_it() -> None:
    assert moments.told(MORNING, "America/Panama", "es_419") == "24 de mayo de 2004, 09:00 (Panamá)"
    assert moments.told(MORNING, "America/Tegucigalpa", "en") == "24 May 2004, 08:00 (Tegucigalpa)"


def test_a_day_in_an_address_is_meant_to_its_end_on_the_clocks_of_the_call() -> None:
    with clock.stopped_at(MORNING):
        found = moments.in_past("2004-05-20", "America/Panama", "es_PA")
        assert found == moments.end_of_day("20 de mayo de 2004", "America/Panama", "es_PA")
        assert moments.in_past(moments.in_address(found), "America/Panama", "es_PA") == found
        for nonsense in ("2004-02-30", "2999-01-01", "20/05/2004", "x"):
            with pytest.raises(Refusal):
                moments.in_past(nonsense, "America/Panama", "es_PA")


def test_an_hour_is_meant_on_the_clocks_of_the_call() -> None:
    with clock.stopped_at(MORNING):
        found = moments.typed("20/05/2004", "6 p.m.", "America/Panama", "es_PA")
        assert found == datetime(2004, 5, 20, 23, 0, tzinfo=UTC)
        assert moments.typed("20/05/2004", "", "America/Panama", "es_PA") == moments.end_of_day(
            "20/05/2004", "America/Panama", "es_PA"
        )


@pytest.mark.parametrize(
    ("day", "hour", "field"),
    [
        ("", "18:00", "on"), ("ayer", "18:00", "on"), ("20/05/2004", "25:00", "at"),
        ("20/05/2004", "pronto", "at"), ("24/05/2004", "09:01", "at"), ("04/04/2004", "02:30", "at"),
    ],
)  # fmt: skip
def test_what_is_no_moment_of_the_past_is_refused_at_its_place(
    day: str, hour: str, field: str
) -> None:
    with clock.stopped_at(MORNING):
        for fields in (moments.AS_OF, moments.SINCE):
            zone = "America/Mexico_City" if day.startswith("04/04") else "America/Panama"
            with pytest.raises(Refusal) as refused:
                moments.typed(day, hour, zone, "es_PA", fields)
            expected = fields.day if field == "on" else fields.hour
            assert (refused.value.field, refused.value.status) == (expected, 422)


def test_of_an_hour_that_clocks_show_twice_the_later_one_is_meant() -> None:
    found = moments.typed("31/10/2004", "01:30", "America/Mexico_City", "es_MX")
    assert found == datetime(2004, 10, 31, 7, 30, tzinfo=UTC)
