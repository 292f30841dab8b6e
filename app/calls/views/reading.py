"""Which calls are there, and what does one say?"""

from __future__ import annotations

from flask import Response, request

from app.calls import queries, terms, wording
from app.calls.answered import list_answers
from app.calls.models import Call
from app.calls.views.pages import blueprint
from app.policy.permissions import Permission
from app.web.guard import current_actor, guarded
from app.web.page import page


@blueprint.get("")
@guarded(Permission.CALL_READ)
def index() -> Response:
    """GET /calls: the newest first, a page at a time."""
    actor = current_actor()
    listed = queries.list_calls(actor, request.args.get("after", ""))
    invited = queries.invited_to(actor, [call.id for call in listed.records])
    rows = [wording.shown(call, invited.get(call.id)) for call in listed.records]
    return page("calls/list.html", block="results", rows=rows, listed=listed,
                is_first="after" not in request.args)  # fmt: skip


@blueprint.get("/<call_id>")
@guarded(Permission.CALL_READ, load=queries.get)
def show(call: Call) -> Response:
    """GET /calls/<id>: for the Secretariat what can be done next, for a delegation what is asked."""
    actor = current_actor()
    if actor.is_secretariat:
        return page(
            "calls/show.html", shown=wording.shown(call), answers=list_answers(actor, call),
            extensions=queries.list_extensions(call),
            missing=[terms.TRANSLATIONS[name] for name in terms.untranslated(call)],
        )  # fmt: skip
    shown = wording.shown(call, queries.invitation_of(actor, call.id))
    band = wording.band(call, shown.invitation) if shown.is_open else None
    return page("calls/asked.html", shown=shown, band=band,
                extensions=queries.list_extensions(call))  # fmt: skip
