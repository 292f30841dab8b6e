"""What does the Secretariat do to reach countries about a call: remind, allow late, note down?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from app import clock
from app.audit import trail
from app.calls import answered
from app.calls.actions import Stale, refuse_bad_reason
from app.calls.inviting import hold, lock
from app.calls.models import Call, CallContact, CallInvitation
from app.calls.queries import may_be_late, state_now
from app.calls.terms import REASON_LENGTH, TOO_LONG
from app.db.base import new_id
from app.extensions import db
from app.formats.words import N_
from app.outbox import post
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.policy.roles import CERTIFIERS, DRAFTERS
from app.web.errors import Refusal
from app.workflow import tables
from app.workflow.machine import NotNow

"""Who of a delegation is reminded: those who can submit."""
REMINDER, LATE, REVOKED = "reminder", "late_permission", "late_revoked"
REVOKE = "revoke_late"
PAUSE = timedelta(hours=20)
"""Within this time after a reminder a country is not reminded again: once a day is enough."""
CHANNELS = {
    "telephone": N_("Telephone call"),
    "letter": N_("Letter"),
    "email": N_("E-mail outside Enlace"),
    "meeting": N_("In person"),
}
"""What the Secretariat may note down itself."""
EVERYBODY_ANSWERED = N_("Every invited country has submitted needs. Nobody was reminded.")
REMINDED_TODAY = N_("The countries without a submission were reminded within the last day. "
                    "Nobody was reminded again.")  # fmt: skip
NOT_INVITED = N_("Choose one of the invited countries.")


def remind(actor: Actor, call: Call) -> list[str]:
    """Remind the invited delegations that have submitted nothing yet; their ids.

    Raises NotNow unless the call is open, Refusal when nobody is left to remind.
    """
    require(actor, Permission.CALL_OPEN, call)
    tables.CALL.after(state_now(call, clock.now()), "remind")
    lock(call.id)
    waiting = answered.without_submission(call)
    if not waiting:
        raise Refusal(EVERYBODY_ANSWERED, status=409)
    reminded = answered.reached_since(call, REMINDER, clock.now() - PAUSE)
    waiting = [organisation_id for organisation_id in waiting if organisation_id not in reminded]
    if not waiting:
        raise Refusal(REMINDED_TODAY, status=409)
    send_reminders(actor, {organisation_id: [call] for organisation_id in waiting})
    return waiting


def send_reminders(actor: Actor | None, reminders: Mapping[str, list[Call]]) -> None:
    """Promise each delegation one letter about its calls and note it; nobody's act where it is due."""
    reminded: dict[Call, list[str]] = {}
    for organisation_id, calls in reminders.items():
        post.to_roles(organisation_id, CERTIFIERS, "call-reminder",
                      calls=[call.id for call in calls], organisation=organisation_id)  # fmt: skip
        for call in calls:
            _note(actor, call, organisation_id, REMINDER, "")
            reminded.setdefault(call, []).append(organisation_id)
    for call, countries in reminded.items():
        _record(actor, call, "call-reminded", countries=countries)


def allow_late(
    actor: Actor, call: Call, *, organisation_id: str, until: datetime, reason: str
) -> CallInvitation:
    """Permit one delegation to submit after the close; who permitted it and why is kept.

    A permission that the delegation has gives way, and the log says so. Raises Refusal for an instant
    that is not after the close and in the future, and for no reason.
    """
    require(actor, Permission.CALL_OPEN, call)
    tables.CALL.after(state_now(call, clock.now()), "allow_late")
    invitation = _invited(hold(call.id, organisation_id))
    if until <= max(call.closes_at, clock.now()):
        raise Refusal(N_("Choose an instant that is later than the close, and later than now."),
                      field="until_day")  # fmt: skip
    refuse_bad_reason(reason)
    _decide(actor, call, invitation, LATE, until, reason)
    _record(actor, call, "call-late-permission", country=organisation_id, until=until.isoformat())
    post.to_roles(organisation_id, DRAFTERS, "call-late-permission", call=call.id,
                  organisation=organisation_id)  # fmt: skip
    return invitation


def revoke_late(
    actor: Actor, call: Call, *, organisation_id: str, reason: str, revision: int
) -> None:  # fmt: skip
    """End one delegation's late permission; its drafts stay, and it reads who ended it for what reason.

    Raises Refusal for no reason, Stale where another permission was given since, and NotNow where none
    is left.
    """
    require(actor, Permission.CALL_OPEN, call)
    state = state_now(call, clock.now())
    tables.CALL.after(state, REVOKE)
    invitation = _invited(hold(call.id, organisation_id))
    if not may_be_late(call, invitation, clock.now()):
        raise NotNow(tables.CALL.name, state, REVOKE)
    if invitation.late_times != revision:
        raise Stale(tables.CALL.name, state, REVOKE)
    refuse_bad_reason(reason)
    _decide(actor, call, invitation, REVOKED, None, reason)
    _record(actor, call, "call-late-revoked", country=organisation_id)
    post.to_roles(organisation_id, DRAFTERS, "call-late-revoked", call=call.id,
                  organisation=organisation_id)  # fmt: skip


def _decide(
    actor: Actor, call: Call, invitation: CallInvitation, channel: str, until: datetime | None,
    reason: str,
) -> None:  # fmt: skip
    before = invitation.late_until
    invitation.late_until, invitation.late_by = until, actor.person_id
    invitation.late_reason, invitation.late_at = reason.strip(), clock.now()
    invitation.late_times += 1
    contact = _note(actor, call, invitation.organisation_id, channel, reason)
    contact.until = until
    contact.instead_of = before if before and before > call.closes_at else None


def note_contact(
    actor: Actor, call: Call, *, organisation_id: str, channel: str, note: str
) -> CallContact:
    """Note down a telephone call, a letter or another contact outside Enlace."""
    require(actor, Permission.CALL_ANSWERS_READ, call)
    if channel not in CHANNELS:
        raise Refusal(N_("Choose how the country was reached."), field="channel")
    if not note.strip():
        raise Refusal(N_("Write what was said or sent, in a sentence."), field="note")
    if len(note) > REASON_LENGTH:
        raise Refusal(TOO_LONG, field="note", limit=REASON_LENGTH)
    _invited(db.session.get(CallInvitation, (call.id, organisation_id)))
    contact = _note(actor, call, organisation_id, channel, note)
    _record(actor, call, "call-contact-noted", contact=contact.id, country=organisation_id)
    return contact


def _invited(invitation: CallInvitation | None) -> CallInvitation:
    if invitation is None:
        raise Refusal(NOT_INVITED, field="country")
    return invitation


def _note(
    actor: Actor | None, call: Call, organisation_id: str, channel: str, note: str
) -> CallContact:
    contact = CallContact(
        id=new_id(), call_id=call.id, organisation_id=organisation_id, channel=channel,
        note=note.strip(), by=actor.person_id if actor else None, created_at=clock.now(),
    )  # fmt: skip
    db.session.add(contact)
    return contact


def _record(actor: Actor | None, call: Call, kind: str, **detail: object) -> None:
    trail.record(actor, kind, subject=("call", call.id), detail=detail)
