"""Does a summary go only where it may: asked again, recalled, mended, sent anew, and never in between?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from app import clock
from app.audit.models import AuditEvent
from app.db.scoping import SYSTEM, scoped
from app.extensions import db
from app.intake.models import Dossier
from app.summaries import actions, follow_needs, opening, queries, sending
from app.summaries.models import (
    ReleasedSummary,
    Routing,
    SummaryChange,
    SummaryOpening,
    SummaryQuestion,
)
from app.web.errors import Refusal
from app.workflow.machine import NotNow
from tests.calls.settled import MORNING, Settled
from tests.summaries.accepted import Case, accepted, another_sponsor, version

SHORTER = {"gap": {"en": "Nobody knows how.", "es": "Nadie sabe cómo."}}
LATER = MORNING + timedelta(days=30)


def test_made_as_previewed_it_can_be_sent_at_once(case: Case) -> None:
    assert case.prepare().summary().state == "prepared"
    case.send()
    assert case.summary().state == "released"


def test_made_otherwise_than_previewed_the_country_is_asked_first(
    settled: Settled, stored: Any
) -> None:
    case = accepted(settled, stored, preview_hash="another").prepare()
    assert case.summary().state == "changed"
    with pytest.raises(NotNow):
        case.send()
    case.decide("consented")
    case.send()
    assert case.summary().state == "released"


def test_once_released_it_goes_to_more_sponsors_and_not_after_a_recall(case: Case) -> None:
    case.prepare().send()
    other = case.stored(another_sponsor)
    case.send(other)
    case.send(other)
    assert len(case.stored(lambda: list(db.session.scalars(select(Routing))))) == 2
    case.recall()
    with pytest.raises(NotNow):
        case.send(other)


def test_after_a_recall_the_mended_one_is_sent_and_the_first_stays_on_record(case: Case) -> None:
    case.prepare().send()
    case.ask()
    case.recall()
    assert case.summary().released_id is None
    case.change(SHORTER)
    case.decide("consented")
    case.send()

    def read() -> tuple[list[str], int, list[str]]:
        summary = case.opened().summary
        states = sorted(row.Routing.state for row in queries.log(summary))
        (asked,) = queries.questions(summary)
        recalled = asked.SummaryQuestion.routing_id
        now = db.session.get_one(ReleasedSummary, summary.released_id).content
        gap = [item["value"]["en"] for section in now["sections"] for item in section["items"]
               if item["key"] == "gap"]  # fmt: skip
        return states, queries.of_routing(case.st, recalled).id == case.summary_id, gap

    assert case.stored(read) == (["recalled", "sent"], True, ["Nobody knows how."])


def test_a_change_without_a_difference_is_refused(case: Case) -> None:
    case.prepare()
    with pytest.raises(Refusal, match="Nothing differs"):
        case.change({"gap": {"en": " Nobody on the night shift knows how.\r\n", "es": ""}})


def test_any_answer_can_be_generalised_and_columns_of_a_table_left_out(case: Case) -> None:
    case.prepare().change({"modality": {"en": "Somewhere", "es": "En algún lugar"}},
                          "audience.region", "joint_course")  # fmt: skip
    case.decide("consented")
    items = case.items()
    assert items["modality"]["value"] == {"en": "Somewhere", "es": "En algún lugar"}
    assert "region" not in items["audience"]["table"]["keys"]
    assert "joint_course" not in items
    assert "Ocotepeque" not in case.summary().preview


def test_silence_drops_what_the_country_releases_and_what_was_reworded(case: Case) -> None:
    case.prepare().change(SHORTER)
    case.decide("objected")  # so that the country has answered before
    case.change({**SHORTER, "modality": {"en": "Somewhere", "es": "En algún lugar"}})

    def take() -> None:
        with clock.stopped_at(LATER):
            actions.take_silence(case.st, case.opened())

    case.stored(take)
    preview, items = case.summary().preview, case.items()
    assert {"themes", "audience", "joint_course"} <= set(items)
    assert not {"title", "gap", "modality", "joint_countries"} & set(items)
    assert set(items["costs"]["table"]["keys"]) == {"", "payer"}
    assert not any(word in preview for word in ("Lempira", "900", "Ocotepeque", "Guatemala"))


def follow(app: Flask) -> None:
    with app.app_context():
        follow_needs.follow_needs()


@pytest.mark.parametrize("how", ["withdrawn", "succeeded"])
def test_what_is_no_longer_in_force_is_taken_back(
    case: Case, app: Flask, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(follow_needs.post, "to_roles", lambda _o, _r, kind, **_: told.append(kind))
    monkeypatch.setattr(follow_needs.post, "to_kind", lambda _k, _r, kind, **_: told.append(kind))
    case.prepare().send()
    follow(app)
    assert case.summary().state == "released"

    def end() -> None:
        made = db.session.get_one(Dossier, case.need_id)
        if how == "withdrawn":
            made.state, made.accepted_version_id = "withdrawn", None
        else:
            version(case.settled, made, number=3)

    case.stored(end)
    listed = case.stored(lambda: queries.list_for_secretariat(case.st, "released", "").rows)
    assert [row.summary_id for row in listed] == [case.summary_id]
    with pytest.raises(Refusal, match=r"withdrew|newer version"):
        case.send(case.stored(another_sponsor))
    follow(app)
    follow(app)
    assert case.summary().state == "withheld"

    def read() -> tuple[Any, int]:
        kinds = db.session.scalars(select(AuditEvent.kind)).all()
        return db.session.scalars(select(Routing.state)).all(), kinds.count("summary-recalled")

    assert case.stored(read) == (["recalled"], 1)
    assert told.count("summary-followed") == 2


def refused(statement: Any) -> bool:
    with scoped(SYSTEM, writing=True), db.engine.connect() as connection:
        try:
            connection.execute(statement)
        except DBAPIError:
            return True
        finally:
            connection.rollback()
    return False


def test_openings_and_decided_changes_are_kept(case: Case, app: Flask) -> None:
    case.prepare().change(SHORTER)
    with app.app_context():
        assert not refused(update(SummaryChange).values(note="x"))
    case.decide("consented")
    case.send()
    routing_id = case.routing_id()
    case.stored(lambda: opening.note_opening(case.sponsor, routing_id))
    with app.app_context():
        for table in (SummaryChange, SummaryOpening):
            assert refused(delete(table)), table
        assert refused(update(SummaryChange).values(note="x"))
        assert refused(update(SummaryOpening).values(opened_at=MORNING))


def test_a_recall_closes_what_was_asked_and_keeps_what_was_answered(case: Case) -> None:
    case.prepare().send()
    case.ask("Answered?")
    case.stored(lambda: sending.answer_question(
        case.st, db.session.scalars(select(SummaryQuestion)).one(), text="Yes"))  # fmt: skip
    case.ask("Open?")
    case.recall()

    def closed() -> dict[str, Any]:
        return {each.question: each.closed_because for each in
                db.session.scalars(select(SummaryQuestion))}  # fmt: skip

    assert case.stored(closed) == {"Answered?": None, "Open?": "secretariat"}
    assert case.summary().recall_reason == "A mistake"


def test_an_unnamed_country_s_own_sponsor_side_gets_it_only_if_that_is_confirmed(
    case: Case,
) -> None:
    case.prepare()
    own = case.stored(lambda: another_sponsor("HN"))
    with pytest.raises(Refusal) as refused:
        case.send(own)
    assert refused.value.field == "own_side"
    assert case.summary().state == "prepared"
    case.stored(lambda: sending.route(case.st, case.opened(), sponsor_ids=[own], why="It fits",
                                      own_side_confirmed=True))  # fmt: skip
    assert case.summary().state == "released"
