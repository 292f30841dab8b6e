"""What of a need reaches sponsors in its group's summary where its country tells but some of it?"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app import clock
from app.db.errors import Missing
from app.extensions import db
from app.groups import queries as groups
from app.groups.models import NeedGroup
from app.summaries import actions as single_actions
from app.summaries import queries as single
from app.summaries import received, relaying, responding
from app.summaries import sending as alone
from app.summaries.groups import following
from app.summaries.models import GroupSummary, Summary, SummaryQuestion
from app.web.errors import Refusal
from tests.calls.settled import MORNING, Settled
from tests.summaries.grouped import Grouped, grouped, leave

OF_TWO = "(of 2 of 3 needs)"


@pytest.fixture
def case(settled: Settled, stored: Any) -> Grouped:
    return grouped(settled, stored)


def people(case: Grouped) -> list[list[str]]:
    rows = case.items()["audience"]["table"]["rows"]
    return sorted([cell["en"] for cell in row] for row in rows)


@pytest.mark.parametrize(
    "left_out",
    [
        ("audience.women", "audience.men"),
        ("audience.women",),
        ("audience.total",),
        ("audience.profile",),
        ("audience.women", "audience.men", "audience.total", "participants"),
        ("audience",),
    ],
)
def test_people_are_told_only_by_columns_that_add_up_to_them(
    case: Grouped, left_out: tuple[str, ...]
) -> None:
    case.shorten("SV", *left_out)
    case.agreed().send()
    assert people(case) == [["Prosecutors", "40", "24", "16", "0"]]
    items = case.items()
    assert items["audience"]["label"]["en"] == f"Participants by profile {OF_TWO}"
    assert items["participants"]["value"]["en"] == f"40 {OF_TWO}"
    assert items["needs"]["value"]["en"] == "3"


@pytest.mark.parametrize("left_out", [("languages",), ("participants",)])
def test_what_else_is_left_out_changes_no_number(case: Grouped, left_out: tuple[str, ...]) -> None:
    case.shorten("SV", *left_out)
    case.agreed().send()
    assert people(case) == [["First-response police", "30", "0", "0", "30"],
                            ["Prosecutors", "43", "25", "18", "0"]]  # fmt: skip


def test_nothing_is_called_common_to_all_that_one_does_not_tell(case: Grouped) -> None:
    case.shorten("SV", "window_from", "languages", "themes")
    case.agreed().send()
    items = case.items()
    assert items["languages"]["label"]["en"] == "Languages in common to those that tell them"
    assert items["languages"]["value"]["en"] == "Spanish; English (of 1 of 3 needs)"
    assert items["window"]["label"]["en"] == "Dates on which those can that tell them"
    assert items["window"]["value"]["en"] == "until 31 December 2004 (of 1 of 3 needs)"
    assert items["themes"]["label"]["en"] == "Thematic content, of those that tell it"
    assert items["themes"]["value"]["en"].endswith(OF_TWO)
    assert "6 September" not in json.dumps(case.content())


def test_one_end_of_its_dates_promises_no_days_on_which_a_country_cannot(case: Grouped) -> None:
    case.shorten("HN", "window_to")
    case.agreed().send()
    dates = case.items()["window"]["value"]["en"]
    assert dates == "from 6 September 2004 on (of 1 of 3 needs)"


REFUSED = ["El Salvador objected", "As Nicaragua sends nothing", "Los mexicanos no", "SLV-2004-002",
           "Guatemala too"]  # fmt: skip


@pytest.mark.parametrize("words", REFUSED)
def test_no_country_is_named_to_sponsors_but_those_that_agreed(case: Grouped, words: str) -> None:
    case.prepare()
    case.say("HN")
    case.say("GT")
    case.say("SV", "objected")
    with pytest.raises(Refusal) as refused:
        case.send(why=words)
    assert refused.value.field == "why"
    case.send(why="For Honduras and others")
    routing_id = case.routing_id()
    case.stored(
        lambda: responding.ask(case.sponsor, received.get(case.sponsor, routing_id), text="When?")
    )
    question_id = case.stored(lambda: db.session.scalar(db.select(SummaryQuestion.id)))

    def answer(text: str) -> None:
        case.stored(lambda: alone.answer_question(
            case.st, single.question(case.st, question_id), text=text))  # fmt: skip

    with pytest.raises(Refusal) as refused:
        answer(words)
    assert refused.value.field == "answer"
    answer("Honduras in May")


def test_a_note_tells_a_country_of_no_other(case: Grouped) -> None:
    case.agreed().send()
    routing_id, summary_id = case.routing_id(), case.summary_id("SV")
    case.stored(
        lambda: responding.ask(case.sponsor, received.get(case.sponsor, routing_id), text="When?")
    )
    question_id = case.stored(lambda: db.session.scalar(db.select(SummaryQuestion.id)))

    def pass_on(note: str) -> None:
        case.stored(lambda: relaying.pass_on(case.st, single.get(case.st, summary_id),
                                             single.question(case.st, question_id), note=note))  # fmt: skip

    with pytest.raises(Refusal) as refused:
        pass_on("Honduras answered in May already")
    assert refused.value.field == "note"
    pass_on("We ask El Salvador for its dates")


@pytest.mark.parametrize("decision", ["withheld", "objected", "consented"])
def test_a_part_counts_only_while_its_own_summary_is_what_it_was_made_of(
    case: Grouped, app: Flask, decision: str
) -> None:
    case.agreed()
    case.shorten("SV", "audience.women", decision=decision)
    with pytest.raises(Refusal) as refused:
        case.send()
    assert "its country decided otherwise" in refused.value.message
    with app.app_context():
        following.follow_groups()
    assert case.state() == "ended"
    case.prepare()
    if decision == "consented":
        assert case.change_id("SV")
    else:
        assert case.change_id("SV") is None, "who said no to its own is not asked for its part"


def test_what_sponsors_read_is_taken_back_once_a_country_withholds_its_own(
    case: Grouped, app: Flask
) -> None:
    case.agreed().send()
    case.shorten("GT", "participants", decision="withheld")
    with app.app_context():
        following.follow_groups()
    assert case.state() == "ended"
    with pytest.raises(Missing):
        case.stored(lambda: received.get(case.sponsor, case.any_routing_id()))


def test_a_need_that_left_before_the_summary_was_prepared_is_noticed_all_the_same(
    case: Grouped, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.agreed()
    monkeypatch.setattr(clock, "now", lambda: MORNING - timedelta(hours=1))
    leave(case, "NI")
    with app.app_context():
        following.follow_groups()
    assert case.state() == "ended"


def test_one_record_that_fails_keeps_no_other_from_being_taken_back(
    case: Grouped, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.agreed().send()
    case.withdraw("HN")
    real = following.take_back

    def broken(actor: Any, record: Any, **more: Any) -> Any:
        if record.id == "0":
            raise ValueError("spoilt")
        return real(actor, record, **more)

    def spoilt() -> None:
        (first,) = db.session.scalars(db.select(GroupSummary))
        group = NeedGroup(id="0", call_id=groups.get(case.st, case.group_id).call.id, state="open",
                          created_by=first.prepared_by, created_at=MORNING)  # fmt: skip
        db.session.add(group)
        db.session.flush()
        db.session.add(GroupSummary(id="0", group_id=group.id, needs=["gone"], state="asking",
                                    prepared_by=first.prepared_by, prepared_at=MORNING))  # fmt: skip

    case.stored(spoilt)
    monkeypatch.setattr(following, "take_back", broken)
    with app.app_context():
        following.follow_groups()
    assert case.state() == "ended"


def test_countries_of_which_too_few_are_left_are_asked_about_their_own_first(
    case: Grouped, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = single_actions.certified_content

    def otherwise(candidate: Any) -> Any:
        content = real(candidate)
        is_other = candidate.dossier.id in (case.needs["SV"], case.needs["GT"])
        return {**content, "title": {"es": "Otro", "en": "Other"}} if is_other else content

    monkeypatch.setattr(single_actions, "certified_content", otherwise)
    assert not case.prepare().grouping_id
    assert not case.stored(lambda: db.session.scalars(db.select(GroupSummary.id)).all())
    states = case.stored(lambda: sorted(db.session.scalars(db.select(Summary.state))))
    assert states == ["changed", "changed", "prepared"]
