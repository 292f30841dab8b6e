"""Does a call live as its table says, and is every wrong wish refused with nothing changed?"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.audit.trail import QUEUE
from app.calls import actions, inviting, queries
from app.calls.models import Call, CallExtension, CallInvitation
from app.calls.terms import Terms, Untranslated, Words
from app.extensions import db
from app.outbox.models import OutboxMessage
from app.policy.engine import Forbidden
from app.web.errors import Refusal
from app.workflow import tables
from app.workflow.machine import NotNow
from tests.calls.settled import MORNING, Settled, terms

DAY = timedelta(days=1)
VERBS = ("edit", "schedule", "unschedule", "open", "extend", "close", "reword", "invite",
         "remind", "allow_late", "revoke_late")  # fmt: skip


@pytest.fixture
def call(settled: Settled) -> Call:
    return actions.create(settled["st"], terms(settled))


@pytest.fixture
def open_call(settled: Settled, call: Call) -> Call:
    """Opened an hour ago."""
    with clock.stopped_at(MORNING - timedelta(hours=1)):
        actions.open_now(settled["st"], call, revision=call.revision)
    return call


def kinds_of_mail() -> list[str]:
    return sorted(db.session.execute(db.select(OutboxMessage.kind)).scalars())


def kinds_of_events() -> list[str]:
    return [event["kind"] for event in db.session.info.get(QUEUE, [])]


def test_a_new_call_is_a_draft_with_its_countries_and_nobody_is_told(
    settled: Settled, call: Call
) -> None:
    assert (call.state, call.revision, call.format_name) == ("draft", 1, "need")
    assert inviting.invited_ids(call) == {settled.id("hn"), settled.id("sv")}
    assert kinds_of_mail() == []
    assert kinds_of_events() == ["call-created"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": "2004 "}, "code"),
        ({"code": "a<b>"}, "code"),
        ({"code": "9" * 17}, "code"),
        ({"format_version": 3}, "format_version"),
        ({"format_version": -1}, "format_version"),
        ({"zone": "Europe/Madrid"}, "zone"),
        ({"zone": "../../etc/passwd"}, "zone"),
        ({"closes_at": MORNING + DAY}, "closes_day"),
        ({"closes_at": MORNING - DAY}, "closes_day"),
        ({"countries": frozenset()}, "countries"),
        ({"countries": frozenset({"nobody"})}, "countries"),
        ({"words": Words(title_es="", title_en="", guidance_es="x")}, "title_es"),
        ({"words": Words(title_es="x" * 161, title_en="x")}, "title_es"),
        ({"words": Words(title_es="x", title_en="x", guidance_en="y" * 8001)}, "guidance_en"),
    ],
)
def test_terms_under_which_no_call_can_be_held_are_refused_at_their_place(
    settled: Settled, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        actions.create(settled["st"], terms(settled, **changes))
    assert refused.value.field == field
    assert db.session.scalar(db.select(db.func.count()).select_from(Call)) == 0


@pytest.mark.parametrize("key", ["ca-sponsor", "st", "ar"])
def test_only_delegations_can_be_invited(settled: Settled, key: str) -> None:
    with pytest.raises(Refusal):
        actions.create(settled["st"], terms(settled, countries=frozenset({settled.id(key)})))


def test_two_calls_cannot_share_a_code_and_the_transaction_stays_usable(
    settled: Settled, call: Call
) -> None:
    with pytest.raises(Refusal) as refused:
        actions.create(settled["st"], terms(settled))
    assert refused.value.field == "code"
    assert actions.create(settled["st"], terms(settled, code="2004-B")).code == "2004-B"


def test_a_draft_may_be_rewritten_whole_and_countries_taken_out(
    settled: Settled, call: Call
) -> None:
    other = terms(settled, code="2005", zone="America/Tegucigalpa", format_version=2,
                  countries=frozenset({settled.id("ca")}))  # fmt: skip
    actions.edit(settled["st"], call, terms=other, revision=1)
    assert (call.code, call.zone, call.format_version, call.revision) == (
        "2005", "America/Tegucigalpa", 2, 2,
    )  # fmt: skip
    assert inviting.invited_ids(call) == {settled.id("ca")}


def test_an_edit_over_an_older_revision_changes_nothing(settled: Settled, call: Call) -> None:
    actions.edit(settled["st"], call, terms=terms(settled, code="NEW"), revision=1)
    with pytest.raises(actions.Stale):
        actions.edit(settled["st"], call, terms=terms(settled, code="OLD"), revision=1)
    assert db.session.scalar(db.select(Call.code)) == "NEW"


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (Words(title_es="Solo", title_en=""), ("title_en",)),
        (Words(title_es="", title_en="Only"), ("title_es",)),
        (Words(title_es="a", title_en="b", guidance_es="c"), ("guidance_en",)),
        (Words(title_es="a", title_en="", guidance_en="c"), ("title_en", "guidance_es")),
    ],
)
@pytest.mark.parametrize("act", [actions.schedule, actions.open_now])
def test_a_call_in_one_language_is_not_announced_and_what_is_missing_is_named(
    settled: Settled, act: Any, words: Words, missing: tuple[str, ...]
) -> None:
    call = actions.create(settled["st"], terms(settled, words=words))
    with pytest.raises(Untranslated) as refused:
        act(settled["st"], call, revision=1)
    assert refused.value.missing == missing
    assert call.state == "draft"


def test_an_announced_call_tells_the_invited_and_opens_and_closes_by_the_clock(
    settled: Settled, call: Call
) -> None:
    actions.schedule(settled["st"], call, revision=1)
    assert kinds_of_mail() == ["call-announced"] * 2
    states = [
        queries.state_now(call, at)
        for at in (MORNING, call.opens_at, call.closes_at, call.closes_at + timedelta(seconds=1))
    ]
    assert states == ["scheduled", "open", "open", "closed"]


def test_a_call_whose_opening_has_passed_is_not_announced_but_can_be_opened(
    settled: Settled,
) -> None:
    early = terms(settled, opens_at=MORNING - DAY)
    call = actions.create(settled["st"], early)
    with pytest.raises(Refusal) as refused:
        actions.schedule(settled["st"], call, revision=1)
    assert refused.value.field == "opens_day"
    actions.open_now(settled["st"], call, revision=1)
    assert (call.state, call.opens_at) == ("open", MORNING)


def test_a_call_whose_close_has_passed_is_not_opened(settled: Settled, call: Call) -> None:
    with clock.stopped_at(call.closes_at + DAY), pytest.raises(Refusal) as refused:
        actions.open_now(settled["st"], call, revision=1)
    assert refused.value.field == "closes_day"


def test_opening_twice_opens_once(settled: Settled, call: Call) -> None:
    actions.open_now(settled["st"], call, revision=1)
    with pytest.raises(NotNow):
        actions.open_now(settled["st"], call, revision=1)
    with pytest.raises(NotNow):
        actions.open_now(settled["st"], call, revision=2)
    assert kinds_of_mail() == ["call-opened"] * 2


def test_two_officers_who_open_at_once_open_once(settled: Settled, call: Call) -> None:
    db.session.execute(db.update(Call.__table__).values(revision=2))  # the other one was faster
    with pytest.raises(actions.Stale):
        actions.open_now(settled["st"], call, revision=1)


def test_closing_early_sets_the_close_to_now_and_tells(settled: Settled, open_call: Call) -> None:
    actions.close(settled["st"], open_call, revision=open_call.revision)
    assert (open_call.state, open_call.closes_at) == ("closed", MORNING)
    assert kinds_of_mail().count("call-closed") == 2


def test_an_extension_needs_a_later_close_and_a_reason_and_is_kept(
    settled: Settled, open_call: Call
) -> None:
    before, revision = open_call.closes_at, open_call.revision

    def extend(closes_at: Any, reason: str) -> CallExtension:
        return actions.extend(settled["st"], open_call, closes_at=closes_at, reason=reason,
                              revision=revision)  # fmt: skip

    for closes_at, reason, field in [
        (before, "x", "closes_day"),
        (before - DAY, "x", "closes_day"),
        (before + DAY, "  ", "reason"),
        (before + DAY, "x" * 1001, "reason"),
    ]:
        with pytest.raises(Refusal) as refused:
            extend(closes_at, reason)
        assert refused.value.field == field
    kept = extend(before + DAY, " Two countries asked for it. ")
    assert (kept.closed_before, kept.closes_now) == (before, before + DAY)
    assert kept.reason == "Two countries asked for it."
    assert open_call.closes_at == before + DAY
    assert kinds_of_mail().count("call-extended") == 2


def test_a_closed_call_opens_again_when_it_is_extended_but_not_into_the_past(
    settled: Settled, open_call: Call
) -> None:
    late = open_call.closes_at + 3 * DAY
    with clock.stopped_at(late):
        assert queries.state_now(open_call, late) == "closed"
        with pytest.raises(Refusal):
            actions.extend(settled["st"], open_call, closes_at=late, reason="x",
                           revision=open_call.revision)  # fmt: skip
        actions.extend(settled["st"], open_call, closes_at=late + DAY, reason="x",
                       revision=open_call.revision)  # fmt: skip
        assert queries.state_now(open_call, late) == "open"


def test_an_open_call_can_be_reworded_in_both_languages_only(
    settled: Settled, open_call: Call
) -> None:
    better = Words(title_es="Mejor", title_en="Better")
    actions.reword(settled["st"], open_call, words=better, revision=open_call.revision)
    assert (open_call.title_en, open_call.guidance_es) == ("Better", "")
    with pytest.raises(Untranslated):
        actions.reword(settled["st"], open_call, words=replace(better, title_es=""),
                       revision=open_call.revision)  # fmt: skip
    with pytest.raises(NotNow):
        actions.edit(settled["st"], open_call, terms=terms(settled), revision=open_call.revision)


def test_countries_can_be_added_to_an_open_call_and_are_told_alone(
    settled: Settled, open_call: Call
) -> None:
    before = kinds_of_mail().count("call-opened")
    new = inviting.invite_more(
        settled["st"], open_call, countries=frozenset({settled.id("ca"), settled.id("hn")})
    )
    assert new == {settled.id("ca")}
    assert inviting.invited_ids(open_call) == {settled.id(key) for key in ("hn", "sv", "ca")}
    assert kinds_of_mail().count("call-opened") == before + 1


def test_every_pair_of_state_and_verb_is_as_the_table_says(
    settled: Settled, open_call: Call
) -> None:
    acts = {
        "edit": lambda c: actions.edit(settled["st"], c, terms=_same(settled, c), revision=c.revision),
        "schedule": lambda c: actions.schedule(settled["st"], c, revision=c.revision),
        "unschedule": lambda c: actions.unschedule(settled["st"], c, revision=c.revision),
        "open": lambda c: actions.open_now(settled["st"], c, revision=c.revision),
        "close": lambda c: actions.close(settled["st"], c, revision=c.revision),
        "extend": lambda c: actions.extend(
            settled["st"], c, closes_at=max(c.closes_at, MORNING) + DAY, reason="x",
            revision=c.revision),
        "reword": lambda c: actions.reword(settled["st"], c, words=_same(settled, c).words,
                                           revision=c.revision),
        "invite": lambda c: inviting.invite_more(settled["st"], c,
                                                 countries=frozenset({settled.id("hn")})),
    }  # fmt: skip
    hours = {
        "draft": (MORNING + DAY, MORNING + 2 * DAY),
        "scheduled": (MORNING + DAY, MORNING + 2 * DAY),
        "open": (MORNING - DAY, MORNING + DAY),
        "closed": (MORNING - 2 * DAY, MORNING - DAY),
    }
    for state in tables.CALL.states:
        for verb, act in acts.items():
            opens_at, closes_at = hours[state]
            db.session.execute(
                db.update(Call).values(state=state, opens_at=opens_at, closes_at=closes_at)
            )
            db.session.refresh(open_call)
            if tables.CALL.may(state, verb):
                act(open_call)
                assert open_call.state == tables.CALL.after(state, verb), (state, verb)
            else:
                with pytest.raises(NotNow):
                    act(open_call)
                assert open_call.state == state, (state, verb)


def _same(settled: Settled, call: Call) -> Terms:
    return terms(settled, code=call.code, opens_at=call.opens_at, closes_at=call.closes_at)


def test_the_table_knows_no_verb_that_nothing_carries_out() -> None:
    assert set(tables.CALL.verbs) == set(VERBS)


@pytest.mark.parametrize("key", ["hn", "ca-sponsor", "ppt", "ar", "op"])
def test_nobody_but_the_secretariat_touches_a_call(
    settled: Settled, open_call: Call, key: str
) -> None:
    actor = settled[key]
    for act in (
        lambda: actions.create(actor, terms(settled, code="X")),
        lambda: actions.reword(actor, open_call, words=Words(title_es="a", title_en="b"), revision=2),
        lambda: actions.open_now(actor, open_call, revision=2),
        lambda: actions.close(actor, open_call, revision=2),
        lambda: actions.extend(actor, open_call, closes_at=MORNING + 9 * DAY, reason="x", revision=2),
        lambda: inviting.invite_more(actor, open_call, countries=frozenset({settled.id("ca")})),
    ):  # fmt: skip
        with pytest.raises(Forbidden):
            act()


def test_the_trail_names_fields_and_never_their_words(settled: Settled, open_call: Call) -> None:
    actions.reword(settled["st"], open_call,
                   words=Words(title_es="Palabra secreta", title_en="Secret word"),
                   revision=open_call.revision)  # fmt: skip
    events = db.session.info[QUEUE]
    assert [event["kind"] for event in events] == ["call-created", "call-opened", "call-reworded"]
    assert "ecret" not in json.dumps([str(event) for event in events])
    assert set(json.loads(events[-1]["detail"])["changed"]) == {
        "title_es", "title_en", "guidance_es", "guidance_en",
    }  # fmt: skip


def test_an_invitation_that_somebody_else_added_meanwhile_is_no_fault(
    settled: Settled, open_call: Call
) -> None:
    db.session.add(CallInvitation(call_id=open_call.id, organisation_id=settled.id("ca"),
                                  invited_at=MORNING))  # fmt: skip
    db.session.flush()
    new = inviting.invite_more(settled["st"], open_call, countries=frozenset({settled.id("ca")}))
    assert new == frozenset()
