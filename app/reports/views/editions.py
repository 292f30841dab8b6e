"""Which editions are there, and what does one say?"""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from app import clock
from app.calls import queries as calls
from app.policy.permissions import Permission
from app.reports import building, moments, queries
from app.reports.figures import FULL
from app.reports.models import Edition
from app.reports.views.pages import blueprint, choices, compared, live_needs_url, shown
from app.web.guard import current_actor, guarded
from app.web.page import page


@blueprint.get("")
@guarded(Permission.REPORT_READ)
def index() -> Response:
    """GET /reports: the editions, newest first, a page at a time."""
    actor = current_actor()
    listed = queries.list_editions(actor, request.args.get("after", ""))
    return page(
        "reports/list.html", editions=listed.records, listed=listed,
        is_first="after" not in request.args,
        latest_call=calls.latest(actor) if actor.is_secretariat else None,
    )  # fmt: skip


@blueprint.get("/editions/<edition_id>")
@guarded(Permission.REPORT_READ, load=queries.get)
def show(edition: Edition) -> Response:
    """GET /reports/editions/<id>: as published, or in preparation with the figures of now."""
    if edition.state != queries.PUBLISHED:
        return _in_preparation(edition)
    document = queries.get_frozen(current_actor(), edition, request.args.get("audience", ""))

    def needs_url(**line: Any) -> str:
        return url_for("reports.needs_of_edition", edition_id=edition.id,
                       audience=document.audience, **line)  # fmt: skip

    report = compared(building.frozen(document), edition, document.audience)
    others = queries.published_editions(current_actor(), edition.call_id)
    return page(
        "reports/edition.html", edition=edition, document=document,
        others=choices((each for each in others if each.id != edition.id), report.zone),
        since=request.args.get("since"), **shown(report, needs_url),
    )  # fmt: skip


def _in_preparation(edition: Edition) -> Response:
    call, now = queries.get_call(current_actor(), edition.call_id), clock.now()
    report = building.build(call, as_of=now, edition=edition, stage="draft", lists_needs=False,
                            earlier=building.edition_before(edition, FULL))  # fmt: skip
    return page(
        "reports/draft.html", edition=edition, call=call, moment=moments.in_address(now),
        **shown(report, live_needs_url(call, now)),
    )  # fmt: skip
