"""Where is a report taken away as a file?"""

from __future__ import annotations

from flask import Response, request

from app import clock
from app.calls.models import Call
from app.policy.permissions import Permission
from app.reports import building, queries
from app.reports.exports import report_file
from app.reports.figures import FULL, MEMBERS
from app.reports.models import Edition
from app.reports.report import Report
from app.reports.views.pages import (
    blueprint,
    compared,
    is_demonstration,
    lang_asked,
    moment_asked,
    since_asked,
)
from app.web.downloads import download
from app.web.guard import current_actor, guarded


@blueprint.get("/calls/<call_id>/report.<ending>")
@guarded(Permission.REPORT_PREPARE, load=queries.get_call)
def of_call(call: Call, ending: str) -> Response:
    """GET /reports/calls/<id>/report.docx, .pdf, .xlsx: the figures as they stand, as a file."""
    report = building.build(call, as_of=moment_asked(call), earlier=since_asked(call))
    return _sent(report, ending)


@blueprint.get("/editions/<edition_id>/report.<ending>")
@guarded(Permission.REPORT_READ, load=queries.get)
def of_edition(edition: Edition, ending: str) -> Response:
    """GET /reports/editions/<id>/report.docx, .pdf, .xlsx: an edition as a file."""
    actor, asked = current_actor(), request.args.get("audience", "")
    if edition.state == queries.PUBLISHED:
        document = queries.get_frozen(actor, edition, asked)
        report = compared(building.frozen(document), edition, document.audience)
        return _sent(report, ending, document.hash)
    call = queries.get_call(actor, edition.call_id)
    audience = MEMBERS if asked == MEMBERS else FULL
    report = building.build(
        call, as_of=clock.now(), audience=audience, edition=edition, stage="draft",
        earlier=building.edition_before(edition, audience),
    )  # fmt: skip
    return _sent(report, ending)


def _sent(report: Report, ending: str, fingerprint: str = "") -> Response:
    body, name = report_file(report, ending, lang_asked(), fingerprint=fingerprint,
                             demonstration=is_demonstration())  # fmt: skip
    return download(body, name)
