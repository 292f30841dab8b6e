"""Which needs stand behind this figure?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from flask import Response, request, url_for

from app.calls.models import Call
from app.db.errors import Missing
from app.formats.spec import Format, Text
from app.policy.permissions import Permission
from app.reports import building, drawing, listing, moments, queries
from app.reports.dimensions import DIMENSIONS, NOT_RANKED, label
from app.reports.figures import FULL, GROUP, Basis, SimilarNeeds
from app.reports.grouped import similar_needs
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
    asked, as_of = line_asked(), moment_asked(call)
    basis, format = Basis(call_id=call.id, as_of=as_of), building.format_of(call)
    called = _words(asked, format, similar_needs(basis, format) if asked.dimension == GROUP else ())
    found = listing.needs_behind(
        basis, dimension=asked.dimension, code=asked.code, country=asked.country,
        mark=request.args.get("after", ""),
    )  # fmt: skip
    needs = drawing.live_needs(found.rows, format, locale.lang(), _need_url)
    url, line = live_needs_url(call, as_of), asked.in_address()
    return page(
        "reports/needs.html", block="results", needs=needs, line=called, anchor=asked.anchor,
        told=moments.told(as_of, call.zone, locale.locale()),
        back_url=url_for("reports.live", call_id=call.id, as_of=moments.in_address(as_of)),
        next_url=url(**line, after=found.behind) if found.behind else None,
        previous_url=url(**line, after=found.before) if found.before else None,
        first_url=url(**line) if "after" in request.args else None,
    )  # fmt: skip


@blueprint.get("/editions/<edition_id>/needs")
@guarded(Permission.REPORT_READ, load=queries.get)
def needs_of_edition(edition: Edition) -> Response:
    """GET /reports/editions/<id>/needs: what a published edition lists behind a figure."""
    actor, asked = current_actor(), line_asked()
    if edition.state != queries.PUBLISHED:
        line = asked.in_address()
        return done(url_for("reports.needs_of_call", call_id=edition.call_id, **line))
    document = queries.get_frozen(actor, edition, request.args.get("audience", ""))
    report, opens = building.frozen(document), document.audience == FULL
    start = _place(request.args.get("after", ""))
    found = listing.of_frozen(report.needs, asked.dimension, asked.code, asked.country)
    here: dict[str, Any] = {"edition_id": edition.id, "audience": document.audience}
    more = {**here, **asked.in_address()}
    end = start + SIZE
    return page(
        "reports/needs.html", block="results", anchor=asked.anchor,
        needs=drawing.frozen_needs(found[start:end], locale.lang(), _need_url if opens else None),
        line=_frozen_words(report, asked),
        told=moments.told(report.as_of, report.zone, locale.locale()),
        back_url=url_for("reports.show", **here),
        next_url=url_for("reports.needs_of_edition", **more, after=end) if end < len(found) else None,
        previous_url=url_for("reports.needs_of_edition", **more, after=max(start - SIZE, 0)) if start else None,
        first_url=url_for("reports.needs_of_edition", **more) if start else None,
    )  # fmt: skip


class LineAsked(NamedTuple):
    """A line of a table, or where it meets a country; without a dimension all needs."""

    dimension: str | None = None
    code: str = ""
    country: str = ""

    def in_address(self) -> dict[str, Any]:
        """How an address of ours names it."""
        return {name: value for name, value in self._asdict().items() if value}

    @property
    def anchor(self) -> str:
        """Where on the page of figures it was read."""
        return "two_way_needs" if self.country else self.dimension or ""


def line_asked() -> LineAsked:
    """The line in the address. Raises Missing for nonsense."""
    asked = LineAsked(*(request.args.get(name, "") for name in LineAsked._fields))
    if not asked.dimension:
        return LineAsked()
    is_told = all(text.isprintable() and len(text) <= LONGEST_CODE for text in asked[1:] if text)
    if asked.dimension not in (*DIMENSIONS, GROUP) or not is_told or not asked.code:
        raise Missing(asked.dimension)
    if asked.dimension == "urgency" and asked.code != NOT_RANKED and not _is_rank(asked.code):
        raise Missing(asked.code)
    return asked


def _is_rank(code: str) -> bool:
    return code.isascii() and code.isdigit() and len(code) < 5


def _words(asked: LineAsked, format: Format, groups: Iterable[SimilarNeeds]) -> str:
    """What the line is called. Raises Missing for a group that there was not."""
    if asked.dimension is None:
        return ""
    if asked.dimension == GROUP:
        named = [_of_group(groups, asked.code)]
    else:
        named = [label(asked.dimension, asked.code, format)]
    if asked.country:
        named.append(label("country", asked.country, format))
    return " · ".join(each.say(locale.lang()) for each in named)


def _frozen_words(report: Report, asked: LineAsked) -> str:
    """What the edition calls the line. Raises Missing for a line that it does not have."""
    if asked.dimension is None:
        return ""
    named = [_frozen_label(report, asked.dimension, asked.code)]
    if asked.country:
        named.append(_frozen_label(report, "country", asked.country))
    return " · ".join(each.say(locale.lang()) for each in named)


def _of_group(groups: Iterable[SimilarNeeds], code: str) -> Text:
    for group in groups:
        if group.code == code:
            return group.label
    raise Missing(code)


def _frozen_label(report: Report, dimension: str, code: str) -> Text:
    if dimension == GROUP:
        return _of_group(report.groups or (), code)
    for line in report.compilation.grouping(dimension).lines:
        if line.code == code:
            return line.label
    raise Missing(code)


def _need_url(need_id: str) -> str:
    return url_for("needs.show", need_id=need_id)


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
