"""Does the log of a sponsor hold all that passed with it, in the order of time, and of it alone?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app import clock
from app.db.base import new_id
from app.extensions import db
from app.summaries import names, opening, received, relaying, revealing, sending, sponsor_log
from app.summaries.models import SummaryOpening, SummaryQuestion
from tests.calls.browsing import Reader
from tests.calls.settled import MORNING
from tests.summaries.accepted import Case, another_sponsor


@pytest.fixture
def lived(case: Case) -> Case:
    """A summary on which everything happened once, an hour after the other."""
    hours = iter(range(1, 100))

    def at(act: Any) -> None:
        with clock.stopped_at(MORNING + timedelta(hours=next(hours))):
            act()

    def question() -> Any:
        return db.session.scalars(select(SummaryQuestion)).one()

    case.prepare()
    at(case.send)
    routing_id, sponsor = case.routing_id(), case.sponsor
    sent = lambda: received.get(sponsor, routing_id)  # noqa: E731
    at(lambda: case.stored(lambda: opening.note_opening(sponsor, routing_id)))
    at(lambda: case.respond("not_now"))
    at(lambda: case.respond("interested"))
    at(lambda: case.ask("In September?"))
    at(lambda: case.stored(lambda: relaying.pass_on(case.st, case.opened(), question(), note="N")))
    at(lambda: case.stored(lambda: relaying.reply(
        case.hn, relaying.get(case.hn, relaying.of_summary(case.opened())[0].id), text="Yes")))  # fmt: skip
    at(lambda: case.stored(lambda: sending.answer_question(case.st, question(), text="It can")))
    at(lambda: case.stored(lambda: revealing.ask(sponsor, sent())))
    at(lambda: case.stored(lambda: revealing.decide(
        case.hn, names.get(case.hn, routing_id), decision="declined", reason="Later")))  # fmt: skip
    at(lambda: case.stored(lambda: revealing.decide(
        case.hn, names.get(case.hn, routing_id), decision="revealed")))  # fmt: skip
    at(case.recall)
    return case


def kinds(case: Case, sponsor_id: str = "", **asked: str) -> list[str]:
    def read() -> list[str]:
        found = sponsor_log.sponsor(case.st, sponsor_id or case.settled.id("ca-sponsor"))
        asked_for = {"kind": "", "routing_id": "", "after": "", **asked}
        return [row.kind for row in sponsor_log.events(found, **asked_for).rows]

    return case.stored(read)


def test_all_that_happened_stands_there_the_newest_first(lived: Case) -> None:
    assert kinds(lived) == [
        "recalled", "revealed", "declined", "country_asked", "answered", "replied", "passed",
        "asked", "interested", "not_now", "opened", "sent",
    ]  # fmt: skip
    of_courses = {kind for kind in sponsor_log.EVENTS if kind.startswith(("course_", "pledge_"))}
    assert set(kinds(lived)) == set(sponsor_log.EVENTS) - of_courses


def test_one_kind_or_one_summary_can_be_asked_for(lived: Case) -> None:
    assert kinds(lived, kind="asked") == ["asked"]
    assert kinds(lived, routing_id=new_id()) == []


def test_another_sponsor_has_a_log_of_its_own(lived: Case) -> None:
    assert kinds(lived, lived.stored(another_sponsor)) == []


def test_the_list_counts_what_each_sponsor_holds(case: Case, reader: Reader) -> None:
    case.prepare().send()
    case.ask()
    other = case.stored(another_sponsor)
    words = reader.as_(case.st).get("/summaries/sponsors").words
    assert "ca-sponsor (en) 1 0 0 1 0" in words
    assert "US (en) 0 0 0 0 0" in words
    assert (
        "Nothing was sent to this sponsor yet." in reader.get(f"/summaries/sponsors/{other}").words
    )


def test_the_page_shows_words_and_filters_them(lived: Case, reader: Reader) -> None:
    page = f"/summaries/sponsors/{lived.settled.id('ca-sponsor')}"
    words = reader.as_(lived.st).get(page).words
    for said in ("In September?", "It can", "Later", "It fits", "The country told it its name"):
        assert said in words
    assert "It can" not in reader.get(f"{page}?kind=asked").words
    only = next(link for link in reader.get(page).links() if "routing=" in link)
    assert "shown below" in reader.get(only).words
    assert "Nothing stands here." in reader.get(f"{page}?routing={new_id()}").words
    assert reader.get(f"{page}?kind=unheard-of").status == 200


def test_a_long_log_is_read_page_by_page(case: Case, reader: Reader) -> None:
    case.prepare().send()
    routing_id = case.routing_id()
    case.stored(lambda: db.session.execute(SummaryOpening.__table__.insert(), [
        {"id": new_id(), "routing_id": routing_id, "person_id": case.sponsor.person_id,
         "sponsor_id": case.sponsor.organisation_id, "opened_at": MORNING + timedelta(hours=1)}
        for _ in range(60)]))  # fmt: skip
    page, seen = f"/summaries/sponsors/{case.settled.id('ca-sponsor')}", 0
    reader.as_(case.st)
    while page:
        shown = reader.get(page)
        seen += shown.words.count("Opened by it")
        page = next(
            (link for link in shown.links() if "after=" in link and "after=-" not in link), ""
        )
    assert seen >= 60


def test_nobody_else_reads_it(lived: Case, reader: Reader) -> None:
    page = f"/summaries/sponsors/{lived.settled.id('ca-sponsor')}"
    for actor in (lived.hn, lived.sponsor):
        reader.as_(actor).get(page, status=403)
        reader.get("/summaries/sponsors", status=403)
    reader.as_(lived.st).get(f"/summaries/sponsors/{lived.settled.id('hn')}", status=404)
