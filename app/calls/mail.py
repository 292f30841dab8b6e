"""What do messages about calls say? Which one, until when, and where to read it; never a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from app import clock
from app.calls import answered
from app.calls.models import Call, CallInvitation
from app.calls.queries import submission_closes_at
from app.extensions import db
from app.organisations.models import Organisation
from app.outbox import families
from app.outbox.conditions import due_while
from app.outbox.kinds import mail_kind
from app.outbox.recipients import Addressee


@mail_kind("call-announced")
@mail_kind("call-opened")
@mail_kind("call-closed")
@mail_kind("call-extended")
@mail_kind("call-late-revoked")
def about(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """The call's title, when it opens and closes, and its page."""
    return _said(db.session.get_one(Call, params["call"]), recipient)


def _said(call: Call, recipient: Addressee) -> dict[str, Any]:
    return {
        "title": call.title(recipient.lang),
        "opens_at": call.opens_at,
        "closes_at": call.closes_at,
        "has_closed": call.closes_at < clock.now(),
        "in_zone": call.zone,
        "version": call.format_version,
        "path": f"/calls/{call.id}",
    }


@mail_kind("call-reminder")
def reminder(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """The calls that still wait for the delegation, each with its page."""
    organisation = db.session.get_one(Organisation, params["organisation"])
    return {"calls": [_reminded(call, organisation, recipient) for call in _waiting(params)]}


def _reminded(call: Call, organisation: Organisation, recipient: Addressee) -> dict[str, Any]:
    """A call with its close on the country's own clocks too, what is left of it, what is to confirm."""
    said = _said(call, recipient)
    there, here = ZoneInfo(call.zone), ZoneInfo(organisation.zone)
    invitation = db.session.get(CallInvitation, (call.id, organisation.id))
    closes_at, now = submission_closes_at(call, invitation), clock.now()
    is_same = closes_at.astimezone(there).utcoffset() == closes_at.astimezone(here).utcoffset()
    return {
        **said,
        "late_until": closes_at if closes_at > call.closes_at else None,
        "own_zone": None if is_same else organisation.zone,
        "days": (closes_at.astimezone(there).date() - now.astimezone(there).date()).days,
        "to_confirm": answered.to_confirm(call, organisation.id),
    }


families.belongs_to(families.REMINDERS, "call-reminder")


@due_while("call-reminder")
def is_waited_for(params: Mapping[str, Any]) -> bool:
    """Whether the delegation may still submit to one of the calls, and has submitted nothing to it."""
    return bool(_waiting(params))


def _waiting(params: Mapping[str, Any]) -> list[Call]:
    """Of the calls that a reminder names, those that still wait for the delegation, in its order."""
    named = [db.session.get_one(Call, call_id) for call_id in params["calls"]]
    return [
        call for call in named
        if params["organisation"]
        in {one.organisation_id for one in answered.to_answer(call, clock.now())}
    ]  # fmt: skip


@mail_kind("call-late-permission")
def late_permission(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """The same, with the instant until which this delegation may submit."""
    said = about(params, recipient)
    call = db.session.get_one(Call, params["call"])
    return {**said, "closes_at": submission_closes_at(call, _invitation(params))}


@due_while("call-late-permission")
def is_permitted(params: Mapping[str, Any]) -> bool:
    """Whether the delegation still has late permission."""
    return not _invitation(params).is_revoked


@due_while("call-late-revoked")
def is_revoked(params: Mapping[str, Any]) -> bool:
    """Whether the delegation was given none anew."""
    return _invitation(params).is_revoked


def _invitation(params: Mapping[str, Any]) -> CallInvitation:
    return db.session.get_one(CallInvitation, (params["call"], params["organisation"]))
