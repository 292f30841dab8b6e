"""Which similar needs does Enlace propose to group, and what does somebody say to it?"""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.calls import queries as calls
from app.calls.models import Call
from app.formats.spec import Text
from app.groups import actions, queries
from app.groups.models import GroupProposal
from app.groups.searching import WORK
from app.groups.views.pages import blueprint, call_asked, countries, named
from app.jobs.binding import jobs_of_app
from app.jobs.wake import ask_soon
from app.needs.exports import theme_words
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.web.guard import current_actor, guarded
from app.web.page import done, page


@blueprint.get("/proposals")
@guarded(Permission.GROUP_READ)
def proposals() -> Response:
    """GET /groups/proposals: the proposals of a call, the largest first, with their reasons."""
    return _proposals()


@blueprint.get("/proposals/progress")
@guarded(Permission.GROUP_READ, is_unattended=True)
def progress() -> Response:
    """GET /groups/proposals/progress: the same, asked by an open page by itself."""
    return _proposals()


def _proposals() -> Response:
    call, offered = call_asked()
    aside = request.args.get("aside") == "yes"
    listed = None
    if call is not None:
        listed = queries.list_proposals(call.id, request.args.get("after", "")[:400], aside=aside)
    return page(
        "groups/proposals.html", block="results", call=call, offered=offered, listed=listed,
        aside=aside, search=queries.search_of(call.id) if call else None,
        put_aside=queries.count_proposals(call.id, aside=True) if call else 0,
        **_shown(listed.records if listed else []),
    )  # fmt: skip


@blueprint.get("/proposals/<proposal_id>")
@guarded(Permission.GROUP_READ, load=queries.get_proposal)
def proposal(proposal: GroupProposal) -> Response:
    """GET /groups/proposals/<id>: one proposal, with its reasons."""
    return _one(proposal)


def _one(proposal: GroupProposal, refusal: Refusal | None = None) -> Response:
    return page(
        "groups/proposal.html", status=refusal.status if refusal else 200, proposal=proposal,
        call=calls.get(current_actor(), proposal.call_id), typed=request.form,
        errors=[(refusal.field or "main", refusal.say())] if refusal else [],
        **_shown([proposal]),
    )  # fmt: skip


def _shown(proposals: list[GroupProposal]) -> dict[str, Any]:
    near = {each["need"] for proposal in proposals for each in proposal.content["near"]}
    return {
        "needs": queries.needs_proposed([each.id for each in proposals]),
        "near": queries.references(near), "countries": countries, "themes": theme_words,
    }  # fmt: skip


@blueprint.post("/proposals/<proposal_id>/group")
@guarded(Permission.GROUP_EDIT, load=queries.get_proposal)
def take(proposal: GroupProposal) -> Response:
    """POST /groups/proposals/<id>/group: make a group of it, under its proposed name or another."""
    own = proposal.content["name"]
    name = named() if "name_es" in request.form else Text(own["es"], own["en"])
    try:
        group = actions.take(current_actor(), proposal, name)
    except Refusal as refusal:
        return _one(proposal, refusal)
    return done(url_for("groups.show", group_id=group.id), _("The group was made."))


@blueprint.post("/proposals/<proposal_id>/dismissal")
@guarded(Permission.GROUP_EDIT, load=queries.get_proposal)
def put_aside(proposal: GroupProposal) -> Response:
    """POST /groups/proposals/<id>/dismissal: put it aside, or (back=yes) propose it again."""
    if request.form.get("back") == "yes":
        actions.bring_back(current_actor(), proposal)
        return done(url_for("groups.proposals", call=proposal.call_id), _("It is proposed again."))
    actions.put_aside(current_actor(), proposal)
    return done(
        url_for("groups.proposals", call=proposal.call_id),
        _("Put aside. It is not proposed again unless one of its needs changes."),
    )


@blueprint.post("/calls/<call_id>/search")
@guarded(Permission.GROUP_EDIT, load=calls.get)
def search(call: Call) -> Response:
    """POST /groups/calls/<id>/search: look for similar needs anew."""
    actions.ask_to_search(current_actor(), call)
    call_id, jobs = call.id, jobs_of_app()  # the call itself is gone with its session by then
    response = done(url_for("groups.proposals", call=call_id))
    # Once the answer is out, and so what it speaks of is committed.
    response.call_on_close(lambda: ask_soon(jobs, WORK, call_id=call_id))
    return response
