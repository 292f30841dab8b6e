"""Do sponsors read a group's needs as one, each need once, with no more than each country let be told?"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.db.errors import Missing
from app.db.scoping import Scope, Wall, scoped
from app.extensions import db
from app.summaries import actions as single_actions
from app.summaries import queries, received, relaying, responding
from app.summaries import sending as alone
from app.summaries.groups import actions, following, sending
from app.summaries.groups import queries as grouping
from app.summaries.models import (
    CountryRequest,
    CountryReveal,
    QuestionRelay,
    Routing,
    Summary,
    SummaryChange,
    SummaryQuestion,
    SummaryRelease,
)
from app.web.errors import Refusal
from app.workflow.machine import NotNow
from tests.calls.browsing import Reader
from tests.calls.settled import MORNING, Settled
from tests.summaries.accepted import another_sponsor
from tests.summaries.grouped import Grouped, grouped, leave


@pytest.fixture
def case(settled: Settled, stored: Any) -> Grouped:
    return grouped(settled, stored)


def rows(case: Grouped, model: Any) -> list[Any]:
    return case.stored(lambda: list(db.session.execute(select(model.__table__))))


def test_each_country_is_asked_about_its_own_part_but_who_sends_nothing(case: Grouped) -> None:
    case.prepare()
    asked = rows(case, SummaryChange)
    owners = {each.organisation_id for each in asked}
    assert owners == {case.countries[code] for code in ("HN", "SV", "GT")}
    for each in asked:
        assert each.kind == "grouping"
        assert each.closes_at > MORNING + timedelta(days=4)
        keys = {item["key"] for section in json.loads(each.after)["sections"]
                for item in section["items"]}  # fmt: skip
        assert {"themes", "audience"} <= keys
        assert "title" not in keys
    assert {each.state for each in rows(case, Summary)} == {"prepared"}


def test_a_group_s_summary_adds_up_each_need_once(case: Grouped) -> None:
    case.agreed().send()
    items = case.items()
    assert items["needs"]["value"]["en"] == "3"
    assert items["countries"]["value"]["en"] == "3"
    told = [[cell["en"] for cell in row] for row in items["audience"]["table"]["rows"]]
    assert sorted(told) == [
        ["First-response police", "30", "0", "0", "30"],
        ["Prosecutors", "43", "25", "18", "0"],
    ]
    assert items["participants"]["value"]["en"] == "73"
    assert items["languages"]["value"]["en"] == "Spanish (of 2 of 3 needs)"
    dates = "from 6 September 2004 to 31 December 2004 (of 2 of 3 needs)"
    assert items["window"]["value"]["en"] == dates, "Guatemala said no dates"
    assert items["hours"]["value"]["en"] == "24–40"
    assert len(items["themes"]["value"]["es"].split("; ")) == 2


def test_only_a_country_that_agreed_by_name_is_named_and_nothing_that_was_written(
    case: Grouped,
) -> None:
    case.agreed().send()
    content = case.content()
    assert content["country"] is None
    assert (content["countries"], content["of_countries"]) == (["HN"], 3)
    for words in ("Primera", "Segunda", "Tercera", "Salvador", "SV", "Guatemala"):
        assert words not in json.dumps(content, ensure_ascii=False)
    assert {each.is_named for each in rows(case, SummaryRelease)} == {True, False}


def test_who_objects_or_withholds_is_left_out(case: Grouped) -> None:
    case.prepare()
    case.say("HN")
    case.say("SV", "objected")
    case.say("GT")
    case.send()
    assert case.items()["needs"]["value"]["en"] == "2"
    assert case.items()["participants"]["value"]["en"] == "40"
    released = {each.organisation_id for each in rows(case, SummaryRelease)}
    assert case.countries["SV"] not in released


def test_nothing_is_sent_while_a_word_is_waited_for_or_where_too_few_agree(case: Grouped) -> None:
    case.prepare()
    case.say("HN")
    case.say("SV", "withheld")
    with pytest.raises(Refusal) as refused:
        case.send()
    assert refused.value.message == sending.WAITING
    case.say("GT", "objected")
    with pytest.raises(Refusal) as refused:
        case.send()
    assert refused.value.message == sending.TOO_FEW
    with pytest.raises(NotNow):
        case.say("GT")


def test_silence_permits_without_the_name_once_a_country_has_answered(
    case: Grouped, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.prepare()
    case.say("SV")
    case.say("GT")
    case.stored(lambda: sending.end(case.st, case.opened(), reason="Anew"))
    case.prepare()
    case.say("GT")
    monkeypatch.setattr(clock, "now", lambda: MORNING + timedelta(days=20))
    case.stored(lambda: actions.take_silence(case.st, case.opened()))
    decisions = {(each.organisation_id, each.decision) for each in rows(case, SummaryChange)
                 if each.grouping_id == case.grouping_id}  # fmt: skip
    assert (case.countries["SV"], "silence") in decisions
    assert (case.countries["HN"], None) in decisions, "Honduras never answered in Enlace"
    with pytest.raises(Refusal):
        case.stored(lambda: actions.take_silence(case.st, case.opened()))


def test_a_silent_country_goes_unnamed(case: Grouped, monkeypatch: pytest.MonkeyPatch) -> None:
    case.prepare()
    case.say("HN")
    case.stored(lambda: sending.end(case.st, case.opened(), reason="Anew"))
    case.prepare()
    case.say("SV")
    case.say("GT")
    monkeypatch.setattr(clock, "now", lambda: MORNING + timedelta(days=20))
    case.stored(lambda: actions.take_silence(case.st, case.opened()))
    case.send()
    assert case.content()["countries"] == []
    assert case.items()["needs"]["value"]["en"] == "3"


def test_a_need_that_sponsors_read_in_its_group_is_not_sent_alone(case: Grouped) -> None:
    case.agreed().send()
    summary_id, us = case.summary_id("HN"), case.stored(another_sponsor)
    with pytest.raises(Refusal) as refused:
        case.stored(lambda: alone.route(case.st, queries.get(case.st, summary_id),
                                        sponsor_ids=[us], why="It fits"))  # fmt: skip
    assert refused.value.message == alone.IN_GROUP
    assert len(rows(case, Routing)) == 1


def test_a_sponsor_that_holds_a_need_alone_gets_the_group_only_after_its_recall(
    case: Grouped,
) -> None:
    case.agreed()
    summary_id, us = case.summary_id("HN"), case.stored(another_sponsor)
    case.stored(lambda: alone.route(
        case.st, queries.get(case.st, summary_id), why="It fits",
        sponsor_ids=[case.settled.id("ca-sponsor")]))  # fmt: skip
    with pytest.raises(Refusal) as refused:
        case.send()
    assert refused.value.message == sending.ALONE
    case.send(us)
    case.stored(lambda: alone.recall(case.st, queries.get(case.st, summary_id), reason="Together"))
    case.send()
    assert sorted(each.state for each in rows(case, Routing)) == ["recalled", "sent", "sent"]


@pytest.mark.parametrize("country", ["HN", "GT"])
def test_a_withdrawn_need_takes_the_whole_group_back(
    case: Grouped, app: Flask, country: str
) -> None:
    case.agreed().send()
    with app.app_context():
        following.follow_groups()
    assert case.state() == "released"
    case.withdraw(country)
    with app.app_context():
        following.follow_groups()
    assert case.state() == "ended"
    assert [each.state for each in rows(case, Routing)] == ["recalled"]


def test_a_group_that_changes_takes_its_summary_back(
    case: Grouped, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.agreed().send()
    monkeypatch.setattr(clock, "now", lambda: MORNING + timedelta(days=1))
    leave(case, "NI")
    with app.app_context():
        following.follow_groups()
    assert case.state() == "ended"
    assert case.prepare().state() == "asking"


def test_what_the_secretariat_writes_names_none_of_the_unnamed(case: Grouped) -> None:
    case.agreed()
    with pytest.raises(Refusal) as refused:
        case.send(why="For Honduras and Guatemala")
    assert refused.value.field == "why"
    case.send(why="For Honduras and others")


def test_each_country_says_its_word_about_its_name_for_itself(case: Grouped) -> None:
    case.agreed().send()
    case.ask_country()
    with pytest.raises(Refusal):
        case.tell("HN", "revealed")  # it is named already
    case.tell("SV", "declined")
    assert [each.state for each in rows(case, CountryRequest)] == ["asked"]
    with pytest.raises(Refusal):
        case.tell("SV", "declined")
    case.tell("GT", "revealed")
    assert [each.state for each in rows(case, CountryRequest)] == ["revealed"]
    assert [each.country for each in rows(case, CountryReveal)] == ["GT"]
    case.ask_country()
    case.tell("SV", "revealed")
    with pytest.raises(Refusal):
        case.ask_country()


def test_a_question_goes_to_the_countries_that_were_chosen_and_words_name_nobody(
    case: Grouped,
) -> None:
    case.agreed().send()
    routing_id = case.routing_id()
    case.stored(lambda: responding.ask(case.sponsor, received.get(case.sponsor, routing_id),
                                       text="When?"))  # fmt: skip
    (question,) = rows(case, SummaryQuestion)
    for country in ("SV", "GT"):
        summary_id = case.summary_id(country)
        case.stored(lambda summary_id=summary_id: relaying.pass_on(
            case.st, queries.get(case.st, summary_id),
            queries.question(case.st, question.id)))  # fmt: skip
    assert {each.organisation_id for each in rows(case, QuestionRelay)} == {
        case.countries["SV"], case.countries["GT"]}  # fmt: skip
    with pytest.raises(Refusal) as refused:
        case.stored(lambda: alone.answer_question(
            case.st, queries.question(case.st, question.id), text="El Salvador in May"))  # fmt: skip
    assert refused.value.field == "answer"
    case.stored(lambda: alone.answer_question(
        case.st, queries.question(case.st, question.id), text="In May"))  # fmt: skip


def test_a_country_sees_its_own_part_and_no_other(case: Grouped, app: Flask) -> None:
    case.agreed().send()
    hn, change_id = case.actor("HN"), case.change_id("SV")
    with pytest.raises(Missing):
        case.stored(lambda: grouping.part(hn, change_id))
    with pytest.raises(Missing):
        case.stored(lambda: grouping.get(hn, case.grouping_id))
    behind = Scope(Wall.ORGANISATION, hn.organisation_id, "delegation", hn.person_id)
    with app.app_context(), scoped(behind, writing=False):
        if db.engine.dialect.name != "postgresql":  # SQLite has no walls of rows
            return
        for model in (SummaryChange, SummaryRelease):
            owners = set(db.session.scalars(select(model.organisation_id)))
            assert owners == {hn.organisation_id}
        db.session.remove()


def test_its_own_summary_stays_as_it_is(case: Grouped) -> None:
    before = {}
    case.prepare()
    before = {each.id: (each.preview_hash, each.state) for each in rows(case, Summary)}
    case.say("HN")
    case.say("SV", "withheld", "Not together")
    assert {each.id: (each.preview_hash, each.state) for each in rows(case, Summary)} == before
    assert single_actions.MADE_OTHERWISE != actions.KIND


def test_from_the_group_s_page_to_the_sponsor_and_back(case: Grouped, reader: Reader) -> None:
    here = f"/summaries/of-group/{case.group_id}"
    assert here in reader.as_(case.st).get(f"/groups/{case.group_id}").links()
    page = reader.get(here)
    assert "Stays out: the country sends no summary of it." in page.words
    case.grouping_id = str(reader.submit(here, here).location).rsplit("/", 1)[1]
    together = f"/summaries/groups/{case.grouping_id}"
    assert "The words of 3 countries are waited for." in reader.get(together).words
    for country in ("HN", "SV", "GT"):
        actor, part = case.actor(country), f"/summaries/parts/{case.change_id(country)}"
        page = reader.as_(actor).get(f"/summaries/{case.summary_id(country)}")
        assert part in page.links()
        assert "Choose an answer." in reader.submit(part, part).words
        assert reader.submit(part, part, decision="consented").status == 303
        assert "Your word was recorded." in reader.get(part).words
    page = reader.as_(case.st).get(together)
    assert "Honduras · 2 member countries whose names are not shown" in page.words
    sent = reader.submit(together, f"{together}/routings", why="It fits",
                         sponsors=[case.settled.id("ca-sponsor")])  # fmt: skip
    assert sent.status == 303
    own = f"/summaries/{case.summary_id('SV')}"
    assert together in reader.get(own).links()
    routing_id = case.routing_id()
    page = reader.as_(case.sponsor).get(f"/received/{routing_id}")
    assert "2 member countries whose names are not shown" in page.words
    assert "Participants in all 73" in page.words
    reader.submit(f"/received/{routing_id}", f"/received/{routing_id}/country")
    mine = f"/received/{routing_id}"
    reader.send(f"{mine}/questions", reader.get(mine).fields(f"{mine}/answer"), question="When?")
    assert "2 member countries" in reader.get("/received").words
    page = reader.as_(case.actor("SV")).get(f"/summaries/routings/{routing_id}/country")
    reader.submit(f"/summaries/routings/{routing_id}/country", decision="revealed")
    page = reader.as_(case.st).get(f"/summaries/routings/{routing_id}", status=303)
    assert page.location == together
    (question,) = rows(case, SummaryQuestion)
    base = f"/summaries/groups/questions/{question.id}"
    nobody = reader.submit(together, f"{base}/relay")
    assert "Choose at least one country." in nobody.words
    reader.submit(together, f"{base}/relay", **{f"countries-{question.id}": [case.countries["GT"]]})
    refused = reader.submit(together, f"{base}/answer", answer="Guatemala says in May")
    assert "tells sponsors which country asks" in refused.words
    reader.submit(together, f"{base}/answer", answer="El Salvador can in May")
    log = reader.get(f"/summaries/sponsors/{case.settled.id('ca-sponsor')}").words
    assert "Interview" in log
    reader.submit(together, f"{together}/end", reason="Done with it")
    assert "Done with it" in reader.get(together).words
    reader.as_(case.sponsor).get(f"/received/{routing_id}", status=404)
