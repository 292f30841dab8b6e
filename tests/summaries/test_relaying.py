"""Does a sponsor's question reach its country and come back by the Secretariat alone?"""

from __future__ import annotations

import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.db.errors import Missing
from app.db.scoping import SYSTEM, scoped
from app.extensions import db
from app.outbox.models import OutboxMessage
from app.policy.actor import Role
from app.policy.engine import Forbidden
from app.summaries import relaying, sending
from app.summaries.models import QuestionRelay, SummaryQuestion
from app.web.errors import Refusal
from app.workflow.machine import NotNow
from tests.calls.browsing import Reader
from tests.calls.settled import in_role
from tests.summaries.accepted import Case


@pytest.fixture
def asked(case: Case) -> Case:
    """A sponsor asked about Honduras's summary."""
    case.prepare().send()
    case.ask("Could it be in September?")
    return case


def question() -> Any:
    return db.session.scalars(select(SummaryQuestion)).one()


def relay(case: Case) -> Any:
    return case.stored(lambda: db.session.execute(select(QuestionRelay.__table__)).one_or_none())


def pass_on(case: Case, note: str = "") -> str:
    return case.stored(lambda: relaying.pass_on(case.st, case.opened(), question(), note=note).id)


def reply(case: Case, relay_id: str, text: str = "September suits us.") -> None:
    case.stored(lambda: relaying.reply(case.hn, relaying.get(case.hn, relay_id), text=text))


def test_the_country_answers_the_secretariat_and_not_the_sponsor(
    asked: Case, reader: Reader
) -> None:
    reply(asked, pass_on(asked, "Before Friday, please"), "Our academy is free in September.")
    assert relay(asked).state == "replied"
    page = f"/received/{asked.routing_id()}"
    seen = reader.as_(asked.sponsor).get(page)
    assert "The Secretariat asked the country on" in seen.words
    assert "academy" not in seen.html
    assert "Before Friday" not in seen.html


def test_it_waits_for_one_answer_at_a_time_and_can_be_passed_on_anew(asked: Case) -> None:
    first = pass_on(asked)
    with pytest.raises(Refusal, match="You can remind it"):
        pass_on(asked)
    reply(asked, first)
    with pytest.raises(NotNow):
        reply(asked, first)
    assert pass_on(asked) != first


def test_a_reminder_is_sent_by_the_button_while_it_waits_and_not_after(asked: Case) -> None:
    relay_id = pass_on(asked)
    asked.stored(lambda: relaying.remind(asked.st, relaying.get(asked.st, relay_id)))
    assert relay(asked).reminded_at is not None
    reply(asked, relay_id)
    with pytest.raises(NotNow):
        asked.stored(lambda: relaying.remind(asked.st, relaying.get(asked.st, relay_id)))
    kinds = asked.stored(lambda: list(db.session.scalars(select(OutboxMessage.kind))))
    assert {"question-passed", "question-reminded", "question-replied"} <= set(kinds)


def test_once_the_sponsor_was_answered_nothing_is_waited_for(asked: Case) -> None:
    relay_id = pass_on(asked)
    asked.stored(lambda: sending.answer_question(asked.st, question(), text="Yes"))
    assert relay(asked).state == "closed"
    with pytest.raises(NotNow):
        reply(asked, relay_id)
    with pytest.raises(NotNow):
        pass_on(asked)


def test_a_recall_closes_it(asked: Case) -> None:
    relay_id = pass_on(asked)
    asked.recall()
    assert relay(asked).state == "closed"
    with pytest.raises(NotNow):
        reply(asked, relay_id)


def test_only_the_focal_point_of_the_country_answers(asked: Case) -> None:
    relay_id = pass_on(asked)
    with pytest.raises(Missing):
        asked.stored(lambda: relaying.get(asked.settled["sv"], relay_id))
    for actor in (in_role(asked.hn, Role.CONTRIBUTOR), asked.st, asked.sponsor):
        with pytest.raises(Forbidden):
            asked.stored(lambda actor=actor: relaying.reply(
                actor, relaying.get(asked.hn, relay_id), text="Yes"))  # fmt: skip


def test_the_country_s_words_that_name_it_do_not_pass_to_the_sponsor(
    asked: Case, reader: Reader
) -> None:
    reply(asked, pass_on(asked), "Honduras can host in September.")
    page = f"/summaries/{asked.summary_id}"
    begun = next(each for each in reader.as_(asked.st).get(page).links() if "words=" in each).split(
        "#"
    )[0]
    answering = f"/summaries/questions/{asked.stored(lambda: question().id)}/answer"
    shown = reader.get(begun)
    assert shown.fields(answering)["answer"][0].strip() == "Honduras can host in September."
    refused = reader.send(answering, shown.fields(answering))
    assert refused.status == 422
    assert "“Honduras” tells sponsors which country asks" in refused.words
    assert reader.send(answering, shown.fields(answering), answer="In September.").status == 303


def test_the_pages_lead_from_the_desk_to_the_answer(asked: Case, reader: Reader) -> None:
    page = f"/summaries/{asked.summary_id}"
    passing = f"/summaries/questions/{asked.stored(lambda: question().id)}/relay"
    too_long = reader.as_(asked.st).submit(page, passing, note="x" * 4001)
    assert too_long.status == 422
    assert "at most 4000 characters" in too_long.words
    assert reader.submit(page, passing, note="A note").status == 303
    place = f"/summaries/relays/{relay(asked).id}"
    assert place in reader.as_(asked.hn).get("/").links()
    seen = reader.get(place)
    assert "Could it be in September?" in seen.words
    assert "A note" in seen.words
    assert reader.submit(place, reply="").status == 422
    assert reader.submit(place, reply="Yes, it suits us.").status == 303
    assert "Yes, it suits us." in reader.get(page).words
    assert "the country answered the Secretariat" in reader.as_(asked.st).get("/").words


def test_what_was_answered_in_between_is_not_passed_on(asked: Case, app: Flask) -> None:
    if db_is_a_file(app):
        pytest.skip("on SQLite whoever may write looks and writes alone")
    with app.app_context(), scoped(SYSTEM, writing=True):
        opened, seen = asked.opened(), question()
        other = threading.Thread(target=lambda: asked.stored(
            lambda: sending.answer_question(asked.st, question(), text="Yes")))  # fmt: skip
        other.start()
        other.join(60)
        with pytest.raises(NotNow):
            relaying.pass_on(asked.st, opened, seen)
        db.session.rollback()
        db.session.remove()
    assert relay(asked) is None


def db_is_a_file(app: Flask) -> bool:
    return str(app.config["SQLALCHEMY_DATABASE_URI"]).startswith("sqlite")
