"""Does each person find first what waits for them, and nothing that is somebody else's?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app import clock
from app.calls import actions, following
from app.calls.models import Call
from app.extensions import db
from app.policy.actor import Role
from app.summaries.models import SummaryRelease
from tests.calls.browsing import Reader, Seen
from tests.calls.settled import MORNING, Settled, in_role, terms
from tests.desk import lying

DAY = timedelta(days=1)
Stored = Callable[[Callable[[], Any]], Any]
NOT_BUILT = "This part of Enlace is not built yet."


def desk(reader: Reader, actor: Any) -> Seen:
    return reader.as_(actor).get("/")


def headings(seen: Seen) -> list[str]:
    return [" ".join("".join(one.itertext()).split()) for one in seen.tree().iter("h2")]


def test_whoever_is_not_signed_in_is_led_to_sign_in(reader: Reader) -> None:
    seen = reader.as_(None).get("/", status=303)
    assert "sign-in" in str(seen.location)


def test_an_empty_desk_says_what_will_come(settled: Settled, reader: Reader) -> None:
    for key, words in [
        ("st", "Nothing waits for the Secretariat."),
        ("hn", "No call is open for your delegation now."),
        ("ca-sponsor", "When the Technical Secretariat sends you a summary"),
        ("ppt", "No edition of the needs report has been published yet."),
    ]:
        assert words in desk(reader, settled[key]).words, key
    assert "/calls/new" in desk(reader, settled["st"]).links()


def test_a_delegation_finds_its_own_work_in_the_order_of_its_haste(
    settled: Settled, reader: Reader, stored: Stored
) -> None:
    def lay() -> list[str]:
        call = lying.open_call(settled)
        for key in ("hn", "sv"):
            actor = settled[key]
            lying.need(call, actor, "draft", f"Draft of {key}", is_submitted=False)
            lying.need(call, actor, "submitted", f"Submitted of {key}")
            back = lying.need(call, actor, "returned", f"Returned of {key}")
            lying.returned(back, {"costs": f"Name the currency, {key}."})
            accepted = lying.need(call, actor, "accepted", f"Accepted of {key}")
            lying.summary(accepted, "changed", closes_at=MORNING + 4 * DAY)
        lying.edition(call, 1, "published", settled["st"])
        return [call.id]

    [call_id] = stored(lay)
    seen = desk(reader, settled["hn"])
    assert headings(seen) == [
        "What sponsors would read", "Needs returned for changes", "Drafts to finish", "Open calls",
        "Submitted, waiting for review", "Published editions of the needs report",
    ]  # fmt: skip
    for words in ("Draft of hn", "Submitted of hn", "Returned of hn", "Accepted of hn",
                  "Costs Name the currency, hn."):  # fmt: skip
        assert words in seen.words
    assert "of sv" not in seen.words
    assert "currency, sv" not in seen.words
    assert f"/calls/{call_id}" in seen.links()
    assert 'class="band"' in seen.html
    assert "5 days left" in seen.html


def test_only_whoever_may_decide_is_asked_to_decide(
    settled: Settled, reader: Reader, stored: Stored
) -> None:
    def lay() -> None:
        accepted = lying.need(lying.open_call(settled), settled["hn"], "accepted", "Accepted")
        lying.summary(accepted, "changed", closes_at=MORNING + DAY)

    stored(lay)
    focal, contributor = settled["hn"], in_role(settled["hn"], Role.CONTRIBUTOR)
    assert "What sponsors would read" in desk(reader, focal).words
    assert "What sponsors would read" not in desk(reader, contributor).words


def test_a_draft_that_a_colleague_has_not_named_yet_can_still_be_opened(
    settled: Settled, reader: Reader, stored: Stored
) -> None:
    made = stored(
        lambda: (
            lying.need(lying.open_call(settled), settled["hn"], "draft", "", is_submitted=False).id
        )
    )
    seen = desk(reader, settled["hn"])
    assert "Without a title yet" in seen.words
    assert f"/needs/{made}" in seen.links()


def test_late_permission_keeps_a_closed_call_on_one_desk(
    settled: Settled, reader: Reader, stored: Stored
) -> None:
    def lay() -> None:
        call = lying.open_call(settled)
        call.closes_at = MORNING - timedelta(hours=2)
        following.allow_late(settled["st"], call, organisation_id=settled.id("hn"),
                             until=MORNING + 3 * DAY, reason="x")  # fmt: skip

    stored(lay)
    allowed = desk(reader, settled["hn"])
    assert "Your delegation may still submit until:" in allowed.html
    assert "late permission" in allowed.words
    assert 'class="band"' not in desk(reader, settled["sv"]).html


def test_the_secretariat_finds_what_was_submitted_and_never_a_draft(
    settled: Settled, reader: Reader, stored: Stored
) -> None:
    def lay() -> dict[str, str]:
        call = lying.open_call(settled)
        made = {
            "submitted": lying.need(call, settled["hn"], "submitted", "To review"),
            "draft": lying.need(call, settled["hn"], "draft", "Secret draft", is_submitted=False),
            "new": lying.need(call, settled["sv"], "accepted", "For sponsors, new"),
        }
        ready = lying.need(call, settled["sv"], "accepted", "For sponsors, prepared")
        lying.summary(ready, "prepared")
        waiting = lying.need(call, settled["sv"], "accepted", "Waiting for the country")
        lying.summary(waiting, "changed", closes_at=MORNING + DAY)
        over = lying.need(call, settled["sv"], "accepted", "Silence")
        lying.summary(over, "changed", closes_at=MORNING - DAY)
        gone = lying.need(call, settled["sv"], "accepted", "Released already")
        released = lying.summary(gone, "released")
        routing = lying.sent(settled["ca-sponsor"], settled["st"], "T")
        released.released_id = routing.released_id
        db.session.add(SummaryRelease(released_id=routing.released_id, summary_id=released.id,
                                      organisation_id=released.organisation_id, is_named=False,
                                      released_at=MORNING))  # fmt: skip
        lying.question(routing, settled["ca-sponsor"], "In French?", None)
        lying.question(routing, settled["ca-sponsor"], "Old question?", "Yes.")
        actions.create(settled["st"], terms(settled, code="D"))
        lying.edition(call, 1, "draft", settled["st"])
        return {name: one.id for name, one in made.items()}

    made = stored(lay)
    seen = desk(reader, settled["st"])
    assert headings(seen) == [
        "Needs to review", "Questions of sponsors", "Changed summaries, waiting for the country",
        "Accepted needs not yet sent to sponsors", "Open calls", "Calls before their opening",
        "Report in preparation",
    ]  # fmt: skip
    assert f"/needs/{made['submitted']}/review" in seen.links()
    assert f"/summaries/of/{made['new']}" in seen.links()
    assert any(link.endswith("#send") for link in seen.links())
    assert any(link.endswith("#questions") for link in seen.links())
    for words in ("In French?", "the period has ended", "waiting for the country", "For sponsors, new",
                  "For sponsors, prepared", "2 of 2 countries with needs submitted"):  # fmt: skip
        assert words in seen.words
    for words in ("Secret draft", "Old question?", "Released already"):
        assert words not in seen.words


def test_a_sponsor_finds_its_own_summaries_and_nothing_else(
    settled: Settled, reader: Reader, stored: Stored
) -> None:
    def lay() -> None:
        mine, other = settled["ca-sponsor"], settled["op"]
        lying.sent(mine, settled["st"], "New for us")
        opened = lying.sent(mine, settled["st"], "Opened by us", opened_at=MORNING)
        lying.question(opened, mine, "May it be in French?", "It may.")
        lying.question(opened, mine, "Unanswered?", None)
        recalled = lying.sent(mine, settled["st"], "Recalled")
        recalled.state = "recalled"
        foreign = lying.sent(other, settled["st"], "For another sponsor")
        lying.question(foreign, other, "Foreign question?", "Foreign answer.")
        lying.need(lying.open_call(settled), settled["hn"], "submitted", "A live need")

    stored(lay)
    seen = desk(reader, settled["ca-sponsor"])
    assert headings(seen) == [
        "New summaries",
        "Opened, not answered yet",
        "Answers to your questions",
    ]
    for words in ("New for us", "Opened by us", "May it be in French?", "It fits."):
        assert words in seen.words
    assert len([link for link in seen.links() if link.endswith("#answer")]) == 1
    for words in ("Recalled", "another sponsor", "Foreign", "live need", "Unanswered?"):
        assert words not in seen.words


def test_readers_find_published_editions_and_no_draft_of_one(
    settled: Settled, reader: Reader, stored: Stored
) -> None:
    def lay() -> str:
        call = lying.open_call(settled)
        lying.edition(call, 2, "draft", settled["st"])
        return lying.edition(call, 1, "published", settled["st"]).id

    edition_id = stored(lay)
    for actor in (settled["ppt"], in_role(settled["hn"], Role.MEMBER_READER)):
        seen = desk(reader, actor)
        assert f"/reports/editions/{edition_id}" in seen.links()
        assert "edition 2" not in seen.words
        assert NOT_BUILT not in seen.words


@pytest.mark.parametrize(
    ("key", "role", "words"),
    [
        ("ar", Role.OBSERVER, "What the Conference publishes to observers"),
        ("op", Role.OPERATOR, "Enlace shows you no content."),
        ("hn", Role.DOCUMENT_OFFICER, "The register of travel documents"),
    ],
)
def test_whoever_s_work_is_not_built_yet_is_told_so_and_what_can_be_done(
    settled: Settled, reader: Reader, key: str, role: Role, words: str
) -> None:
    seen = desk(reader, in_role(settled[key], role))
    assert NOT_BUILT in seen.words
    assert "here now." in seen.words
    assert words in seen.words
    assert "/me" in seen.links()


@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.CHILD_PROTECTION_OFFICER])
def test_whoever_handles_cases_is_told_where_they_will_stand(
    settled: Settled, reader: Reader, role: Role
) -> None:
    seen = desk(reader, in_role(settled["hn"], role))
    assert NOT_BUILT not in seen.words
    assert "What another country's unit addresses to yours stands here" in seen.words


def test_a_legal_adviser_finds_nothing_to_finish_and_the_way_to_the_needs(
    settled: Settled, reader: Reader, stored: Stored
) -> None:
    def lay() -> None:
        call = lying.open_call(settled)
        lying.need(call, settled["hn"], "draft", "A colleague's draft", is_submitted=False)
        lying.need(call, settled["hn"], "submitted", "With the Secretariat")

    stored(lay)
    seen = desk(reader, in_role(settled["hn"], Role.LEGAL_ADVISER))
    assert "Nothing is asked of you here now." in seen.words
    assert headings(seen) == ["Submitted, waiting for review"]
    assert "/reservations" in seen.links()
    assert "/needs" in seen.links()
    assert 'class="band"' not in seen.html


def test_a_block_shows_five_and_leads_to_the_rest(
    settled: Settled, reader: Reader, stored: Stored
) -> None:
    def lay(count: int) -> None:
        call = db.session.scalar(db.select(Call)) or lying.open_call(settled)
        for number in range(count):
            lying.need(call, settled["hn"], "submitted", f"Need {number}")

    everything = "/needs?state=submitted"
    stored(lambda: lay(5))
    assert everything not in desk(reader, settled["st"]).links()
    stored(lambda: lay(1))
    seen = desk(reader, settled["st"])
    assert everything in seen.links()
    assert len([link for link in seen.links() if link.endswith("/review")]) == 5


def test_the_desk_asks_the_database_as_often_however_much_lies_on_it(
    settled: Settled, reader: Reader, stored: Stored, count_queries: Callable
) -> None:
    def lay(count: int) -> None:
        call = db.session.scalar(db.select(Call)) or lying.open_call(settled)
        for number in range(count):
            for state in ("submitted", "returned", "accepted"):
                made = lying.need(call, settled["hn"], state, f"{state} {number}")
                if state == "returned":
                    lying.returned(made, {"costs": "x", "delivery": "y"})
                if state == "accepted":
                    lying.summary(made, "changed", closes_at=MORNING + DAY)
            lying.need(call, settled["hn"], "draft", "d", is_submitted=False)
            lying.sent(settled["ca-sponsor"], settled["st"], "T")

    stored(lambda: lay(1))
    keys = ("hn", "st", "ca-sponsor", "ppt")
    few = {key: count_queries(lambda key=key: desk(reader, settled[key])) for key in keys}
    stored(lambda: lay(30))
    many = {key: count_queries(lambda key=key: desk(reader, settled[key])) for key in keys}
    assert few == many


def test_every_desk_is_well_made_in_both_languages(
    settled: Settled, reader: Reader, stored: Stored
) -> None:
    def lay() -> None:
        call = lying.open_call(settled)
        lying.returned(lying.need(call, settled["hn"], "returned", "R"), {"costs": "w " * 80})
        lying.need(call, settled["hn"], "submitted", "<b>S</b>")
        lying.sent(settled["ca-sponsor"], settled["st"], "T")

    stored(lay)
    for lang in ("es", "en"):
        for key in ("st", "hn", "ca-sponsor", "ppt", "ar", "op"):
            seen = desk(reader, replace(settled[key], lang=lang))
            assert f'<html lang="{lang}">' in seen.html
            assert "<b>S</b>" not in seen.html


def test_the_desk_is_the_first_of_the_main_pages(settled: Settled, reader: Reader) -> None:
    seen = desk(reader, settled["st"])
    navigation = next(one for one in seen.tree().iter("nav"))
    links = [one.get("href") for one in navigation.iter("a")]
    assert links[0] == "/"
    assert next(navigation.iter("a")).get("aria-current") == "page"


def test_the_clock_decides_how_long_is_left(
    settled: Settled, reader: Reader, stored: Stored, app: Flask
) -> None:
    stored(lambda: lying.open_call(settled))
    closes_at = MORNING + 5 * DAY
    for before, words in [
        (timedelta(days=2), "2 days left"),
        (timedelta(hours=24), "1 day left"),
        (timedelta(hours=23), "23 hours left"),
        (timedelta(minutes=59), "59 minutes left"),
        (timedelta(minutes=1), "1 minute left"),
    ]:
        with clock.stopped_at(closes_at - before):
            assert words in desk(reader, settled["hn"]).html
    with clock.stopped_at(closes_at + timedelta(seconds=1)):
        assert 'class="band"' not in desk(reader, settled["hn"]).html


def test_whoever_drafts_begins_a_need_from_the_desk_where_a_call_is_open(
    settled: Settled, reader: Reader, stored: Callable
) -> None:
    assert "/needs" not in reader.as_(settled["hn"]).get("/").actions()
    call = stored(lambda: lying.open_call(settled).id)
    assert reader.get("/").fields("/needs")["call"] == [call]
    assert "/needs" not in reader.as_(settled["st"]).get("/").actions()
