"""Are countries reached as they should be: reminded once, permitted late with a reason, noted down?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock
from app.calls import actions, answered, following
from app.calls.models import Call, CallContact, CallInvitation
from app.calls.queries import may_submit
from app.extensions import db
from app.outbox.conditions import is_still_due
from app.outbox.models import OutboxMessage
from app.policy.engine import Forbidden
from app.web.errors import Refusal
from app.workflow.machine import NotNow
from tests.calls.settled import MORNING, Settled, dossier, terms

DAY = timedelta(days=1)


@pytest.fixture
def call(settled: Settled) -> Call:
    made = actions.create(
        settled["st"],
        terms(settled, countries=frozenset({settled.id(key) for key in ("hn", "sv", "ca")})),
    )
    with clock.stopped_at(MORNING - DAY):
        actions.open_now(settled["st"], made, revision=1)
    return made


def submitted(settled: Settled, call: Call) -> dict[str, int]:
    keys = {settled.id(key): key for key in ("hn", "sv", "ca")}
    return {keys[a.organisation.id]: a.submitted
            for a in answered.list_answers(settled["st"], call)}  # fmt: skip


def reminded() -> list[str]:
    rows = db.session.execute(
        db.select(OutboxMessage.recipient).where(OutboxMessage.kind == "call-reminder")
    )
    return sorted(recipient.split(":")[1] for recipient in rows.scalars())


def test_only_what_was_submitted_and_not_withdrawn_counts_as_an_answer(
    settled: Settled, call: Call
) -> None:
    for key, state, is_submitted in [
        ("hn", "submitted", True),
        ("hn", "returned", True),
        ("hn", "accepted", True),
        ("hn", "draft", False),
        ("sv", "draft", False),
        ("ca", "withdrawn", True),
    ]:
        dossier(call.id, settled[key], state=state, is_submitted=is_submitted)
    assert submitted(settled, call) == {"hn": 3, "sv": 0, "ca": 0}
    waiting = answered.without_submission(call)
    assert set(waiting) == {settled.id("sv"), settled.id("ca")}


def test_needs_of_another_call_do_not_count(settled: Settled, call: Call) -> None:
    other = actions.create(settled["st"], terms(settled, code="OTHER"))
    dossier(other.id, settled["hn"], state="submitted", is_submitted=True)
    assert submitted(settled, call) == {"hn": 0, "sv": 0, "ca": 0}


def test_a_reminder_reaches_those_without_a_submission_once_a_day(
    settled: Settled, call: Call
) -> None:
    dossier(call.id, settled["hn"], state="submitted", is_submitted=True)
    following.remind(settled["st"], call)
    db.session.flush()
    assert reminded() == sorted([settled.id("sv"), settled.id("ca")])
    with pytest.raises(Refusal) as refused:
        following.remind(settled["st"], call)
    assert refused.value.status == 409
    assert len(reminded()) == 2
    with clock.stopped_at(MORNING + DAY):
        following.remind(settled["st"], call)
    assert len(reminded()) == 4


def test_nobody_is_reminded_when_everybody_has_submitted(settled: Settled, call: Call) -> None:
    for key in ("hn", "sv", "ca"):
        dossier(call.id, settled[key], state="submitted", is_submitted=True)
    with pytest.raises(Refusal):
        following.remind(settled["st"], call)
    assert reminded() == []


def test_a_closed_call_reminds_nobody(settled: Settled, call: Call) -> None:
    with clock.stopped_at(call.closes_at + DAY), pytest.raises(NotNow):
        following.remind(settled["st"], call)


def test_late_permission_keeps_who_gave_it_and_why_and_the_earlier_one_stays_in_the_log(
    settled: Settled, call: Call
) -> None:
    first, second = call.closes_at + DAY, call.closes_at + 2 * DAY
    for until, reason in [(first, "Change of focal point."), (second, "Second reason.")]:
        following.allow_late(settled["st"], call, organisation_id=settled.id("sv"), until=until,
                             reason=reason)  # fmt: skip
    invitation = db.session.get_one(CallInvitation, (call.id, settled.id("sv")))
    assert (invitation.late_until, invitation.late_by, invitation.late_reason) == (
        second, settled["st"].person_id, "Second reason.",
    )  # fmt: skip
    db.session.flush()
    kept = db.session.execute(db.select(CallContact.note, CallContact.channel)).all()
    assert sorted(kept) == [("Change of focal point.", following.LATE),
                            ("Second reason.", following.LATE)]  # fmt: skip


def test_late_permission_is_refused_without_a_reason_a_later_instant_or_an_invitation(
    settled: Settled, call: Call
) -> None:
    good = {"organisation_id": settled.id("sv"), "until": call.closes_at + DAY, "reason": "x"}
    for changes, field in [
        ({"reason": " "}, "reason"),
        ({"until": call.closes_at}, "until_day"),
        ({"organisation_id": settled.id("ca-sponsor")}, "country"),
        ({"organisation_id": "nobody"}, "country"),
    ]:
        with pytest.raises(Refusal) as refused:
            following.allow_late(settled["st"], call, **{**good, **changes})
        assert refused.value.field == field
    with clock.stopped_at(call.closes_at + 2 * DAY), pytest.raises(Refusal) as refused:
        following.allow_late(settled["st"], call, **good)
    assert refused.value.field == "until_day"


def permitted(settled: Settled, call: Call) -> CallInvitation:
    return following.allow_late(settled["st"], call, organisation_id=settled.id("sv"),
                                until=call.closes_at + 2 * DAY, reason="They asked.")  # fmt: skip


def test_revoking_late_permission_keeps_who_and_why_and_ends_it_at_once(
    settled: Settled, call: Call
) -> None:
    invitation = permitted(settled, call)
    ended, until = call.closes_at + DAY, invitation.late_until
    with clock.stopped_at(ended):
        assert may_submit(call, invitation, ended)
        following.revoke_late(settled["st"], call, organisation_id=settled.id("sv"),
                              reason=" Given by mistake. ", revision=1)  # fmt: skip
        assert not may_submit(call, invitation, ended)
    assert (invitation.late_until, invitation.late_by, invitation.late_reason) == (
        None, settled["st"].person_id, "Given by mistake.",
    )  # fmt: skip
    assert (invitation.late_times, invitation.late_at, invitation.is_revoked) == (2, ended, True)
    db.session.flush()
    entry = answered.list_contacts(settled["st"], call).records[0]
    assert (entry.channel, entry.note, entry.until, entry.instead_of) == (
        following.REVOKED, "Given by mistake.", None, until,
    )  # fmt: skip
    assert following.allow_late(settled["st"], call, organisation_id=settled.id("sv"),
                                until=call.closes_at + DAY, reason="After all.")  # fmt: skip
    assert not invitation.is_revoked


def test_late_permission_is_revoked_as_it_was_seen_with_a_reason_and_while_some_is_left(
    settled: Settled, call: Call
) -> None:
    good = {"organisation_id": settled.id("sv"), "reason": "x", "revision": 1}
    with pytest.raises(NotNow):
        following.revoke_late(settled["st"], call, **good)
    until = permitted(settled, call).late_until
    for changes, refused in [
        ({"reason": " "}, Refusal), ({"reason": "x" * 1001}, Refusal), ({"revision": 0}, actions.Stale),
        ({"organisation_id": "nobody"}, Refusal), ({"organisation_id": settled.id("hn")}, NotNow),
    ]:  # fmt: skip
        with pytest.raises(refused):
            following.revoke_late(settled["st"], call, **{**good, **changes})
    with clock.stopped_at(until + DAY), pytest.raises(NotNow):
        following.revoke_late(settled["st"], call, **good)
    assert db.session.get_one(CallInvitation, (call.id, settled.id("sv"))).late_until == until


def test_of_permission_and_its_end_only_the_mail_that_is_still_true_goes_out(
    settled: Settled, call: Call
) -> None:
    def due() -> dict[str, bool]:
        params = {"call": call.id, "organisation": settled.id("sv")}
        return {
            kind: is_still_due(f"call-late-{kind}", params) for kind in ("permission", "revoked")
        }

    permitted(settled, call)
    assert due() == {"permission": True, "revoked": False}
    following.revoke_late(settled["st"], call, organisation_id=settled.id("sv"), reason="x",
                          revision=1)  # fmt: skip
    assert due() == {"permission": False, "revoked": True}
    permitted(settled, call)
    assert due() == {"permission": True, "revoked": False}


def test_a_draft_has_no_late_permission(settled: Settled) -> None:
    draft = actions.create(settled["st"], terms(settled, code="D"))
    with pytest.raises(NotNow):
        following.allow_late(settled["st"], draft, organisation_id=settled.id("sv"),
                             until=draft.closes_at + DAY, reason="x")  # fmt: skip


def test_a_contact_is_noted_with_how_and_what(settled: Settled, call: Call) -> None:
    for channel, note, key, field in [
        ("reminder", "x", "sv", "channel"),
        ("telepathy", "x", "sv", "channel"),
        ("telephone", " ", "sv", "note"),
        ("telephone", "x" * 1001, "sv", "note"),
        ("telephone", "x", "ppt", "country"),
    ]:
        with pytest.raises(Refusal) as refused:
            following.note_contact(settled["st"], call, organisation_id=settled.id(key),
                                   channel=channel, note=note)  # fmt: skip
        assert refused.value.field == field
    following.note_contact(settled["st"], call, organisation_id=settled.id("sv"),
                           channel="telephone", note="They will answer on Thursday.")  # fmt: skip
    db.session.flush()
    [found] = answered.list_contacts(settled["st"], call).rows
    assert (found.Organisation.key, found.CallContact.note, found.by) == (
        "sv", "They will answer on Thursday.", settled["st"].name,
    )  # fmt: skip


def test_the_log_is_paged_newest_first(settled: Settled, call: Call) -> None:
    for number in range(60):
        with clock.stopped_at(MORNING + timedelta(minutes=number // 2)):
            following.note_contact(settled["st"], call, organisation_id=settled.id("sv"),
                                   channel="letter", note=str(number))  # fmt: skip
    db.session.flush()
    seen, mark = [], ""
    while True:
        page = answered.list_contacts(settled["st"], call, mark)
        seen += page.records
        if not (mark := page.behind):
            break
    instants = [one.created_at for one in seen]
    assert instants == sorted(instants, reverse=True)
    assert len({one.id for one in seen}) == len(seen) == 60


@pytest.mark.parametrize("key", ["hn", "ca-sponsor", "ppt", "ar", "op"])
def test_nobody_but_the_secretariat_reminds_permits_or_notes(
    settled: Settled, call: Call, key: str
) -> None:
    actor = settled[key]
    for act in (
        lambda: following.remind(actor, call),
        lambda: following.allow_late(actor, call, organisation_id=settled.id("hn"),
                                     until=call.closes_at + DAY, reason="x"),
        lambda: following.revoke_late(actor, call, organisation_id=settled.id("hn"), reason="x",
                                      revision=1),
        lambda: following.note_contact(actor, call, organisation_id=settled.id("hn"),
                                       channel="letter", note="x"),
    ):  # fmt: skip
        with pytest.raises(Forbidden):
            act()


def test_a_promised_reminder_is_not_sent_once_its_reason_is_gone(
    settled: Settled, call: Call
) -> None:
    following.remind(settled["st"], call)
    db.session.flush()

    def are_due() -> dict[str, bool]:
        found = db.session.scalars(
            db.select(OutboxMessage).where(OutboxMessage.kind == "call-reminder")
        )
        return {one.recipient.split(":")[1]: is_still_due(one.kind, one.params) for one in found}

    assert all(are_due().values())
    dossier(call.id, settled["sv"], state="submitted", is_submitted=True)
    db.session.flush()
    due = are_due()
    assert due.pop(settled.id("sv")) is False
    assert all(due.values())
    with clock.stopped_at(call.closes_at + DAY):
        assert not any(are_due().values())
