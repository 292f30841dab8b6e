"""Do the pages of summaries ask, refuse and keep what was typed where it belongs?"""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.formats.canonical import canonical_json
from app.intake.models import Dossier
from app.summaries.models import SummaryChange, SummaryOpening
from tests.calls.browsing import Reader
from tests.calls.settled import MORNING, Settled
from tests.summaries.accepted import ANSWERS, Case, accepted, another_sponsor, version
from tests.summaries.test_life import SHORTER


@pytest.fixture
def sent(case: Case) -> Case:
    case.prepare().send()
    return case


def openings(case: Case) -> int:
    return len(case.stored(lambda: db.session.scalars(select(SummaryOpening)).all()))


def test_words_are_changed_and_generalised_on_the_page(case: Case, reader: Reader) -> None:
    page = f"/summaries/{case.prepare().summary_id}/change"
    reader.as_(case.st)
    assert "audience.region" in reader.get(page).html
    nothing = reader.submit(page, note="Nothing", **{"words.modality.en": "ignored"})
    assert nothing.status == 422
    assert "Nothing differs" in nothing.words
    half = reader.submit(page, note="Half", generalise="modality",
                         **{"words.modality.en": "Somewhere"})  # fmt: skip
    assert half.status == 422
    assert 'id="error-words.modality.es"' in half.html
    unfit = reader.submit(page, note="a\u202eb")
    assert unfit.status == 422
    assert 'id="error-note"' in unfit.html
    whole = reader.submit(page, note="Whole", generalise="modality", kind="generalisation",
                          **{"words.modality.en": "Somewhere", "words.modality.es": "Aquí"})  # fmt: skip
    assert whole.status == 303
    assert reader.submit(page, kind="grouping", note="Whole").status == 422


def test_the_country_decides_on_what_it_has_read(case: Case, reader: Reader) -> None:
    case.prepare().change(SHORTER)
    page = f"/summaries/{case.summary_id}/decision"
    shown = reader.as_(case.hn).get(page)
    assert "Nobody on the night shift knows how." in shown.words
    assert "<mark>Nobody knows how.</mark>" in shown.html
    case.change({"gap": {"en": "Another", "es": "Otra"}})
    late = reader.send(page, shown.fields(page), decision="consented", reason="Agreed")
    assert late.status == 409
    assert "Another" in late.words
    assert "Agreed" in late.html
    waiting = [None, "superseded"]
    decisions = case.stored(lambda: db.session.scalars(select(SummaryChange.decision)).all())
    assert sorted(decisions, key=str) == waiting
    assert reader.submit(page, decision="consented").status == 303


@pytest.mark.parametrize("text", ["", "x" * 4001])
def test_a_refused_answer_stands_at_its_question_with_what_was_typed(
    sent: Case, reader: Reader, text: str
) -> None:
    sent.ask("First?")
    sent.ask("Second?")
    page = f"/summaries/{sent.summary_id}"
    shown = reader.as_(sent.st).get(page)  # whose ids differ: the reader looks
    action = next(one for one in shown.actions() if one.endswith("/answer"))
    found = reader.send(action, shown.fields(action), answer=text)
    place = "answer-" + action.split("/")[-2]
    assert found.status == 422
    assert f'id="error-{place}"' in found.html
    assert len(re.findall("x{4001}", found.html)) == (1 if text else 0)
    assert reader.send(action, shown.fields(action), answer=" In May ").status == 303
    assert "In May" in reader.get(page).words


def test_an_opening_is_recorded_once_in_ten_minutes_and_for_looking_alone(
    sent: Case, reader: Reader
) -> None:
    page = f"/received/{sent.routing_id()}"
    reader.as_(sent.sponsor).client.head(page)
    assert openings(sent) == 0
    reader.get(page)
    reader.get(page)
    assert openings(sent) == 1
    with clock.stopped_at(MORNING + timedelta(minutes=11)):
        fields = reader.get(page).fields(f"{page}/answer")
        assert openings(sent) == 2
    with clock.stopped_at(MORNING + timedelta(minutes=22)):
        done = reader.send(f"{page}/answer", fields, state="not_now")
        reader.get(str(done.location))
    assert openings(sent) == 2


def test_the_page_of_a_sponsor_has_headings_one_below_the_other(sent: Case, reader: Reader) -> None:
    page = reader.as_(sent.sponsor).get(f"/received/{sent.routing_id()}")
    main = next(page.tree().iter("main"))
    levels = [int(one.tag[1]) for one in main.iter() if re.fullmatch("h[1-6]", str(one.tag))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_sending_to_the_countrys_own_side_is_warned_of_and_confirmed(
    case: Case, reader: Reader
) -> None:
    case.prepare()
    own = case.stored(lambda: another_sponsor("HN"))
    page, send = f"/summaries/{case.summary_id}", f"/summaries/{case.summary_id}/routings"
    shown = reader.as_(case.st).get(page)
    assert "“HN (en)” is the sponsor side of Honduras" in shown.words
    assert "ca-sponsor (en)” is the sponsor side" not in shown.words
    refused = reader.submit(page, send, sponsors=[own], why="It fits")
    assert refused.status == 422
    assert 'href="#own_side"' in refused.html
    assert refused.fields(send)["sponsors"] == [own]
    assert refused.fields(send)["why"] == ["It fits"]
    assert reader.submit(page, send, sponsors=[own], why="It fits", own_side="yes").status == 303
    assert "is the sponsor side of" not in reader.get(page).words


def test_a_named_country_is_sent_anywhere_without_a_warning(case: Case, reader: Reader) -> None:
    case.prepare()
    case.stored(lambda: another_sponsor("HN"))

    def name() -> None:
        summary = case.opened().summary
        summary.preview = canonical_json({**json.loads(summary.preview), "country": "HN"}).decode()

    case.stored(name)
    assert (
        "is the sponsor side of"
        not in reader.as_(case.st).get(f"/summaries/{case.summary_id}").words
    )


def test_a_sponsor_reads_why_its_question_was_closed_and_nothing_of_what_was_recalled(
    sent: Case, reader: Reader
) -> None:
    page = f"/received/{sent.routing_id()}"
    sent.ask("Could it be in May?")
    reference = re.search(r'class="ref">([A-Z0-9]{10})<', reader.as_(sent.sponsor).get(page).html)
    sent.recall()
    for path in ("/received", "/"):
        seen = reader.get(path)
        assert "Could it be in May?" in seen.words, path
        assert "The Secretariat recalled the summary, so the question was closed." in seen.words
        assert "A mistake" not in seen.html
        assert reference is None or reference[1] not in seen.html
    assert page not in reader.get("/").links()
    reader.get(page, status=404)
    assert "A mistake" in reader.as_(sent.st).get(f"/summaries/{sent.summary_id}").words


QUESTION = re.compile(r"¿|\?|…")


def test_a_sponsor_reads_headings_and_no_question_that_was_put_to_the_country(
    sent: Case, reader: Reader
) -> None:
    page = reader.as_(sent.sponsor).get(f"/received/{sent.routing_id()}")
    main = next(page.tree().iter("main"))
    heads = ["".join(one.itertext()) for tag in ("dt", "th") for one in main.iter(tag)]
    assert "What is missing today" in heads
    assert "Who would pay" in heads
    assert not [head for head in heads if QUESTION.search(head)]


def test_words_in_another_language_than_the_page_are_marked_and_it_is_said(
    sent: Case, reader: Reader
) -> None:
    path = f"/received/{sent.routing_id()}"
    english = reader.as_(sent.sponsor).get(path)
    assert "Written in English" not in english.words
    page = reader.as_(replace(sent.sponsor, lang="es")).get(path)
    marked = {"".join(one.itertext()).strip() for one in page.tree().iter()
              if one.tag in ("h1", "td", "div") and one.get("lang") == "en"}  # fmt: skip
    assert marked == {ANSWERS["title"], ANSWERS["gap"], "Ocotepeque"}
    assert page.words.count("Escrito en inglés") == 3
    listed = reader.get("/received")
    assert f'lang="en">{ANSWERS["title"]}</a>' in listed.html
    assert f'lang="en">{ANSWERS["title"]}</a>' in reader.get("/").html


def test_an_accepted_need_leads_to_the_preparing_of_its_summary(case: Case, reader: Reader) -> None:
    need, summary = f"/needs/{case.need_id}", f"/summaries/of/{case.need_id}"
    assert summary in reader.as_(case.st).get(need).links()
    prepared = reader.submit(summary)
    assert prepared.status == 303
    assert prepared.location != summary
    assert "Not sent to anybody yet." in reader.get(summary).words


def test_its_own_country_reads_that_none_was_prepared_and_nobody_else_anything(
    case: Case, reader: Reader
) -> None:
    summary = f"/summaries/of/{case.need_id}"
    seen = reader.as_(case.hn).get(summary)
    assert "has not prepared it yet" in seen.words
    assert summary not in seen.actions()
    assert summary in reader.get(f"/needs/{case.need_id}").links()
    reader.as_(case.settled["sv"]).get(summary, status=404)
    reader.as_(case.sponsor).get(summary, status=403)


def test_where_no_summary_may_be_sent_none_is_offered(
    settled: Settled, stored: Any, reader: Reader
) -> None:
    case = accepted(settled, stored, sponsors="none")
    seen = reader.as_(case.st).get(f"/summaries/of/{case.need_id}")
    assert "no summary of this need may be sent" in seen.words
    assert not {action for action in seen.actions() if "/summaries/of/" in action}


def test_a_newer_version_leads_to_its_own_preparing(case: Case, reader: Reader) -> None:
    case.prepare().send()
    case.stored(lambda: version(case.settled, db.session.get_one(Dossier, case.need_id), number=3))
    path = f"/summaries/of/{case.need_id}"
    assert "Prepare the summary" in reader.as_(case.st).get(path).words
    assert "has not prepared" not in reader.as_(case.hn).get(path).words


class TestASponsorsTwoPlaces:
    """A summary's page has a place for the answer and one for a question; neither loses the other."""

    HALF = "Could it be in"

    def typed(self, seen: Any) -> dict[str, list[str]]:
        return seen.fields(next(one for one in seen.actions() if one.endswith("/answer")))

    def send(self, sent: Case, reader: Reader, place: str, **typed: str) -> Any:
        page = f"/received/{sent.routing_id()}"
        fields = reader.as_(sent.sponsor).get(page).fields(f"{page}/answer")
        return reader.send(f"{page}/{place}", fields, **typed)

    def test_sending_the_answer_keeps_a_question_that_was_begun(
        self, sent: Case, reader: Reader
    ) -> None:
        seen = self.send(sent, reader, "answer", state="interested", question=self.HALF)
        assert seen.status == 200
        assert "Your answer reached the Technical Secretariat." in seen.html
        assert self.typed(seen)["question"][0].strip() == self.HALF
        assert "You have asked nothing yet." in seen.words

    def test_asking_keeps_an_answer_that_was_begun(self, sent: Case, reader: Reader) -> None:
        seen = self.send(sent, reader, "questions", question="When?", state="not_now", reason="We")
        assert seen.status == 200
        kept = self.typed(seen)
        assert (kept["state"], kept["reason"][0].strip()) == (["not_now"], "We")
        assert not kept["question"][0].strip()
        assert "When?" in seen.words

    @pytest.mark.parametrize("place", ["answer", "questions"])
    def test_a_refused_sending_keeps_both(self, sent: Case, reader: Reader, place: str) -> None:
        typed = {"state": "unheard-of", "question": self.HALF, "reason": "We"}
        if place == "questions":
            typed |= {"state": "not_now", "question": "a\u202eb"}
        seen = self.send(sent, reader, place, **typed)
        assert seen.status == 422
        kept = self.typed(seen)
        assert kept["question"][0].strip() == typed["question"]
        assert kept["reason"][0].strip() == "We"

    def test_a_question_that_is_too_long_is_told_how_long_it_may_be(
        self, sent: Case, reader: Reader
    ) -> None:
        seen = self.send(sent, reader, "questions", question="x" * 4001)
        assert "at most 4000 characters" in seen.words

    def test_without_anything_begun_the_page_is_opened_anew(
        self, sent: Case, reader: Reader
    ) -> None:
        assert self.send(sent, reader, "answer", state="interested").status == 303
        assert self.send(sent, reader, "questions", question="When?").status == 303

    def test_the_same_sending_again_leads_to_the_page(self, sent: Case, reader: Reader) -> None:
        page = f"/received/{sent.routing_id()}"
        fields = reader.as_(sent.sponsor).get(page).fields(f"{page}/answer")
        fields |= {"state": ["interested"], "question": [self.HALF]}
        assert reader.send(f"{page}/answer", fields).status == 200
        again = reader.send(f"{page}/answer", fields)
        assert (again.status, again.location) == (303, page)
