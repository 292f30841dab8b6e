"""Do the sessions of a course stand in the calendars of those concerned, and of nobody else?"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from app import clock
from app.calls import feeds
from app.calls.feeds import Follower, Hours
from app.calls.icalendar import write
from app.calls.views.calendar import hours_of
from app.extensions import db
from app.funding.delivery import calendar, queries, timetable
from app.funding.pledges import carrying
from app.organisations.models import Organisation
from tests.calls.browsing import Reader
from tests.calls.settled import MORNING
from tests.funding.delivery.running import FIRST, Running, behind_their_wall


def calendars(run: Running) -> dict[str, list[Hours]]:
    """What each organisation's calendar says of sessions, read behind its wall."""
    return {key: run.stored(lambda key=key: follow(run, key)) for key in ("st", "hn", "sv", "ca")}


@pytest.fixture
def run(run: Running) -> Running:
    """The course, whose host has clocks of its own."""
    zone = db.update(Organisation).values(zone="America/El_Salvador")
    run.stored(lambda: db.session.execute(zone.where(Organisation.id == run.settled.id("sv"))))
    return run


def follow(run: Running, key: str) -> list[Hours]:
    actor = run.settled[key]
    who = Follower(actor.person_id, actor.organisation_id, actor.organisation_kind, "es")
    return behind_their_wall(actor, lambda: calendar.sessions(who, clock.now()))


def change(run: Running, act: Any, *terms: Any, minutes: int = 5) -> None:
    """Rewrite or remove the session some minutes later."""

    def later() -> None:
        found = queries.sessions(run.course_id)[0].CourseSession
        act(run.settled["sv"], run.held("sv"), *terms, found=found, revision=found.revision)

    with clock.stopped_at(clock.now() + timedelta(minutes=minutes)):
        run.stored(later)


def remove(actor: Any, held: Any, *, found: Any, revision: int) -> None:
    timetable.remove(actor, held, found, revision=revision)


def test_they_stand_there_once_the_date_is_fixed_for_those_concerned(run: Running) -> None:
    run.session("sv")
    assert not any(calendars(run).values()), "the date is not fixed"
    run.take("schedule")
    found = calendars(run)
    assert {key for key, hours in found.items() if hours} == {"st", "hn", "sv"}
    said = found["hn"][0]
    assert (said.at, said.until) == (datetime(2004, 8, 16, 15, tzinfo=UTC),
                                     datetime(2004, 8, 16, 18, tzinfo=UTC))  # fmt: skip
    assert said.reference == run.stored(lambda: run.held().course.reference)
    assert said == found["st"][0] == found["sv"][0]


def test_a_change_is_a_newer_event_and_a_removal_a_cancelled_one(run: Running) -> None:
    run.session("sv")
    run.take("schedule")
    terms = timetable.Terms(day=FIRST, starts=time(10), ends=time(12), topic_es="A", topic_en="")
    said = [calendars(run)["hn"][0]]
    change(run, timetable.write, terms)
    said += calendars(run)["hn"]
    change(run, remove, minutes=9)
    said += calendars(run)["hn"]
    assert len({each.id for each in said}) == 1
    assert [each.revision for each in said] == [1, 2, 3]
    assert [each.is_cancelled for each in said] == [False, False, True]
    assert said[0].changed_at < said[1].changed_at < said[2].changed_at
    assert run.stored(lambda: queries.sessions(run.course_id)) == []


def test_what_was_taken_out_before_the_date_was_fixed_stood_nowhere(run: Running) -> None:
    run.session("sv")
    change(run, remove)
    with clock.stopped_at(clock.now() + timedelta(minutes=9)):
        run.take("schedule")
    assert not any(calendars(run).values())


def test_a_cancelled_course_cancels_its_sessions(run: Running) -> None:
    run.session("sv")
    run.take("schedule")
    before = calendars(run)["hn"][0]

    def cancel() -> None:
        course = run.held().course
        carrying.cancel(run.settled["st"], course, reason="No host", revision=course.revision)

    with clock.stopped_at(MORNING + timedelta(hours=2)):
        run.stored(cancel)
    after = calendars(run)["hn"][0]
    assert (before.id, before.is_cancelled, after.is_cancelled) == (after.id, False, True)
    assert after.revision > before.revision
    assert after.changed_at > before.changed_at


def test_the_feed_says_the_reference_and_the_hours_and_nothing_else(
    app: Flask, reader: Reader, run: Running
) -> None:
    run.session("sv", topic_es="Entrevistas", topic_en="Interviews")
    run.take("schedule")
    reader.as_(run.settled["hn"])
    assert "/me/calendar" in reader.get(f"/courses/{run.course_id}/schedule").links()
    said = calendars(run)["hn"]
    assert calendar.sessions in feeds._sources
    for lang in ("es", "en"):
        with app.test_request_context(), force_locale(lang):
            text = write("x", "host", map(hours_of, said), MORNING).decode()
        assert "DTEND:20040816T180000Z" in text
        assert said[0].reference in text
        for word in (
            "Entrevistas",
            "Interviews",
            "San Salvador",
            "Curso regional",
            "Regional course",
        ):
            assert word not in text
