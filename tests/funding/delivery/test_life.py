"""Does a course take its steps only with what they require, and its pledges with it?"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from app import clock
from app.db.errors import Missing
from app.extensions import db
from app.funding.courses.actions import Stale
from app.funding.delivery import actions, queries
from app.funding.delivery.assessing import Measured
from app.funding.delivery.models import Attendance, CourseStep
from app.funding.delivery.numbers import NOBODY, People
from app.funding.pledges import queries as pledges
from app.policy.engine import Forbidden
from app.web.refusal import Refusal
from app.workflow.machine import NotNow
from tests.calls.settled import Settled
from tests.funding.delivery.running import AFTERWARDS, FIRST, LAST, Running, running

PLACES = {"hn": 20, "sv": 10}


def pledge_state(run: Running) -> str:
    return run.stored(lambda: pledges.standing(run.plan.ca, run.course_id)[0].state)


def test_from_seeking_funds_to_closed_with_its_pledges(run: Running) -> None:
    run.take("schedule")
    assert (run.state(), pledge_state(run)) == ("scheduled", "scheduled")
    with clock.stopped_at(AFTERWARDS):
        run.attend("hn", People(8, 6, 4))
        run.attend("sv", People(5, 5, 0))
        run.take("deliver", starts_on=date(2004, 8, 17), ends_on=date(2004, 8, 21))
        assert (run.state(), pledge_state(run)) == ("delivered", "delivered")
        run.assess()
        run.take("evaluate")
        run.take("close")
    assert (run.state(), pledge_state(run)) == ("closed", "closed")
    taken = run.stored(lambda: {row.verb for row in db.session.scalars(db.select(CourseStep))})
    assert taken == {"schedule", "deliver", "evaluate", "close"}
    assert run.stored(lambda: run.held().course.starts_on) == date(2004, 8, 17)


def test_it_is_not_recorded_as_held_before_every_country_is_written_down(run: Running) -> None:
    run.take("schedule")
    with clock.stopped_at(AFTERWARDS):
        run.attend("hn", People(8, 6, 4))
        with pytest.raises(Refusal):
            run.take("deliver")
    assert (run.state(), pledge_state(run)) == ("scheduled", "scheduled")


def test_it_is_not_recorded_as_held_before_it_is_over(run: Running) -> None:
    run.take("schedule")
    with pytest.raises(Refusal):
        run.take("deliver")


def test_it_is_not_evaluated_without_an_evaluation_afterwards(run: Running) -> None:
    run.deliver()
    run.assess(after=Measured())
    with pytest.raises(Refusal):
        run.take("evaluate")


@pytest.mark.parametrize("verb", ["deliver", "evaluate", "close"])
def test_a_step_out_of_its_turn_is_refused(run: Running, verb: str) -> None:
    with pytest.raises(NotNow):
        run.take(verb)


def test_the_host_writes_the_timetable_and_the_evaluation_and_takes_no_step(run: Running) -> None:
    run.session("sv")
    with pytest.raises(Forbidden):
        run.session("hn")
    run.take("schedule")
    run.assess("sv")
    assert run.stored(lambda: len(queries.sessions(run.course_id))) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"day": date(2004, 8, 15)}, "day"), ({"ends": time(9)}, "ends"),
     ({"topic_es": "", "topic_en": ""}, "topic_es"), ({"component": 99}, "component"), ({"provider_id": "nobody"}, "provider")],
)  # fmt: skip
def test_a_session_that_cannot_be_is_refused_at_its_place(
    run: Running, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        run.session(**changes)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(date(2001, 1, 1), LAST, "starts_on"), (FIRST, date(2004, 8, 24), "ends_on"),
     (LAST, FIRST, "ends_on")],
)  # fmt: skip
def test_a_course_was_not_held_before_it_was_planned_nor_on_days_to_come(
    run: Running, first: date, last: date, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        run.stored(
            lambda: actions.real_days(run.held().course, first, last, AFTERWARDS.date()) and None
        )
    assert refused.value.field == field


def test_a_nomination_replaces_the_one_before_and_passes_no_seat(run: Running) -> None:
    run.nominate("hn", People(10, 5, 0), People(0, 0, 5))
    assert run.stored(lambda: run.turnout("hn", "hn").nominated) == People(10, 5, 5)
    run.nominate("hn", People(1, 2, 3), revision=1)
    assert run.stored(lambda: run.turnout("st", "hn").nominated) == People(1, 2, 3)
    with pytest.raises(Refusal) as refused:
        run.nominate("hn", People(21, 0, 0), revision=2)
    assert "20" in refused.value.say()
    with pytest.raises(Stale):
        run.nominate("hn", People(1, 0, 0), revision=1)
    with pytest.raises(Refusal):
        run.nominate("hn", revision=2)


def test_nobody_without_seats_nominates(run: Running) -> None:
    with pytest.raises(Missing):
        run.nominate("ca", People(1, 0, 0))


def test_a_delegation_reads_its_own_numbers_and_the_host_of_those_that_told_it(
    run: Running,
) -> None:
    def seen(who: str) -> set[str]:
        found = run.stored(lambda: queries.turnouts(run.settled[who], run.held(who), "en"))
        return {each.organisation_id for each in found}

    hn, sv = run.settled.id("hn"), run.settled.id("sv")
    run.nominate("hn", People(3, 3, 0))
    assert (seen("hn"), seen("sv"), seen("st")) == ({hn}, {sv}, {hn, sv})
    run.nominate("hn", People(3, 3, 0), host_told=True, revision=1)
    assert (seen("hn"), seen("sv")) == ({hn}, {hn, sv})
    run.take("schedule")
    with clock.stopped_at(AFTERWARDS):
        with pytest.raises(Refusal):
            run.attend("hn", People(4, 3, 0), who="sv")
        run.attend("hn", People(3, 3, 0), who="sv")
    assert run.stored(lambda: run.turnout("st", "hn").came) == People(3, 3, 0)


def test_attendance_is_written_once_the_course_has_begun(run: Running) -> None:
    run.take("schedule")
    with pytest.raises(Refusal) as refused:
        run.attend("hn", People(1, 0, 0))
    assert refused.value.field == "women"


def test_who_did_not_finish_needs_a_reason(run: Running) -> None:
    run.take("schedule")
    with clock.stopped_at(AFTERWARDS):
        with pytest.raises(Refusal) as refused:
            run.attend("hn", People(4, 4, 0), People(4, 3, 0))
        assert refused.value.field == "reason"
        run.attend("hn", People(4, 4, 0), People(4, 3, 0), reason="travel")
        run.attend("hn", People(4, 4, 0), reason="travel")
        with pytest.raises(Stale):
            run.attend("hn", People(4, 4, 0), revision=1)
    assert run.stored(lambda: run.turnout("st", "hn").reason) == ""


def test_attendance_never_passes_the_seats(settled: Settled, stored: object) -> None:
    run = running(settled, stored)  # type: ignore[arg-type]
    run.take("schedule")
    number = st.integers(0, 14)
    people = st.builds(People, number, number, number)

    @given(st.sampled_from(["hn", "sv"]), people, people)
    def write(of: str, came: People, finished: People) -> None:
        before = run.stored(lambda: run.turnout("st", of))
        fits = came.total <= PLACES[of] and finished.within(came)
        try:
            run.attend(of, came, finished, reason="unknown")
        except Refusal:
            assert not fits
            assert run.stored(lambda: run.turnout("st", of)) == before
        else:
            assert fits
        after = run.stored(lambda: run.turnout("st", of))
        assert (after.came or NOBODY).total <= after.seats == PLACES[of]
        if after.is_recorded:
            assert after.came.total + after.unused == after.seats
            assert after.finished.total + after.dropped.total == after.came.total

    with clock.stopped_at(AFTERWARDS):
        write()


def test_the_database_itself_refuses_more_who_finished_than_came(run: Running) -> None:
    row = {"course_id": run.course_id, "organisation_id": run.settled.id("hn"), "women": 1, "men": 0,
           "not_stated": 0, "finished_women": 2, "finished_men": 0, "finished_not_stated": 0,
           "reason": "", "note": "", "recorded_by": run.settled["st"].person_id,
           "recorded_at": AFTERWARDS, "revision": 1}  # fmt: skip
    with pytest.raises(DBAPIError):
        run.stored(lambda: db.session.execute(Attendance.__table__.insert().values(row)))


def test_an_average_follows_from_the_scores(run: Running) -> None:
    run.take("schedule")
    run.assess()
    found = run.stored(lambda: [(each.after_answers, each.after_average)
                                for each in queries.evaluations(run.course_id)])  # fmt: skip
    assert found == [(20, Decimal("4.40"))]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"kind": "mood"}, "kind"), ({"question_es": ""}, "question_es"),
     ({"before": Measured(answers=3)}, "before_average"),
     ({"before": Measured(answers=3, average=Decimal("5.01"))}, "before_average"),
     ({"before": Measured(answers=3, counts=(1, 1, 0, 0, 0))}, "before_answers"),
     ({"kind": "knowledge"}, "after_score_1"),
     ({"before": Measured(), "after": Measured()}, "after_answers")],
)  # fmt: skip
def test_an_evaluation_that_cannot_be_is_refused_at_its_place(
    run: Running, changes: dict[str, object], field: str
) -> None:
    run.take("schedule")
    with pytest.raises(Refusal) as refused:
        run.assess(**changes)
    assert refused.value.field == field


def test_a_replication_comes_after_the_course(run: Running) -> None:
    with pytest.raises(NotNow):
        run.replicate("hn", "hn", FIRST)
    run.deliver()
    with clock.stopped_at(AFTERWARDS):
        with pytest.raises(Refusal):
            run.replicate("hn", "hn", FIRST)
        with pytest.raises(Refusal):
            run.replicate("hn", "hn", date(2004, 9, 1))
        run.replicate("hn", "hn", date(2004, 8, 23))
        run.replicate("st", "sv", date(2004, 8, 22))
    for who, seen in (("st", 2), ("hn", 1), ("sv", 1)):
        found = run.stored(
            lambda who=who: len(queries.replications(run.settled[who], run.course_id))
        )
        assert found == seen, who
