"""Does what is written down of a course hold against its steps, and its seats against those it has people for?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from app import clock
from app.db.scoping import SYSTEM, scoped
from app.extensions import db
from app.funding.courses.models import Course, CourseSeat
from app.funding.delivery import assessing, attending, nominating, queries, replicating, timetable
from app.funding.delivery.numbers import People
from app.funding.pledges import carrying
from app.intake.models import Dossier
from app.policy.actor import Actor
from app.web.refusal import Refusal
from app.workflow.machine import NotNow
from tests.funding.delivery.running import AFTERWARDS, FIRST, Running
from tests.funding.test_walls import scope_of

TOPIC = timetable.Terms(day=FIRST, starts=time(9), ends=time(12), topic_es="", topic_en="Basics")
Act = Callable[[Running, Actor, queries.Held], None]


def write_session(run: Running, actor: Actor, held: queries.Held) -> None:
    timetable.write(actor, held, TOPIC)


def remove_session(run: Running, actor: Actor, held: queries.Held) -> None:
    timetable.remove(actor, held, queries.sessions(held.id)[0][0], revision=1)


def nominate(run: Running, actor: Actor, held: queries.Held) -> None:
    rows = [nominating.Row("consular", "", People(3, 2, 0))]
    nominating.nominate(actor, held, rows, host_told=True, revision=0)


def attend(run: Running, actor: Actor, held: queries.Held) -> None:
    came = attending.Came(came=People(1, 1, 0), finished=People(1, 1, 0))
    attending.attend(actor, held, run.turnout("sv", "sv"), came, revision=0)


def assess(run: Running, actor: Actor, held: queries.Held) -> None:
    scores = assessing.Measured(counts=(0, 0, 2, 8, 10))
    assessing.write(actor, held, assessing.Terms(
        kind="confidence", question_es="¿?", question_en="", before=scores, after=scores))  # fmt: skip


def remove_question(run: Running, actor: Actor, held: queries.Held) -> None:
    assessing.remove(actor, held, queries.evaluations(held.id)[0], revision=1)


def replicate(run: Running, actor: Actor, held: queries.Held) -> None:
    replicating.add(actor, held, replicating.Terms(
        organisation_id=actor.organisation_id, held_on=AFTERWARDS.date(), institution="x"))  # fmt: skip


WRITING: list[tuple[Act, str, str]] = [
    (write_session, "sv", "open"), (remove_session, "sv", "open"), (nominate, "hn", "open"),
    (attend, "sv", "scheduled"), (assess, "sv", "scheduled"), (remove_question, "sv", "scheduled"),
    (replicate, "hn", "delivered"),
]  # fmt: skip
"""What is written down, by whom of the two delegations (El Salvador is the host), and when first."""
EACH = pytest.mark.parametrize(
    ("act", "who", "state"), WRITING, ids=[act.__name__ for act, *_ in WRITING]
)


@pytest.fixture
def begun(run: Running) -> Running:
    """A session and a question are there, and the course is where each test needs it."""
    run.session()
    run.take("schedule")
    with clock.stopped_at(AFTERWARDS):
        run.assess()
    return run


def set_state(run: Running, state: str) -> None:
    course = Course.__table__
    db.session.execute(course.update().where(course.c.id == run.course_id).values(state=state))


@EACH
def test_nothing_is_written_once_the_course_has_moved_on(
    begun: Running, act: Act, who: str, state: str
) -> None:
    def write() -> None:
        held = begun.held(who)
        set_state(begun, "cancelled")  # somebody was faster; the course that was read is as it was
        act(begun, begun.settled[who], held)

    begun.stored(lambda: set_state(begun, state))
    with clock.stopped_at(AFTERWARDS), pytest.raises(NotNow):
        begun.stored(write)


@EACH
def test_whoever_writes_keeps_the_course_where_it_stands(
    database: Any, begun: Running, act: Act, who: str, state: str
) -> None:
    if not database.url.startswith("postgresql"):
        pytest.skip("on SQLite whoever may write looks and writes alone")
    begun.stored(lambda: set_state(begun, state))
    actor = begun.settled[who]

    def write() -> None:
        with scoped(scope_of(actor), writing=True):
            act(begun, actor, begun.held(who))
            db.session.flush()
            with scoped(SYSTEM, writing=True), db.engine.connect() as another:
                waits = db.select(Course.id).with_for_update(nowait=True, key_share=True)
                with pytest.raises(DBAPIError, match="could not obtain lock"):
                    another.execute(waits)
            db.session.commit()

    with clock.stopped_at(AFTERWARDS):
        begun.stored(write)


def give(run: Running, **seats: int) -> None:
    """Give the need of each country so many seats."""

    def act() -> None:
        course = run.held().course
        needs = {row.organisation_id: row.need_id for row in db.session.execute(
            db.select(CourseSeat.organisation_id, CourseSeat.need_id))}  # fmt: skip
        wanted = {needs[run.settled.id(who)]: count for who, count in seats.items()}
        carrying.set_seats(run.settled["st"], course, seats=wanted, revision=course.revision)

    run.stored(act)


def need_of(run: Running, who: str) -> str:
    return run.stored(lambda: db.session.scalar(db.select(CourseSeat.need_id).where(
        CourseSeat.organisation_id == run.settled.id(who))))  # fmt: skip


def seats_of(run: Running, who: str) -> int:
    found = run.stored(lambda: run.turnout("st", who))
    return found.seats if found else 0


def test_seats_do_not_fall_below_those_who_are_nominated(run: Running) -> None:
    run.nominate("hn", People(5, 5, 2))
    for seats in (11, 0):
        with pytest.raises(Refusal) as refused:
            give(run, hn=seats, sv=10)
        assert refused.value.field == f"seats-{need_of(run, 'hn')}"
        assert "12" in refused.value.say()
    give(run, hn=12, sv=0)
    assert seats_of(run, "hn") == 12


def test_nor_below_those_who_came(run: Running) -> None:
    run.nominate("hn", People(5, 5, 0))
    run.take("schedule")
    with clock.stopped_at(AFTERWARDS):
        run.attend("hn", People(8, 6, 0))
    with pytest.raises(Refusal):
        give(run, hn=13, sv=10)
    give(run, hn=14, sv=10)


def test_the_seats_of_a_need_that_was_withdrawn_go_whoever_was_nominated(run: Running) -> None:
    run.nominate("hn", People(5, 5, 0))
    need = need_of(run, "hn")
    run.stored(lambda: setattr(db.session.get_one(Dossier, need), "state", "withdrawn"))
    give(run, hn=0, sv=10)
    assert seats_of(run, "hn") == 0


def test_whom_a_delegation_sends_is_held_against_the_seats_of_now(run: Running) -> None:
    def nominate_late() -> None:
        held = run.held("hn")
        seats = CourseSeat.__table__
        db.session.execute(seats.update().where(seats.c.seats == 20).values(seats=4))
        nominate(run, run.settled["hn"], held)

    with pytest.raises(Refusal) as refused:
        run.stored(nominate_late)
    assert refused.value.field == "women_1"
