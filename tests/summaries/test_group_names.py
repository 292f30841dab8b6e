"""May each country of a group tell its name when it will, and does the silence of one hold up no other?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app import clock
from app.db.base import new_id
from app.extensions import db
from app.outbox.models import OutboxMessage
from app.summaries import queries as single
from app.summaries import received, relaying, responding
from app.summaries.groups import asked_names, queries
from app.summaries.models import CountryRequest, GroupSummary, SummaryQuestion
from app.web.errors import Refusal
from tests.calls.browsing import Reader
from tests.calls.settled import MORNING, Settled
from tests.summaries.grouped import Grouped, grouped


@pytest.fixture
def case(settled: Settled, stored: Any) -> Grouped:
    made: Grouped = grouped(settled, stored).agreed().send()
    return made


def states(case: Grouped) -> list[str]:
    asked = db.select(CountryRequest.state).order_by(CountryRequest.asked_at, CountryRequest.id)
    return case.stored(lambda: list(db.session.scalars(asked)))  # type: ignore[no-any-return]


def mails(case: Grouped) -> list[str]:
    """What the sponsor was written about names."""
    kinds = ("country-answered", "country-request-closed")
    found = db.select(OutboxMessage.kind).where(OutboxMessage.kind.in_(kinds))
    return case.stored(lambda: sorted(db.session.scalars(found)))  # type: ignore[no-any-return]


def test_a_country_that_said_no_may_tell_its_name_while_others_are_silent(case: Grouped) -> None:
    case.ask_country()
    case.tell("SV", "declined")
    with pytest.raises(Refusal):
        case.tell("SV", "declined")
    case.tell("SV", "revealed")
    assert states(case) == ["asked"], "Guatemala has said nothing yet"
    with pytest.raises(Refusal):
        case.tell("SV", "revealed")


def test_a_no_is_told_to_no_sponsor_but_by_the_closing(case: Grouped) -> None:
    case.ask_country()
    case.tell("SV", "declined")
    assert not mails(case)
    case.tell("GT", "declined")
    assert mails(case) == ["country-request-closed"]
    assert states(case) == ["declined"]
    case.tell("SV", "revealed")
    assert mails(case) == ["country-answered", "country-request-closed"]


def test_a_closing_by_a_yes_is_one_mail(case: Grouped) -> None:
    case.ask_country()
    case.tell("SV", "declined")
    case.tell("GT", "revealed")
    assert mails(case) == ["country-answered"]
    assert states(case) == ["revealed"]


def test_five_working_days_end_a_request_so_that_it_can_be_asked_anew(
    case: Grouped, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.ask_country()
    case.tell("SV", "declined")
    for days, expected in ((6, ["asked"]), (8, ["declined"])):
        monkeypatch.setattr(clock, "now", lambda days=days: MORNING + timedelta(days=days))
        with app.app_context():
            asked_names.close_requests()
        assert states(case) == expected
    assert mails(case) == ["country-request-closed"]
    case.ask_country()
    assert sorted(states(case)) == ["asked", "declined"]


def test_the_country_s_page_says_what_is_so(case: Grouped, reader: Reader) -> None:
    here = f"/summaries/routings/{case.routing_id()}/country"
    reader.as_(case.actor("SV"))
    assert "yours among them, without your name. You may tell it" in reader.get(here).words
    case.ask_country()
    assert "it asked which countries they are" in reader.get(here).words
    assert reader.submit(here, decision="declined").status == 303
    words = reader.get(here).words
    assert "your country said: not now" in words
    assert "has not asked for it" not in words
    assert "Other countries stand in that summary too" in words
    assert reader.submit(here, decision="revealed").status == 303
    assert "You let this sponsor know your name" in reader.get(here).words


def test_the_log_says_which_country_and_how_many_are_known(case: Grouped, reader: Reader) -> None:
    case.ask_country()
    log = f"/summaries/sponsors/{case.settled.id('ca-sponsor')}"
    assert "1 of 3 known to it" in reader.as_(case.st).get(log).words
    case.tell("GT", "revealed")
    words = reader.get(log).words
    assert "2 of 3 known to it" in words
    assert "The country told it its name Guatemala" in words


def test_the_part_s_page_says_how_many_stand_in_it_and_how_many_by_name(
    case: Grouped, reader: Reader
) -> None:
    page = reader.as_(case.actor("SV")).get(f"/summaries/parts/{case.change_id('SV')}").words
    assert "Asked together: 3 needs of 3 countries. One of the countries lets sponsors" in page
    assert "Fewer than three countries would go unnamed." in page
    named = reader.as_(case.actor("HN")).get(f"/summaries/parts/{case.change_id('HN')}").words
    assert "Fewer than three countries would go unnamed." not in named


def test_what_was_passed_on_stands_with_its_question_however_many_there_are(case: Grouped) -> None:
    routing_id, summary_id = case.routing_id(), case.summary_id("SV")
    case.stored(lambda: responding.ask(
        case.sponsor, received.get(case.sponsor, routing_id), text="When?"))  # fmt: skip

    def more() -> None:
        asked = SummaryQuestion.__table__
        one = dict(db.session.execute(db.select(asked)).mappings().one())
        later = one["asked_at"] + timedelta(minutes=1)
        db.session.execute(asked.insert(), [
            {**one, "id": new_id(), "asked_at": later} for _ in range(queries.SHOWN)])  # fmt: skip

    case.stored(more)

    def shown() -> tuple[int, set[str]]:
        record = db.session.scalars(db.select(GroupSummary)).one()
        ids = [row.SummaryQuestion.id for row in queries.questions(record)]
        newest = single.question(case.st, ids[0])
        if newest.passed_at is None:
            relaying.pass_on(case.st, single.get(case.st, summary_id), newest)
            db.session.flush()
        return len(ids), set(queries.relays(ids)) & {ids[0]}

    count, passed = case.stored(shown)
    assert (count, len(passed)) == (queries.SHOWN, 1)
