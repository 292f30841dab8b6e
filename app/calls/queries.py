"""Which calls exist for this actor, how does each stand now, and until when may be submitted?

A call opens and closes by the clock. Whether anybody wrote its state down in time decides nothing:
`state_now` does, and everybody asks it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_

from app import clock
from app.calls.models import Call, CallExtension, CallInvitation
from app.db.errors import Missing
from app.extensions import db
from app.formats.words import N_
from app.policy.actor import Actor
from app.web.errors import Refusal
from app.web.keyset import Page, page_of

LIMIT = 25
NOT_YET = N_("The call is not open yet.")
CLOSED = N_(
    "The call has closed. What you drafted is kept. If your delegation needs more time, "
    "ask the Technical Secretariat for late permission."
)


def state_now(call: Call, at: datetime) -> str:
    """The state of a call at an instant: as written down, moved on by the clock."""
    state = call.state
    if state == "scheduled" and at >= call.opens_at:
        state = "open"
    if state == "open" and at > call.closes_at:
        state = "closed"
    return state


def submission_closes_at(call: Call, invitation: CallInvitation | None) -> datetime:
    """The last instant at which a delegation may submit: the close, or later by permission."""
    late = invitation.late_until if invitation else None
    return max(call.closes_at, late) if late else call.closes_at


def may_submit(call: Call, invitation: CallInvitation | None, at: datetime) -> bool:
    """Whether an invited delegation may submit at an instant."""
    if invitation is None:
        return False
    if state_now(call, at) == "open":
        return True
    return has_late_permission(call, invitation, at)


def may_be_late(call: Call, invitation: CallInvitation | None, at: datetime) -> bool:
    """Whether a delegation has more time than the others, and some of it is left."""
    late = invitation.late_until if invitation else None
    return late is not None and late > call.closes_at and at <= late


def has_late_permission(call: Call, invitation: CallInvitation | None, at: datetime) -> bool:
    """Whether the call is closed for everybody else and still open for this delegation."""
    late = invitation.late_until if invitation else None
    return late is not None and at <= late and state_now(call, at) == "closed"


def get(actor: Actor, call_id: str) -> Call:
    """A call that the actor may know of. Raises Missing."""
    call = db.session.execute(visible_to(actor).where(Call.id == call_id)).scalar_one_or_none()
    if call is None:
        raise Missing(call_id)
    return call


def get_open(actor: Actor, call_id: str) -> Call:
    """A call in which the actor's delegation may submit now. Raises Missing, or Refusal (409)."""
    call = get(actor, call_id)
    refuse_unless_open(actor, call)
    return call


def refuse_unless_open(actor: Actor, call: Call) -> None:
    """Raise Refusal (409) unless the actor's delegation may submit to the call now."""
    now = clock.now()
    if may_submit(call, invitation_of(actor, call.id), now):
        return
    is_early = state_now(call, now) in ("draft", "scheduled")
    raise Refusal(NOT_YET if is_early else CLOSED, status=409)


def invitation_of(actor: Actor, call_id: str) -> CallInvitation | None:
    """The invitation of the organisation that the actor acts for."""
    return db.session.get(CallInvitation, (call_id, actor.organisation_id))


def invited_to(actor: Actor, call_ids: list[str]) -> dict[str, CallInvitation]:
    """The actor's invitations to these calls, by call."""
    found = db.session.execute(
        db.select(CallInvitation).where(
            CallInvitation.call_id.in_(call_ids),
            CallInvitation.organisation_id == actor.organisation_id,
        )
    ).scalars()
    return {invitation.call_id: invitation for invitation in found}


def list_calls(actor: Actor, mark: str = "") -> Page:
    """The calls an actor may know of, newest opening first, a page at a time."""
    return page_of(visible_to(actor), Call.opens_at, Call.id, mark)


def open_for(actor: Actor) -> list[Call]:
    """The calls to which the actor's delegation may submit now, the first to close first.

    For the Secretariat every call that is open.
    """
    now = clock.now()
    is_open = is_open_at(now)
    if not actor.is_secretariat:
        is_late = and_(CallInvitation.late_until >= now, Call.opens_at <= now)
        is_open = or_(is_open, is_late)
    query = visible_to(actor).where(is_open).order_by(Call.closes_at, Call.id).limit(LIMIT)
    return list(db.session.execute(query).scalars())


def before_opening(actor: Actor) -> list[Call]:
    """The drafts and announced calls, the first to open first; for the Secretariat."""
    if not actor.is_secretariat:
        return []
    is_announced = and_(Call.state == "scheduled", Call.opens_at > clock.now())
    query = visible_to(actor).where(or_(Call.state == "draft", is_announced))
    return list(db.session.execute(query.order_by(Call.opens_at, Call.id).limit(LIMIT)).scalars())


def latest(actor: Actor) -> Call | None:
    """The call that opened last, of those the actor may know of."""
    query = visible_to(actor).where(Call.state != "draft", Call.opens_at <= clock.now())
    ordered = query.order_by(Call.opens_at.desc(), Call.id.desc()).limit(1)
    return db.session.execute(ordered).scalar_one_or_none()


def list_extensions(call: Call) -> list[CallExtension]:
    """How the close of a call was moved, the newest first."""
    return list(
        db.session.execute(
            db.select(CallExtension)
            .where(CallExtension.call_id == call.id)
            .order_by(CallExtension.created_at.desc(), CallExtension.id)
            .limit(LIMIT)
        ).scalars()
    )


def is_open_at(at: datetime) -> ColumnElement[bool]:
    """The condition of `state_now(call, at) == "open"`, for queries."""
    return and_(Call.opens_at <= at, Call.closes_at >= at, Call.state.in_(("scheduled", "open")))


def visible_to(actor: Actor) -> Select[Any]:
    """The calls that exist for an actor: all for the Secretariat, for a delegation those to which it
    is invited once they are announced, none for anybody else."""
    if actor.is_secretariat:
        return db.select(Call)
    return (
        db.select(Call)
        .join(CallInvitation, CallInvitation.call_id == Call.id)
        .where(
            CallInvitation.organisation_id == actor.organisation_id,
            Call.state != "draft",
        )
    )
