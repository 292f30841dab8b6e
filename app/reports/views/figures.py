"""Where are the figures as they stand, now or as of any day before?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from flask import Response, request

from app import clock
from app.calls import queries as calls
from app.calls.models import Call
from app.policy.permissions import Permission
from app.reports import building, moments, queries
from app.reports.report import Earlier
from app.reports.views.pages import (
    blueprint,
    choices,
    drawn_again,
    live_needs_url,
    moment_asked,
    shown,
    since_asked,
)
from app.web import locale
from app.web.errors import Refusal
from app.web.guard import current_actor, guarded
from app.web.page import page

INPUTS = ("as_of", *moments.AS_OF, "since", *moments.SINCE)
"""What may stand in the address: the moment of the figures, and what they are compared with."""
T = TypeVar("T")


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
    """GET /reports/calls/<id>: the figures of a call as they stand, or as of another moment."""
    errors: dict[str, str] = {}
    as_of = _tried(lambda: moment_asked(call), errors)
    earlier = _tried(lambda: since_asked(call), errors)
    if errors:
        return _figures(call, clock.now(), None, errors)
    return _figures(call, as_of or clock.now(), earlier, errors)


def _tried(ask: Callable[[], T], errors: dict[str, str]) -> T | None:
    """What was asked for; what is wrong with it goes to its place among the errors."""
    try:
        return ask()
    except Refusal as refusal:
        errors[refusal.field or "on"] = refusal.say()
        return None


def _figures(
    call: Call, as_of: datetime, earlier: Earlier | None, errors: dict[str, str]
) -> Response:
    report = building.build(call, as_of=as_of, lists_needs=False, earlier=earlier)
    typed = {name: drawn_again(request.args.get(name, "")) for name in INPUTS}
    return page(
        "reports/live.html", status=422 if errors else 200, call=call, errors=errors,
        is_now=bool(errors) or not any(typed[name] for name in ("as_of", *moments.AS_OF)),
        moment=moments.in_address(as_of), typed=typed, since=_since(earlier),
        edition=queries.in_preparation(call.id),
        editions=choices(queries.published_editions(current_actor(), call.id), call.zone),
        place=locale.place_of(call.zone),
        **shown(report, live_needs_url(call, as_of)),
    )  # fmt: skip


def _since(earlier: Earlier | None) -> str | None:
    """How the address of a file names what the figures are compared with."""
    if earlier is None:
        return None
    return request.args["since"] if earlier.number else moments.in_address(earlier.as_of)
