"""Is a country named to a sponsor only by its own act, and its silence never taken for one?"""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.audit import trail
from app.audit.models import AuditEvent
from app.db.errors import Missing
from app.db.scoping import Scope, Wall, scoped
from app.extensions import db
from app.outbox.models import OutboxMessage
from app.policy.actor import Role
from app.policy.engine import Forbidden
from app.summaries import names, naming, received, revealing, sending
from app.summaries.models import CountryDecision, CountryRequest, CountryReveal, SummaryQuestion
from app.web.errors import Refusal
from app.workflow.machine import NotNow
from tests.calls.browsing import Reader
from tests.calls.settled import MORNING, Settled, in_role
from tests.summaries.accepted import Case, accepted, another_sponsor


def as_sponsor(case: Case) -> Scope:
    return Scope(Wall.SPONSOR, case.sponsor.organisation_id, "sponsor", case.sponsor.person_id)


def as_country(case: Case) -> Scope:
    return Scope(Wall.ORGANISATION, case.hn.organisation_id, "delegation", case.hn.person_id)


@pytest.fixture
def behind(app: Flask) -> Any:
    """Does something behind somebody's wall, in a transaction of its own."""

    def run(scope: Scope, act: Any) -> Any:
        with app.app_context(), scoped(scope, writing=True):
            try:
                result = act()
                db.session.flush()
                trail.append_queued(db.session())
                db.session.commit()
                return result
            finally:
                db.session.rollback()
                db.session.remove()

    return run


@pytest.fixture
def sent(case: Case) -> Case:
    case.prepare().send()
    return case


def ask(case: Case, behind: Any) -> None:
    routing_id = case.routing_id()
    behind(as_sponsor(case), lambda: revealing.ask(
        case.sponsor, received.get(case.sponsor, routing_id)))  # fmt: skip


def decide(case: Case, behind: Any, decision: str, reason: str = "") -> None:
    routing_id = case.routing_id()
    behind(as_country(case), lambda: revealing.decide(
        case.hn, names.get(case.hn, routing_id), decision=decision, reason=reason))  # fmt: skip


def rows(case: Case, model: Any) -> list[Any]:
    return case.stored(lambda: list(db.session.execute(select(model.__table__))))


def known(case: Case, behind: Any) -> list[str]:
    """What the sponsor may read behind its own wall."""
    return behind(as_sponsor(case), lambda: list(db.session.scalars(select(CountryReveal.country))))


def test_a_sponsor_asks_and_the_country_lets_it_know(sent: Case, behind: Any) -> None:
    ask(sent, behind)
    assert known(sent, behind) == []
    decide(sent, behind, "revealed")
    assert known(sent, behind) == ["HN"]
    (request,) = rows(sent, CountryRequest)
    assert request.state == "revealed"
    (decision,) = rows(sent, CountryDecision)
    assert (decision.decision, decision.request_id) == ("revealed", request.id)
    kinds = sent.stored(lambda: list(db.session.scalars(select(AuditEvent.kind))))
    assert {"country-asked", "country-revealed"} <= set(kinds)


def test_silence_tells_nothing_however_long_it_lasts(sent: Case, behind: Any) -> None:
    ask(sent, behind)
    with clock.stopped_at(MORNING + timedelta(days=900)):
        assert known(sent, behind) == []
        with pytest.raises(Refusal, match="asked already"):
            ask(sent, behind)


def test_after_a_no_it_may_ask_again_and_the_reason_never_reaches_it(
    sent: Case, behind: Any, reader: Reader
) -> None:
    ask(sent, behind)
    decide(sent, behind, "declined", "Not before the vote")
    page = f"/received/{sent.routing_id()}"
    seen = reader.as_(sent.sponsor).get(page)
    assert "its name is not told for now" in seen.words
    assert "Not before the vote" not in seen.html
    assert "Not before the vote" in reader.as_(sent.st).get(f"/summaries/{sent.summary_id}").words
    ask(sent, behind)
    decide(sent, behind, "revealed")
    assert known(sent, behind) == ["HN"]


def test_a_country_may_tell_its_name_without_being_asked(sent: Case, behind: Any) -> None:
    with pytest.raises(Refusal, match="Nobody asks"):
        decide(sent, behind, "declined")
    decide(sent, behind, "revealed")
    assert known(sent, behind) == ["HN"]
    with pytest.raises(Refusal, match="knows the country already"):
        ask(sent, behind)
    with pytest.raises(Refusal, match="knows the country already"):
        decide(sent, behind, "revealed")


def test_who_let_its_name_stand_in_the_summary_is_not_asked(
    settled: Settled, stored: Any, behind: Any
) -> None:
    case = accepted(settled, stored, sponsors="named").prepare()
    case.send()
    with pytest.raises(Refusal, match="knows the country already"):
        ask(case, behind)


def test_only_the_focal_point_of_that_country_says_its_word(sent: Case, behind: Any) -> None:
    routing_id = sent.routing_id()
    for other in (sent.settled["sv"], sent.settled["ca"]):
        with pytest.raises(Missing):
            sent.stored(lambda other=other: names.get(other, routing_id))
    asked = lambda: names.get(sent.hn, routing_id)  # noqa: E731
    for actor in (in_role(sent.hn, Role.CONTRIBUTOR), sent.st, sent.sponsor):
        with pytest.raises(Forbidden):
            sent.stored(lambda actor=actor: revealing.decide(actor, asked(), decision="revealed"))
    reading = in_role(sent.sponsor, Role.SPONSOR_READER)
    with pytest.raises(Forbidden):
        sent.stored(lambda: revealing.ask(reading, received.get(reading, routing_id)))


def test_a_recall_closes_what_was_asked_and_the_word_comes_too_late(
    sent: Case, behind: Any
) -> None:
    ask(sent, behind)
    routing_id = sent.routing_id()
    sent.recall()
    (request,) = rows(sent, CountryRequest)
    assert request.state == "closed"
    with pytest.raises(Missing):
        behind(as_country(sent), lambda: names.get(sent.hn, routing_id))
    with pytest.raises(Missing):
        behind(as_sponsor(sent), lambda: received.get(sent.sponsor, routing_id))


def test_the_secretariat_may_name_the_country_to_whom_it_is_known(sent: Case, behind: Any) -> None:
    sent.ask()
    answer = "Honduras offers its academy."

    def write() -> None:
        asked = db.session.scalars(select(SummaryQuestion)).one()
        sending.answer_question(sent.st, asked, text=answer)

    with pytest.raises(Refusal, match=naming.NAMES_COUNTRY[-20:]):
        sent.stored(write)
    decide(sent, behind, "revealed")
    sent.stored(write)


def test_all_three_sides_are_told_and_no_mail_names_anybody(sent: Case, behind: Any) -> None:
    ask(sent, behind)
    decide(sent, behind, "revealed")
    kinds = sent.stored(lambda: list(db.session.scalars(select(OutboxMessage.kind))))
    assert {"country-requested", "country-answered", "country-decided"} <= set(kinds)


class TestWalls:
    """Plain SQL, with the guards and queries gone."""

    def test_the_secretariat_cannot_tell_a_name_for_a_country(
        self, sent: Case, behind: Any, database: Any
    ) -> None:
        if database.is_a_file:
            pytest.skip("SQLite has no row-level security")
        routing_id = sent.routing_id()
        wall = Scope(Wall.ORGANISATION, sent.st.organisation_id, "secretariat", sent.st.person_id)
        for scope, country in ((wall, "HN"), (as_country(sent), "SV"), (as_sponsor(sent), "HN")):
            with pytest.raises(Exception, match=r"row-level security|permission denied"):
                behind(scope, lambda country=country: db.session.execute(
                    CountryReveal.__table__.insert().values(
                        routing_id=routing_id, country=country, revealed_at=MORNING,
                        sponsor_id=sent.sponsor.organisation_id)))  # fmt: skip

    def test_another_sponsor_reads_nothing_of_it(
        self, sent: Case, behind: Any, database: Any
    ) -> None:
        if database.is_a_file:
            pytest.skip("SQLite has no row-level security")
        ask(sent, behind)
        decide(sent, behind, "revealed")
        other = Scope(Wall.SPONSOR, sent.stored(another_sponsor), "sponsor", "nobody")
        for model in (CountryReveal, CountryRequest):
            assert behind(other, lambda model=model: db.session.scalars(select(model)).all()) == []


class TestRaces:
    @pytest.fixture(autouse=True)
    def postgresql(self, database: Any) -> None:
        if database.is_a_file:
            pytest.skip("on SQLite whoever may write looks and writes alone")

    def test_a_recall_waits_for_a_word_that_is_being_said(
        self, sent: Case, behind: Any, app: Flask
    ) -> None:
        ask(sent, behind)
        routing_id = sent.routing_id()
        with app.app_context(), scoped(as_country(sent), writing=True):
            revealing.decide(sent.hn, names.get(sent.hn, routing_id), decision="revealed")
            db.session.flush()
            recalling = threading.Thread(target=sent.recall)
            recalling.start()
            recalling.join(0.5)
            db.session.commit()
            db.session.remove()
        recalling.join(60)
        assert not recalling.is_alive()
        assert [one.state for one in rows(sent, CountryRequest)] == ["revealed"]

    def test_of_two_focal_points_the_second_is_refused(
        self, sent: Case, behind: Any, app: Flask
    ) -> None:
        ask(sent, behind)
        routing_id = sent.routing_id()
        with app.app_context(), scoped(as_country(sent), writing=True):
            seen = names.get(sent.hn, routing_id)
            other = threading.Thread(target=lambda: decide(sent, behind, "declined"))
            other.start()
            other.join(60)
            with pytest.raises((NotNow, Refusal)):
                revealing.decide(sent.hn, seen, decision="declined")
            db.session.rollback()
            db.session.remove()
        assert [one.decision for one in rows(sent, CountryDecision)] == ["declined"]

    def test_two_colleagues_of_a_sponsor_ask_once(
        self, sent: Case, behind: Any, app: Flask
    ) -> None:
        routing_id = sent.routing_id()
        with app.app_context(), scoped(as_sponsor(sent), writing=True):
            seen = received.get(sent.sponsor, routing_id)
            other = threading.Thread(target=lambda: ask(sent, behind))
            other.start()
            other.join(60)
            with pytest.raises(Refusal):
                revealing.ask(sent.sponsor, seen)
            db.session.rollback()
            db.session.remove()
        assert len(rows(sent, CountryRequest)) == 1


class TestPages:
    def test_the_way_from_the_button_to_the_name(self, sent: Case, reader: Reader) -> None:
        page = f"/received/{sent.routing_id()}"
        seen = reader.as_(sent.sponsor).get(page)
        assert "A member country of the Conference; its name is not shown" in seen.words
        assert reader.submit(page, f"{page}/country").status == 303
        assert f"{page}/country" not in reader.get(page).actions()
        word = f"/summaries/routings/{sent.routing_id()}/country"
        assert word in reader.as_(sent.hn).get("/").links()
        assert reader.submit(word, decision=None).status == 422
        assert reader.submit(word, decision="revealed").status == 303
        named = reader.as_(sent.sponsor).get(page)
        assert "Honduras" in named.words
        assert "Honduras" in reader.get("/received").words
        assert "Honduras" not in str(reader.get("/").links())
        assert f"{page}#country" in reader.get("/").links()
        assert "the country let its name be known" in reader.as_(sent.st).get(
            f"/summaries/{sent.summary_id}").words  # fmt: skip
