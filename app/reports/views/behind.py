"""Which needs stand behind this figure?"""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from app.calls.models import Call
from app.db.errors import Missing
from app.formats.spec import Format
from app.policy.permissions import Permission
from app.reports import building, drawing, listing, moments, queries
from app.reports.dimensions import DIMENSIONS, NOT_RANKED, label
from app.reports.figures import FULL, Basis
from app.reports.models import Edition
from app.reports.report import Report
from app.reports.views.pages import blueprint, live_needs_url, moment_asked
from app.web import locale
from app.web.guard import current_actor, guarded
from app.web.keyset import SIZE
from app.web.page import done, page

LONGEST_CODE = 40


@blueprint.get("/calls/<call_id>/needs")
@guarded(Permission.REPORT_FIGURE_OPEN, load=queries.get_call)
def needs_of_call(call: Call) -> Response:
    """GET /reports/calls/<id>/needs: exactly the versions that a figure counted."""
    dimension, code = line_asked()
    as_of = moment_asked(call)
    basis, format = Basis(call_id=call.id, as_of=as_of), building.format_of(call)
    found = listing.needs_behind(
        basis, dimension=dimension, code=code, mark=request.args.get("after", "")
    )
    needs = drawing.live_needs(found.rows, format, locale.lang(), _need_url)
    url, line = live_needs_url(call, as_of), _line(dimension, code)
    return page(
        "reports/needs.html", block="results", needs=needs, line=_words(dimension, code, format),
        dimension=dimension, told=moments.told(as_of, call.zone, locale.locale()),
        back_url=url_for("reports.live", call_id=call.id, as_of=moments.in_address(as_of)),
        next_url=url(**line, after=found.behind) if found.behind else None,
        previous_url=url(**line, after=found.before) if found.before else None,
        first_url=url(**line) if "after" in request.args else None,
    )  # fmt: skip


@blueprint.get("/editions/<edition_id>/needs")
@guarded(Permission.REPORT_READ, load=queries.get)
def needs_of_edition(edition: Edition) -> Response:
    """GET /reports/editions/<id>/needs: what a published edition lists behind a figure."""
    actor, (dimension, code) = current_actor(), line_asked()
    if edition.state != queries.PUBLISHED:
        line = _line(dimension, code)
        return done(url_for("reports.needs_of_call", call_id=edition.call_id, **line))
    document = queries.get_frozen(actor, edition, request.args.get("audience", ""))
    report, opens = building.frozen(document), document.audience == FULL
    start = _place(request.args.get("after", ""))
    found = listing.of_frozen(report.needs, dimension, code)
    here: dict[str, Any] = {"edition_id": edition.id, "audience": document.audience}
    more = {**here, **_line(dimension, code)}
    end = start + SIZE
    return page(
        "reports/needs.html", block="results", dimension=dimension,
        needs=drawing.frozen_needs(found[start:end], locale.lang(), _need_url if opens else None),
        line=_frozen_words(report, dimension, code),
        told=moments.told(report.as_of, report.zone, locale.locale()),
        back_url=url_for("reports.show", **here),
        next_url=url_for("reports.needs_of_edition", **more, after=end) if end < len(found) else None,
        previous_url=url_for("reports.needs_of_edition", **more, after=max(start - SIZE, 0)) if start else None,
        first_url=url_for("reports.needs_of_edition", **more) if start else None,
    )  # fmt: skip


def line_asked() -> tuple[str | None, str]:
    """The dimension and code in the address; none for all needs. Raises Missing for nonsense."""
    dimension, code = request.args.get("dimension"), request.args.get("code", "")
    if not dimension:
        return None, ""
    is_told = code.isprintable() and 0 < len(code) <= LONGEST_CODE
    if dimension not in DIMENSIONS or not is_told:
        raise Missing(dimension)
    if dimension == "urgency" and code != NOT_RANKED and not _is_rank(code):
        raise Missing(code)
    return dimension, code


def _is_rank(code: str) -> bool:
    return code.isascii() and code.isdigit() and len(code) < 5


def _line(dimension: str | None, code: str) -> dict[str, Any]:
    return {"dimension": dimension, "code": code} if dimension else {}


def _words(dimension: str | None, code: str, format: Format) -> str:
    return label(dimension, code, format).say(locale.lang()) if dimension else ""


def _frozen_words(report: Report, dimension: str | None, code: str) -> str:
    """What the edition calls the line. Raises Missing for a line that it does not have."""
    if dimension is None:
        return ""
    for line in report.compilation.grouping(dimension).lines:
        if line.code == code:
            return line.label.say(locale.lang())
    raise Missing(code)


def _need_url(need_id: str) -> str:
    return url_for("needs.show", need_id=need_id)


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
