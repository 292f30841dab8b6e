"""Of two who move a summary from the same place, is the second refused?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.db.scoping import SYSTEM, Scope, Wall, scoped
from app.extensions import db
from app.summaries import actions, queries, received, responding, sending
from app.summaries.models import Routing, SummaryQuestion, SummaryRelease
from app.workflow.machine import NotNow
from tests.calls.settled import MORNING
from tests.summaries.accepted import Case
from tests.summaries.test_life import SHORTER

LATER = MORNING + timedelta(days=30)


@pytest.fixture(autouse=True)
def postgresql(database: Any) -> None:
    if not database.url.startswith("postgresql"):
        pytest.skip("on SQLite whoever may write looks and writes alone")


@pytest.fixture
def between(app: Flask) -> Callable[..., None]:
    """Looks at something, lets somebody else act and commit on another connection, then acts."""

    def play(
        look: Callable[[], Any], other: Callable[[], None], act: Callable[[Any], None],
        scope: Scope = SYSTEM,
    ) -> None:  # fmt: skip
        with app.app_context(), scoped(scope, writing=True):
            seen = look()
            apart = threading.Thread(target=other)
            apart.start()
            apart.join(60)
            assert not apart.is_alive()
            try:
                act(seen)
                db.session.commit()
            finally:
                db.session.rollback()
                db.session.remove()

    return play


def test_an_answer_to_what_was_just_recalled_does_not_undo_the_recall(
    case: Case, between: Any
) -> None:
    case.prepare().send()
    routing_id = case.routing_id()
    sponsor = Scope(Wall.SPONSOR, case.sponsor.organisation_id, "sponsor", case.sponsor.person_id)
    with pytest.raises(NotNow):
        between(
            lambda: received.get(case.sponsor, routing_id), case.recall,
            lambda found: responding.respond(case.sponsor, found, state="interested"), sponsor,
        )  # fmt: skip
    assert case.stored(lambda: db.session.scalar(select(Routing.state))) == "recalled"


def test_silence_does_not_pass_an_objection(
    case: Case, between: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.prepare().change(SHORTER)

    def permitted_while_the_country_objects(*_: Any) -> bool:
        objecting = threading.Thread(target=lambda: case.decide("objected"))
        objecting.start()
        objecting.join(60)
        return True

    monkeypatch.setattr(actions, "may_take_silence", permitted_while_the_country_objects)
    with pytest.raises(NotNow):
        between(case.opened, lambda: None, lambda opened: actions.take_silence(case.st, opened))
    assert case.summary().state == "withheld"


def test_consent_does_not_pass_a_change_made_meanwhile(case: Case, between: Any) -> None:
    case.prepare().change(SHORTER)

    def look() -> Any:
        opened = case.opened()
        return opened, queries.open_change(opened.summary)

    with pytest.raises(NotNow):
        between(look, lambda: case.change({"gap": {"en": "Other", "es": "Otro"}}),
                lambda seen: actions.decide(case.hn, *seen, decision="consented"))  # fmt: skip
    assert case.summary().state == "changed"


def test_two_first_sendings_release_once(case: Case, between: Any) -> None:
    case.prepare()
    chosen = [case.settled.id("ca-sponsor")]
    with pytest.raises(NotNow):
        between(case.opened, case.send, lambda opened: sending.route(
            case.st, opened, sponsor_ids=chosen, why="It fits"))  # fmt: skip
    assert len(case.stored(lambda: db.session.scalars(select(SummaryRelease)).all())) == 1


def test_a_question_is_answered_once(case: Case, between: Any) -> None:
    case.prepare().send()
    case.ask()

    def look() -> Any:
        return db.session.scalars(select(SummaryQuestion)).one()

    def other() -> None:
        case.stored(lambda: sending.answer_question(case.st, look(), text="First"))

    with pytest.raises(NotNow):
        between(look, other, lambda asked: sending.answer_question(case.st, asked, text="Second"))
    assert case.stored(lambda: look().answer) == "First"


def asking(case: Case) -> Scope:
    return Scope(Wall.SPONSOR, case.sponsor.organisation_id, "sponsor", case.sponsor.person_id)


def test_nothing_is_asked_about_what_was_just_recalled(case: Case, between: Any) -> None:
    case.prepare().send()
    routing_id = case.routing_id()
    with pytest.raises(NotNow):
        between(
            lambda: received.get(case.sponsor, routing_id), case.recall,
            lambda found: responding.ask(case.sponsor, found, text="When?"), asking(case),
        )  # fmt: skip
    assert case.stored(lambda: db.session.scalars(select(SummaryQuestion)).all()) == []


def test_a_recall_waits_for_a_question_that_is_being_asked_and_closes_it(
    case: Case, app: Flask
) -> None:
    case.prepare().send()
    routing_id = case.routing_id()
    with app.app_context(), scoped(asking(case), writing=True):
        responding.ask(case.sponsor, received.get(case.sponsor, routing_id), text="When?")
        db.session.flush()
        recalling = threading.Thread(target=case.recall)
        recalling.start()
        recalling.join(0.5)  # time enough for a recall that does not wait to miss the question
        db.session.commit()
        db.session.remove()
    recalling.join(60)
    assert not recalling.is_alive()
    assert case.stored(lambda: db.session.scalar(select(Routing.state))) == "recalled"
    asked = case.stored(lambda: db.session.scalar(select(SummaryQuestion.closed_because)))
    assert asked == "secretariat"


def test_an_answer_to_a_question_that_was_just_closed_is_refused(case: Case, between: Any) -> None:
    case.prepare().send()
    case.ask()

    def look() -> Any:
        asked = db.session.scalars(select(SummaryQuestion)).one()
        return asked, db.session.get_one(Routing, asked.routing_id)

    with pytest.raises(NotNow):
        between(look, case.recall,
                lambda seen: sending.answer_question(case.st, seen[0], text="In May"))  # fmt: skip
    assert case.stored(lambda: db.session.scalar(select(SummaryQuestion.answer))) is None
