"""Are both sides asked a year later, once, reminded twice, and are their answers kept as given?"""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from app import clock
from app.db.scoping import SYSTEM
from app.extensions import db
from app.funding.delivery import by_the_clock, following_up, queries
from app.funding.delivery.models import FollowUp
from app.outbox.conditions import is_still_due
from app.outbox.models import OutboxMessage
from app.web.refusal import Refusal
from tests.funding.delivery.running import A_YEAR_LATER, Running
from tests.funding.test_races import at_once


def letters(run: Running) -> Counter[str]:
    kinds = run.stored(lambda: list(db.session.scalars(db.select(OutboxMessage.kind))))
    return Counter(kind for kind in kinds if kind.startswith("follow-up"))


def test_nobody_is_asked_before_the_twelve_months_are_over(run: Running) -> None:
    run.deliver()
    run.keep_up(A_YEAR_LATER - timedelta(days=1))
    assert run.questions() == {}
    run.keep_up(A_YEAR_LATER)
    assert {key: each.side for key, each in run.questions().items()} == {
        "hn": "country", "sv": "country", "ca-sponsor": "sponsor"}  # fmt: skip
    assert letters(run) == {"follow-up-asked": 2, "follow-up-asked-sponsor": 1}


def test_asking_twice_asks_once(run: Running) -> None:
    run.deliver()
    for hours in range(3):
        run.keep_up(A_YEAR_LATER + timedelta(hours=hours))
    assert len(run.questions()) == 3
    assert sum(letters(run).values()) == 3


def test_about_a_course_that_was_not_held_nobody_is_asked(run: Running) -> None:
    run.take("schedule")
    run.keep_up(A_YEAR_LATER + timedelta(days=30))
    assert run.questions() == {}


def test_whoever_has_not_answered_is_reminded_after_14_and_after_30_days_once_each(
    run: Running,
) -> None:
    run.deliver()
    run.keep_up(A_YEAR_LATER)
    with clock.stopped_at(A_YEAR_LATER + timedelta(days=1)):
        run.answer("hn", "met")
    reminded = []
    for days in (13, 14, 15, 29, 30, 31, 90):
        run.keep_up(A_YEAR_LATER + timedelta(days=days))
        run.keep_up(A_YEAR_LATER + timedelta(days=days))
        found = letters(run)
        reminded.append((found["follow-up-asked-again"], found["follow-up-asked-sponsor-again"]))
    assert reminded == [(0, 0), (1, 1), (1, 1), (1, 1), (2, 2), (2, 2), (2, 2)]
    assert run.questions()["hn"].reminders == 0


def test_after_a_long_outage_one_reminder_goes_out_and_not_two(run: Running) -> None:
    run.deliver()
    run.keep_up(A_YEAR_LATER)
    run.keep_up(A_YEAR_LATER + timedelta(days=60))
    run.keep_up(A_YEAR_LATER + timedelta(days=61))
    assert letters(run)["follow-up-asked-again"] == 2  # one to each of two countries
    assert run.questions()["hn"].reminders == 2


def test_a_letter_whose_answer_came_meanwhile_has_no_reason_any_more(run: Running) -> None:
    run.deliver()
    run.keep_up(A_YEAR_LATER)
    params: dict[str, Any] = {"follow_up": run.questions()["hn"].id}
    assert run.stored(lambda: is_still_due("follow-up-asked-again", params))
    run.answer("hn", "too_early")
    assert not run.stored(lambda: is_still_due("follow-up-asked-again", params))


def test_an_answer_is_given_once_and_no_means_a_sentence(run: Running) -> None:
    run.deliver()
    run.keep_up(A_YEAR_LATER)
    for chosen, text, field in (("perhaps", "", "answer"), ("partly", " ", "text")):
        with pytest.raises(Refusal) as refused:
            run.answer("hn", chosen, text)
        assert refused.value.field == field
    run.answer("hn", "partly", "Faltan materiales")
    run.answer("ca-sponsor", "met")
    with pytest.raises(Refusal) as again:
        run.answer("hn", "met")
    assert again.value.status == 409
    found = run.questions()
    assert (found["hn"].answer, found["hn"].text, found["hn"].lang) == (
        "partly", "Faltan materiales", "es")  # fmt: skip
    assert found["ca-sponsor"].answer == "met"
    assert letters(run)["follow-up-answered"] == 2


def test_an_answer_stays_as_it_was_given(run: Running) -> None:
    run.deliver()
    run.keep_up(A_YEAR_LATER)
    run.answer("hn", "met")
    with pytest.raises(DBAPIError):
        run.stored(lambda: db.session.execute(db.update(FollowUp).values(answer="not")))


@pytest.mark.parametrize(
    ("day", "later"),
    [(date(2004, 8, 20), date(2005, 8, 20)), (date(2004, 2, 29), date(2005, 2, 28)),
     (date(2003, 2, 28), date(2004, 2, 28)), (date(2004, 12, 31), date(2005, 12, 31))],
)  # fmt: skip
def test_a_year_is_twelve_months(day: date, later: date) -> None:
    assert by_the_clock.a_year_after(day) == later
    assert later - day >= by_the_clock.SHORTEST_YEAR


@pytest.fixture
def asked(database: Any, run: Running) -> Running:
    """Everybody was asked two weeks ago; on PostgreSQL, where two may write at once."""
    if not database.url.startswith("postgresql"):
        pytest.skip("on SQLite whoever may write looks and writes alone")
    run.deliver()
    run.keep_up(A_YEAR_LATER)
    return run


def test_of_two_clocks_that_remind_at_once_one_does(
    app: Any, asked: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    remind, begun = by_the_clock.remind, threading.Event()

    def remind_slowly(of: FollowUp) -> None:
        remind(of)
        begun.set()
        threading.Event().wait(0.3)  # the other one waits, or would remind too

    def second() -> None:
        assert begun.wait(20)
        by_the_clock.keep_up()

    monkeypatch.setattr(by_the_clock, "remind", remind_slowly)
    with clock.stopped_at(A_YEAR_LATER + timedelta(days=14)):
        assert at_once(app, (SYSTEM, by_the_clock.keep_up), (SYSTEM, second)) == [None, None]
    found = letters(asked)
    assert (found["follow-up-asked-again"], found["follow-up-asked-sponsor-again"]) == (2, 1)
    assert {each.reminders for each in asked.questions().values()} == {1}


def test_who_answers_just_then_is_not_reminded_and_stops_no_other_reminder(
    app: Any, asked: Running
) -> None:
    answered, hn = threading.Event(), asked.settled["hn"]

    def answer() -> None:
        question = queries.own_follow_up(hn, asked.course_id)
        following_up.answer(hn, question, chosen="met", text="", lang="es")
        answered.set()
        threading.Event().wait(0.5)

    def clockwork() -> None:
        assert answered.wait(20)
        by_the_clock.keep_up()

    with clock.stopped_at(A_YEAR_LATER + timedelta(days=14)):
        assert at_once(app, (SYSTEM, answer), (SYSTEM, clockwork)) == [None, None]
    assert {key: each.reminders for key, each in asked.questions().items()} == {
        "hn": 0, "sv": 1, "ca-sponsor": 1}  # fmt: skip


def test_of_two_clocks_that_ask_at_once_one_does(
    app: Any, database: Any, run: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not database.url.startswith("postgresql"):
        pytest.skip("on SQLite whoever may write looks and writes alone")
    run.deliver()
    ask, begun = by_the_clock.ask, threading.Event()

    def ask_slowly(course_id: str) -> None:
        ask(course_id)
        begun.set()
        threading.Event().wait(0.5)

    def second() -> None:
        assert begun.wait(20)
        by_the_clock.keep_up()

    monkeypatch.setattr(by_the_clock, "ask", ask_slowly)
    with clock.stopped_at(A_YEAR_LATER):
        assert at_once(app, (SYSTEM, by_the_clock.keep_up), (SYSTEM, second)) == [None, None]
    assert letters(run) == {"follow-up-asked": 2, "follow-up-asked-sponsor": 1}
