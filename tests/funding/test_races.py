"""Of two sponsors who take the last part of a line at once, does exactly one have it?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from app import clock
from app.db.scoping import SYSTEM, Scope, Wall, scoped
from app.extensions import db
from app.funding.courses import actions as courses
from app.funding.courses.actions import Terms
from app.funding.pledges import actions, by_the_clock, carrying, queries
from app.funding.pledges.models import Pledge, PledgeMove
from app.outbox.models import OutboxMessage
from app.policy.actor import Actor
from app.web.refusal import Refusal
from app.workflow.machine import NotNow
from tests.calls.settled import MORNING
from tests.funding.planned import Planned


@pytest.fixture(autouse=True)
def postgresql(database: Any) -> None:
    if not database.url.startswith("postgresql"):
        pytest.skip("on SQLite whoever may write looks and writes alone")


def behind_its_wall(actor: Actor) -> Scope:
    return Scope(Wall.SPONSOR, actor.organisation_id, "sponsor", actor.person_id)


def at_once(app: Flask, *acts: tuple[Scope, Callable[[], Any]]) -> list[BaseException | None]:
    """Each act in a thread and a transaction of its own, begun together; what each came to."""
    start, ends = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, scope: Scope, act: Callable[[], Any]) -> None:
        with app.app_context(), scoped(scope, writing=True):
            try:
                start.wait(20)
                act()
                db.session.commit()
            except BaseException as fault:
                db.session.rollback()
                ends[place] = fault  # type: ignore[call-overload]
            finally:
                db.session.remove()

    # Each at the same stopped hour as the test itself.
    threads = [threading.Thread(target=copy_context().run, args=(run, place, *act))
               for place, act in enumerate(acts)]  # fmt: skip
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
        assert not each.is_alive()
    return ends  # type: ignore[return-value]


def offering(plan: Planned, actor: Actor, amount: str) -> tuple[Scope, Callable[[], Any]]:
    line = actions.Line(line="materials", amount=Decimal(amount))
    return behind_its_wall(actor), lambda: actions.offer(
        actor, plan.course_id, lines=[line], revision=0
    )


def test_the_last_part_of_a_line_goes_to_one_of_two(app: Flask, plan: Planned) -> None:
    ends = at_once(app, offering(plan, plan.ca, "1000.00"), offering(plan, plan.other, "1000.00"))
    assert sorted(type(end).__name__ for end in ends) == ["LineRefusal", "NoneType"]
    assert next(end for end in ends if end).amount == Decimal(500)  # type: ignore[union-attr]
    assert plan.standing().of("materials").promised == Decimal(1000)


def test_of_two_colleagues_who_offer_at_once_one_is_refused(app: Flask, plan: Planned) -> None:
    ends = at_once(app, offering(plan, plan.ca, "10.00"), offering(plan, plan.ca, "20.00"))
    assert sum(end is None for end in ends) == 1
    assert all(isinstance(end, NotNow | Refusal) for end in ends if end)
    assert plan.standing().of("materials").promised in (Decimal(10), Decimal(20))


def test_the_last_of_two_countries_that_accept_at_once_moves_it_on(
    app: Flask, plan: Planned
) -> None:
    pledge_id = plan.offer(plan.ca, materials="10.00")

    def accepting(key: str) -> tuple[Scope, Callable[[], Any]]:
        actor = plan.settled[key]

        def act() -> None:
            opened = queries.get(actor, pledge_id)
            actions.review(actor, opened, verdict="accepted", reason="", number=opened.pledge.round)

        return Scope(Wall.ORGANISATION, actor.organisation_id, "delegation", actor.person_id), act

    assert at_once(app, accepting("hn"), accepting("sv")) == [None, None]
    assert plan.state(pledge_id) == "accepted"


def test_a_withdrawal_and_a_confirmation_at_once_leave_the_line_even(
    app: Flask, plan: Planned
) -> None:
    pledge_id = plan.offer(plan.ca, materials="10.00")
    plan.accept(pledge_id)
    scope = behind_its_wall(plan.ca)
    at_once(
        app,
        (
            scope,
            lambda: actions.confirm(
                plan.ca, queries.standing(plan.ca, plan.course_id)[0], number=1
            ),
        ),
        (
            scope,
            lambda: actions.withdraw(
                plan.ca, queries.standing(plan.ca, plan.course_id)[0], reason="x", number=1
            ),
        ),
    )
    line = plan.standing().of("materials")
    assert (line.funded, line.promised) in (
        (Decimal(0), Decimal(0))
        if plan.state(pledge_id) == "withdrawn"
        else (Decimal(10), Decimal(0)),
    )


def test_a_host_that_offers_while_its_course_is_cancelled_leaves_nothing_behind(
    app: Flask, plan: Planned
) -> None:
    host = plan.settled["hn"]

    def hosted() -> None:
        course = plan.course()
        terms = Terms(
            title_es="Curso regional", title_en="Regional course", host_id=host.organisation_id
        )
        courses.edit(plan.st, course, terms=terms, revision=course.revision)

    plan.stored(hosted)
    reads, goes_on = threading.Event(), threading.Event()

    def offer() -> None:
        line = actions.Line(line="materials", amount=Decimal(10))
        actions._hold_course(host, plan.course_id, "offer")
        reads.set()
        assert not goes_on.wait(1)  # the cancellation waits
        actions.offer(host, plan.course_id, lines=[line])

    def cancel() -> None:
        assert reads.wait(20)
        course = plan.course()
        carrying.cancel(plan.st, course, reason="No host", revision=course.revision)
        goes_on.set()

    scopes = [Scope(Wall.ORGANISATION, each.organisation_id, each.organisation_kind.value,
                    each.person_id) for each in (host, plan.st)]  # fmt: skip
    assert at_once(app, (scopes[0], offer), (scopes[1], cancel)) == [None, None]
    assert plan.stored(lambda: plan.course().state) == "cancelled"
    assert plan.standing().promised == 0


def test_of_two_clocks_that_see_that_a_pledge_will_lapse_one_says_so(
    app: Flask, plan: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    pledge_id, warn = plan.interest(plan.ca), by_the_clock.warn
    lapses = plan.stored(lambda: queries.get(plan.st, pledge_id).pledge.expires_on)
    said = threading.Event()

    def warn_slowly(pledge: Pledge) -> None:
        warn(pledge)
        said.set()
        threading.Event().wait(0.5)  # the other one waits, or would say it too

    def second() -> None:
        assert said.wait(20)
        by_the_clock.keep_up()

    monkeypatch.setattr(by_the_clock, "warn", warn_slowly)
    with clock.stopped_at(MORNING.replace(month=lapses.month, day=lapses.day)):
        assert at_once(app, (SYSTEM, by_the_clock.keep_up), (SYSTEM, second)) == [None, None]
    moves = db.select(db.func.count()).where(PledgeMove.verb == "warn")
    letters = db.select(db.func.count()).where(OutboxMessage.kind == "pledge-lapses-sponsor")
    assert plan.stored(lambda: [db.session.scalar(each) for each in (moves, letters)]) == [1, 1]
