"""Under which addresses do the pages of calls stand, and what do they share?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from werkzeug.datastructures import MultiDict

from app import clock
from app.calls.models import Call
from app.calls.queries import state_now
from app.formats.words import N_
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.web.navigation import Entry
from app.workflow import tables

blueprint = Blueprint("calls", __name__, url_prefix="/calls")
NAV = Entry("calls.index", N_("Calls"), Permission.CALL_READ)


def typed(first: dict[str, Any] | None = None) -> MultiDict[str, Any]:
    """What the inputs of a form hold: what was typed, or at first what is known."""
    return request.form if request.method == "POST" else MultiDict(first or {})


def at_its_place(refusal: Refusal) -> dict[str, str]:
    """A refusal as the mistake of its field."""
    return {refusal.field or "": refusal.say()}


def expect(call: Call, verb: str) -> None:
    """Raise NotNow unless the call's state allows the verb, before its page is shown."""
    tables.CALL.after(state_now(call, clock.now()), verb)
