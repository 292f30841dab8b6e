"""Is what the clock did to a call written down once, told once, and reminded of in time?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.audit.models import AuditEvent
from app.calls import actions, by_the_clock, following
from app.calls.models import Call, CallContact
from app.extensions import db
from app.outbox import kinds, letters
from app.outbox.conditions import is_still_due
from app.outbox.models import OutboxMessage
from tests.calls.settled import MORNING, Settled, dossier, terms

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def call_id(settled: Settled, stored: Callable) -> str:
    """Announced; it opens in a day and closes nine days after."""

    def announce() -> str:
        call = actions.create(settled["st"], terms(settled, closes_at=MORNING + 10 * DAY))
        actions.schedule(settled["st"], call, revision=1)
        return call.id

    return stored(announce)


@pytest.fixture
def announced(settled: Settled, stored: Callable) -> Callable[..., None]:
    """Announces another call."""

    def announce(**changes: Any) -> None:
        call = actions.create(settled["st"], terms(settled, code="2005", **changes))
        actions.schedule(settled["st"], call, revision=1)

    return lambda **changes: stored(lambda: announce(**changes))


@pytest.fixture
def at(app: Flask, stored: Callable) -> Callable[[datetime], dict[str, Any]]:
    """Lets the job come round at an instant; what is known of calls and mail afterwards."""

    def come_round(instant: datetime) -> dict[str, Any]:
        with clock.stopped_at(instant):
            with app.app_context():
                by_the_clock.keep_up()
            return stored(read)

    return come_round


def read() -> dict[str, Any]:
    letters = db.session.execute(db.select(OutboxMessage.kind, OutboxMessage.params)).all()
    kinds = [letter.kind for letter in letters]
    return {
        "states": db.session.execute(db.select(Call.state, Call.revision)).all(),
        "opened": kinds.count("call-opened"),
        "reminders": kinds.count("call-reminder"),
        "named": [len(one.params["calls"]) for one in letters if one.kind == "call-reminder"],
        "events": db.session.execute(
            db.select(AuditEvent.kind).order_by(AuditEvent.seq)
        ).scalars().all(),
        "by": db.session.execute(db.select(CallContact.by)).scalars().all(),
    }  # fmt: skip


def test_before_its_hour_nothing_happens(call_id: str, at: Callable) -> None:
    assert at(MORNING + DAY - HOUR) == at(MORNING)
    assert at(MORNING)["states"] == [("scheduled", 2)]


def test_a_call_that_the_clock_opened_is_written_down_and_told_once(
    call_id: str, at: Callable
) -> None:
    first = at(MORNING + DAY)
    assert first["states"] == [("open", 3)]
    assert (first["opened"], first["events"]) == (2, ["call-opened"])
    assert at(MORNING + DAY + HOUR) == first


def test_a_call_that_the_clock_closed_is_written_down(call_id: str, at: Callable) -> None:
    at(MORNING + DAY)
    after = at(MORNING + 11 * DAY)
    assert after["states"] == [("closed", 4)]
    assert after["events"] == ["call-opened", "call-closed"]


def test_a_call_that_was_missed_altogether_is_closed_and_nobody_is_told_that_it_opened(
    call_id: str, at: Callable
) -> None:
    after = at(MORNING + 20 * DAY)
    assert (after["states"], after["opened"], after["reminders"]) == ([("closed", 3)], 0, 0)


def test_those_without_a_submission_are_reminded_a_week_and_a_day_before_the_close(
    settled: Settled, stored: Callable, call_id: str, at: Callable
) -> None:
    at(MORNING + DAY)
    stored(lambda: dossier(call_id, settled["hn"], state="submitted", is_submitted=True))
    assert at(MORNING + 3 * DAY - HOUR)["reminders"] == 0
    week_before = at(MORNING + 3 * DAY)
    assert (week_before["reminders"], week_before["by"]) == (1, [None])
    assert at(MORNING + 3 * DAY + 12 * HOUR) == week_before
    assert at(MORNING + 5 * DAY) == week_before
    assert at(MORNING + 9 * DAY)["reminders"] == 2
    assert at(MORNING + 9 * DAY + HOUR)["reminders"] == 2


def test_a_country_that_an_officer_has_just_reminded_is_left_in_peace(
    settled: Settled, stored: Callable, call_id: str, at: Callable
) -> None:
    at(MORNING + DAY)

    def remind() -> None:
        with clock.stopped_at(MORNING + 3 * DAY - 2 * HOUR):
            from app.calls import following

            following.remind(settled["st"], db.session.get_one(Call, call_id))

    stored(remind)
    assert at(MORNING + 3 * DAY)["reminders"] == 2
    assert at(MORNING + 3 * DAY + 23 * HOUR)["reminders"] == 2


@pytest.mark.parametrize(
    ("apart", "letters"),
    [(0 * HOUR, [2]), (19 * HOUR, [2]), (21 * HOUR, [1, 1]), (5 * DAY, [1, 1])],
)
def test_calls_that_close_together_are_one_letter_and_each_is_reminded_of_once(
    settled: Settled, call_id: str, announced: Callable, at: Callable, apart: timedelta,
    letters: list[int],
) -> None:  # fmt: skip
    announced(closes_at=MORNING + 10 * DAY + apart)
    at(MORNING + DAY)
    for hours in range(12 * 24):
        found = at(MORNING + 3 * DAY + hours * HOUR)
    countries, times = 2, 2
    assert sorted(found["named"]) == sorted(letters * countries * times)


def test_whoever_has_submitted_to_one_call_is_reminded_of_the_other_alone(
    settled: Settled, stored: Callable, call_id: str, announced: Callable, at: Callable
) -> None:
    announced(closes_at=MORNING + 10 * DAY + HOUR)
    at(MORNING + DAY)
    stored(lambda: dossier(call_id, settled["hn"], state="submitted", is_submitted=True))
    assert at(MORNING + 3 * DAY)["named"] == [2]
    assert sorted(at(MORNING + 3 * DAY + HOUR)["named"]) == [1, 2]


def test_a_delegation_with_late_permission_is_reminded_before_that_ends(
    settled: Settled, stored: Callable, call_id: str, at: Callable
) -> None:
    at(MORNING + DAY)
    closes = MORNING + 10 * DAY
    assert at(closes - DAY)["reminders"] == 2

    def permit() -> None:
        with clock.stopped_at(closes + HOUR):
            following.allow_late(settled["st"], db.session.get_one(Call, call_id), reason="Asked.",
                                 organisation_id=settled.id("hn"), until=closes + 4 * DAY)  # fmt: skip

    stored(permit)
    assert at(closes + 2 * DAY)["reminders"] == 2
    assert at(closes + 3 * DAY)["reminders"] == 3
    assert at(closes + 3 * DAY + HOUR)["reminders"] == 3
    params = {"calls": [call_id], "organisation": settled.id("hn")}
    person = SimpleNamespace(id="x", name="Ana", email="a@example.invalid", lang="en", zone="UTC")

    def is_due_and_says() -> tuple[bool, str]:
        due = is_still_due("call-reminder", params)
        variables = kinds.variables("call-reminder", params, person) if due else {"calls": []}
        said = (
            letters.write("call-reminder", variables, person, "https://x.invalid").body
            if due
            else ""
        )
        return due, said

    with clock.stopped_at(closes + 3 * DAY + HOUR):
        due, said = stored(is_due_and_says)
    assert due
    assert "Closed: 3 June 2004, 09:00" in said
    assert "Closes:" not in said
    assert "By late permission your delegation may submit until: 7 June 2004, 09:00" in said
    with clock.stopped_at(closes + 5 * DAY):
        assert stored(is_due_and_says) == (False, "")
    stored(lambda: dossier(call_id, settled["hn"], state="submitted", is_submitted=True))
    with clock.stopped_at(closes + 3 * DAY + HOUR):
        assert stored(is_due_and_says) == (False, "")


@given(
    lasts=st.integers(1, 24 * 20),
    lead=st.sampled_from(by_the_clock.LEADS),
    minutes=st.integers(-60 * 30, 60 * 30),
)
def test_a_reminder_is_due_for_a_day_after_its_instant_and_only_while_the_call_is_open(
    lasts: int, lead: timedelta, minutes: int
) -> None:
    call = Call(opens_at=MORNING, closes_at=MORNING + lasts * HOUR)
    instant = call.closes_at - lead
    due = by_the_clock.reminder_due(call, instant + timedelta(minutes=minutes))
    if instant > call.opens_at and 0 <= minutes <= 24 * 60:
        assert due == instant
    else:
        assert due is None
