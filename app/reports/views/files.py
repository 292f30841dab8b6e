"""Where is a report taken away as a file, and where does one wait for one that takes long?"""

from __future__ import annotations

from flask import Response, request, url_for
from flask_babel import gettext as _

from app import clock
from app.calls.models import Call
from app.db.errors import Missing
from app.jobs.binding import jobs_of_app
from app.jobs.wake import ask_soon
from app.policy.permissions import Permission
from app.reports import files, moments, queries, wanted
from app.reports.exports import WRITERS, report_file
from app.reports.figures import FULL, MEMBERS, Audience, Basis
from app.reports.models import Edition
from app.reports.views.pages import (
    blueprint,
    is_demonstration,
    lang_asked,
    moment_asked,
    other_edition,
    since_named,
)
from app.reports.wanted import Wanted
from app.web.downloads import download
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page


@blueprint.route("/calls/<call_id>/report.<ending>", methods=["GET", "POST"])
@guarded(Permission.REPORT_PREPARE, load=queries.get_call)
def of_call(call: Call, ending: str) -> Response:
    """GET, POST /reports/calls/<id>/report.docx, .pdf, .xlsx: the figures as they stand, as a file."""
    asked = Wanted(call_id=call.id, edition_id=None, audience=FULL, lang=lang_asked(),
                   ending=_known(ending), as_of=moment_asked(call),
                   since=since_named(call))  # fmt: skip
    address = url_for("reports.of_call", call_id=call.id, ending=ending, lang=asked.lang,
                      as_of=moments.in_address(asked.as_of or clock.now()),
                      since=asked.since or None)  # fmt: skip
    return _live(asked, address)


@blueprint.route("/editions/<edition_id>/report.<ending>", methods=["GET", "POST"])
@guarded(Permission.REPORT_READ, load=queries.get)
def of_edition(edition: Edition, ending: str) -> Response:
    """GET, POST /reports/editions/<id>/report.docx, .pdf, .xlsx: an edition as a file."""
    actor, told = current_actor(), request.args.get("audience", "")
    audience: Audience = FULL if actor.is_secretariat and told != MEMBERS else MEMBERS
    asked = Wanted(call_id=edition.call_id, edition_id=edition.id, audience=audience,
                   lang=lang_asked(), ending=_known(ending))  # fmt: skip
    if edition.state == queries.PUBLISHED:
        other = other_edition(edition.call_id)
        if other is not None and other.id != edition.id:
            asked = asked._replace(since=other.id)
        elif (found := files.kept(asked)) is not None and found.content is not None:
            return download(found.content, found.name)
    else:
        queries.get_call(actor, edition.call_id)
        asked = asked._replace(as_of=clock.now())
    return _live(asked, url_for("reports.of_edition", edition_id=edition.id, ending=ending,
                                lang=asked.lang, audience=audience, since=asked.since or None))  # fmt: skip


@blueprint.get("/file")
@guarded(Permission.REPORT_READ)
def file() -> Response:
    """GET /reports/file: the file that one asked for last, or that it is being made."""
    return page("reports/file.html", block="results", file=files.own(current_actor()))


@blueprint.get("/file/progress")
@guarded(Permission.REPORT_READ, is_unattended=True)
def file_progress() -> Response:
    """GET /reports/file/progress: the same, asked by an open page by itself."""
    return page("reports/file.html", block="results", file=files.own(current_actor()))


@blueprint.get("/file/taken")
@guarded(Permission.REPORT_READ)
def file_taken() -> Response:
    """GET /reports/file/taken: the file that one asked for, once it is made; else the page about it."""
    found = files.own(current_actor())
    if found is None or found.content is None:
        return done(url_for("reports.file"))
    return download(found.content, found.name)


def _known(ending: str) -> str:
    if ending not in WRITERS:
        raise Missing(ending)
    return ending


def _live(asked: Wanted, address: str) -> Response:
    """A file that nobody keeps yet: made now where that is quick, else asked for and made by a job."""
    if is_submitted():
        return _ask(asked)
    if _is_large(asked):
        return page("reports/ask_file.html", address=address, asked=asked)
    report, fingerprint = wanted.report_of(asked)
    body, name = report_file(report, asked.ending, lang_asked(), fingerprint=fingerprint,
                             demonstration=is_demonstration())  # fmt: skip
    return download(body, name)


def _is_large(asked: Wanted) -> bool:
    if asked.as_of is None:
        report, _fingerprint = wanted.report_of(asked)
        return len(report.needs) > files.LARGE
    audience: Audience = MEMBERS if asked.audience == MEMBERS else FULL
    basis = Basis(call_id=asked.call_id, as_of=asked.as_of, audience=audience)
    return files.needs_in(basis) > files.LARGE


def _ask(asked: Wanted) -> Response:
    file_id = files.ask(current_actor(), asked)
    if file_id is None:
        return done(url_for("reports.file"),
                    _("The file that you asked for before is still being made. Ask again after it."),
                    look="warn")  # fmt: skip
    jobs, response = jobs_of_app(), done(url_for("reports.file"))
    response.call_on_close(lambda: ask_soon(jobs, files.WORK, file_id=file_id))
    return response
