"""Which pages show the Secretariat its sponsors, and all that passed with each?"""

from __future__ import annotations

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.organisations.models import Organisation
from app.policy.permissions import Permission
from app.summaries import sponsor_log
from app.summaries.views import blueprint
from app.web.asked import said, unknown
from app.web.guard import current_actor, guarded
from app.web.page import page

LONGEST = 400
"""Characters of a mark in an address."""


@blueprint.get("/sponsors")
@guarded(Permission.SUMMARY_PREPARE)
def sponsors() -> Response:
    """GET /summaries/sponsors: every sponsor, with how much it was sent and what became of it."""
    found = sponsor_log.sponsors(current_actor(), request.args.get("after", "")[:LONGEST])
    return page("summaries/sponsors.html", block="results", found=found)


@blueprint.get("/sponsors/<sponsor_id>")
@guarded(Permission.SUMMARY_PREPARE, load=sponsor_log.sponsor)
def sponsor(found: Organisation) -> Response:
    """GET /summaries/sponsors/<id>: what was sent to one sponsor, and all that happened since."""
    kind, routing_id = request.args.get("kind", ""), request.args.get("routing", "")[:LONGEST]
    kind = kind if kind in sponsor_log.EVENTS else ""
    asked = {key: request.args.get(key, "")[:LONGEST] for key in ("after", "of")}

    def where(**changes: str) -> str:
        kept = {"kind": kind, "routing": routing_id, **asked, **changes}
        set_ones = {key: value for key, value in kept.items() if value}
        return url_for("summaries.sponsor", sponsor_id=found.id, **set_ones)  # type: ignore[arg-type]

    return page(
        "summaries/sponsor.html", block="results", sponsor=found, kind=kind, routing_id=routing_id,
        where=where, aside=said(unknown({"kind": sponsor_log.EVENTS})),
        link=_link, kinds=[(key, _(words)) for key, words in sponsor_log.EVENTS.items()],
        sent=sponsor_log.summaries(found, asked["of"]),
        log=sponsor_log.events(found, kind=kind, routing_id=routing_id, after=asked["after"]),
    )  # fmt: skip


def _link(place: str, record_id: str) -> str:
    """The page of what an event is about."""
    if place == "group":
        return url_for("summaries.group", grouping_id=record_id)
    if place == "summary":
        return url_for("summaries.show", summary_id=record_id)
    return sponsor_log.links()[place](record_id)
