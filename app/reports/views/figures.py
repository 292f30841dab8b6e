"""Where are the figures as they stand, now or as of any day before?"""

from __future__ import annotations

from datetime import datetime

from flask import Response, request

from app import clock
from app.calls import queries as calls
from app.calls.models import Call
from app.policy.permissions import Permission
from app.reports import building, moments, queries
from app.reports.views.pages import blueprint, drawn_again, live_needs_url, moment_asked, shown
from app.web.errors import Refusal
from app.web.guard import current_actor, guarded
from app.web.page import page


@blueprint.get("/calls")
@guarded(Permission.REPORT_PREPARE)
def of_calls() -> Response:
    """GET /reports/calls: the calls whose figures can be looked at."""
    listed = calls.list_calls(current_actor(), request.args.get("after", ""))
    return page("reports/calls.html", calls=listed.records, listed=listed,
                is_first="after" not in request.args)  # fmt: skip


@blueprint.get("/calls/<call_id>")
@guarded(Permission.REPORT_PREPARE, load=queries.get_call)
def live(call: Call) -> Response:
    """GET /reports/calls/<id>: the figures of a call as they stand, or as of another day."""
    try:
        return _figures(call, moment_asked(call))
    except Refusal as refusal:
        return _figures(call, clock.now(), mistake=refusal.say())


def _figures(call: Call, as_of: datetime, *, mistake: str = "") -> Response:
    report = building.build(call, as_of=as_of, lists_needs=False)
    is_now = not request.args.get("as_of") and not request.args.get("on", "").strip()
    return page(
        "reports/live.html", status=422 if mistake else 200, call=call, mistake=mistake,
        is_now=is_now or bool(mistake), moment=moments.in_address(as_of),
        typed=drawn_again(request.args.get("on", "")), edition=queries.in_preparation(call.id),
        **shown(report, live_needs_url(call, as_of)),
    )  # fmt: skip
