"""Which countries are invited to a call, and how are they told about it?"""

from __future__ import annotations

from app import clock
from app.audit import trail
from app.calls.models import Call, CallInvitation
from app.calls.offered import delegation_ids
from app.calls.queries import state_now
from app.calls.terms import refuse_uninvited
from app.extensions import db
from app.outbox import post
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.policy.roles import DRAFTERS
from app.workflow import tables

"""Who of a delegation hears about a call."""


def invited_ids(call: Call) -> set[str]:
    """The ids of the delegations invited to a call."""
    found = db.session.execute(
        db.select(CallInvitation.organisation_id).where(CallInvitation.call_id == call.id)
    )
    return set(found.scalars())


def invite_more(actor: Actor, call: Call, *, countries: frozenset[str]) -> frozenset[str]:
    """Invite further delegations to an announced or open call; who was invited stays so.

    Those who were not invited before, who are told. Raises Refusal or NotNow.
    """
    require(actor, Permission.CALL_EDIT, call)
    state = state_now(call, clock.now())
    tables.CALL.after(state, "invite")
    refuse_uninvited(countries, delegation_ids())
    lock(call.id)
    new = countries - invited_ids(call)
    _invite(call, new)
    trail.record(actor, "call-countries-added", subject=("call", call.id),
                 detail={"countries": sorted(new)})  # fmt: skip
    kind = "call-opened" if state == "open" else "call-announced"
    for organisation_id in sorted(new):
        post.to_roles(organisation_id, DRAFTERS, kind, call=call.id)
    return new


def invite_all(call: Call, countries: frozenset[str], *, drop_others: bool = False) -> None:
    """Make these delegations the invited ones; others stay unless `drop_others`, as in a draft."""
    present = invited_ids(call)
    if drop_others:
        for organisation_id in sorted(present - countries):
            invitation = db.session.get_one(CallInvitation, (call.id, organisation_id))
            db.session.delete(invitation)
    _invite(call, countries - present)


def tell_invited(call: Call, kind: str) -> None:
    """Promise a message about the call to everybody who answers for an invited delegation."""
    db.session.flush()
    for organisation_id in sorted(invited_ids(call)):
        post.to_roles(organisation_id, DRAFTERS, kind, call=call.id)


def lock(*call_ids: str) -> None:
    """Let one act at a time decide who is invited to these calls, or reminded.

    Whoever writes a row that names the call goes on meanwhile: else they could wait in a circle.
    """
    in_order = db.select(Call.id).where(Call.id.in_(call_ids)).order_by(Call.id)
    db.session.execute(in_order.with_for_update(key_share=True))


def hold(call_id: str, organisation_id: str) -> CallInvitation | None:
    """A delegation's invitation as the one before left it; until the end no other act holds it.

    Begun records take their numbers under it, late permission is given, and what counts in a report
    comes into force and goes out of it. As with `lock`, a row that
    only names it is written meanwhile.
    """
    key = (call_id, organisation_id)
    return db.session.get(CallInvitation, key, with_for_update={"key_share": True})


def hold_all(call_id: str) -> None:
    """Wait for whoever holds an invitation to the call, and let nobody hold one until the end."""
    in_order = (
        db.select(CallInvitation.organisation_id)
        .where(CallInvitation.call_id == call_id)
        .order_by(CallInvitation.organisation_id)
    )
    db.session.execute(in_order.with_for_update(key_share=True))


def _invite(call: Call, countries: frozenset[str] | set[str]) -> None:
    now = clock.now()
    for organisation_id in sorted(countries):
        db.session.add(
            CallInvitation(call_id=call.id, organisation_id=organisation_id, invited_at=now)
        )
    db.session.flush()
