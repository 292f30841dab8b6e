"""Where is an edition begun, written and published?"""

from __future__ import annotations

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.calls.models import Call
from app.jobs.binding import jobs_of_app
from app.jobs.wake import ask_soon
from app.policy.permissions import Permission
from app.reports import actions, doubts, files, queries, tallying
from app.reports.actions import Stale
from app.reports.forms import LABELS, PublicationForm, TextsForm
from app.reports.models import Edition
from app.reports.views.pages import blueprint, drawn_again
from app.web import identity
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.newer import newer
from app.web.page import done, page
from app.workflow import tables


@blueprint.post("/calls/<call_id>/editions")
@guarded(Permission.REPORT_PREPARE, load=queries.get_call)
def begin(call: Call) -> Response:
    """POST /reports/calls/<id>/editions: begin the next edition."""
    edition = actions.create(current_actor(), call)
    return done(_url(edition), _("The edition was begun. Only the Secretariat sees it."))


@blueprint.route("/editions/<edition_id>/texts", methods=["GET", "POST"])
@guarded(Permission.REPORT_PREPARE, load=queries.get)
def texts(edition: Edition) -> Response:
    """GET, POST /reports/editions/<id>/texts: what is written beside the figures."""
    tables.EDITION.after(edition.state, "edit")
    form, errors, status = TextsForm(), {}, 200
    if is_submitted() and not form.validate():
        errors, status = form.mistakes, 422
    elif is_submitted():
        try:
            actions.write_texts(
                current_actor(), edition, texts=form.texts(), revision=form.revision.data
            )
        except Stale:
            status = 409
        else:
            return done(_url(edition), _("The texts were saved."))
    stands = {name: getattr(edition, name) for name in LABELS}
    typed = _typed() if request.method == "POST" else stands
    return page(
        "reports/texts.html", status=status, edition=edition, errors=errors, typed=typed,
        labels=LABELS, revision=edition.revision,
        work_form=True, newer=newer(stands, status),
    )  # fmt: skip


def _typed() -> dict[str, str]:
    return {name: drawn_again(request.form.get(name, "")) for name in LABELS}


@blueprint.route("/editions/<edition_id>/publication", methods=["GET", "POST"])
@guarded(Permission.REPORT_PUBLISH, load=queries.get, delays_writing=True)
def publication(edition: Edition) -> Response:
    """GET, POST /reports/editions/<id>/publication: look once more, then publish for ever."""
    tables.EDITION.after(edition.state, "publish")
    if not is_submitted():
        return _once_more(edition)
    try:
        _publish(edition)
    except Stale:
        identity.read_again()
        return _once_more(edition, status=409)
    except Refusal as refusal:
        identity.read_again()
        return _once_more(edition, mistake=refusal.say())
    jobs = jobs_of_app()
    response = done(_url(edition), _("The edition is published. It will not change any more."))
    response.call_on_close(lambda: ask_soon(jobs, files.CONTINUE))
    return response


def _publish(edition: Edition) -> None:
    """Count while only reading, then write in a moment."""
    actor, form = current_actor(), PublicationForm()
    form.validate()
    call = queries.get_call(actor, edition.call_id)
    tally = tallying.tally(edition, call)
    identity.begin_writing()
    actions.publish(
        actor, edition, call, tally, revision=form.revision.data, digest=form.digest.data or "",
        confirmed=form.confirmed.data or (),
    )  # fmt: skip


def _once_more(edition: Edition, status: int = 200, mistake: str = "") -> Response:
    counted = tallying.tally(edition, queries.get_call(current_actor(), edition.call_id))
    full, members = counted.reports
    return page(
        "reports/publication.html", status=422 if mistake else status, edition=edition,
        is_stale=status == 409, full=full.compilation.total,
        members=members.compilation.total, digest=counted.digest,
        empty=_empty(edition), work_form=True, errors=[(doubts.FIELD, mistake)] if mistake else [],
        mistake=mistake, ticked=request.form.getlist(doubts.FIELD),
        doubts=[(each, _(words)) for each, words in doubts.SENTENCES.items() if each in counted.doubts],
    )  # fmt: skip


def _empty(edition: Edition) -> list[str]:
    """The texts that nobody wrote; an edition may go without them."""
    return [_(words) for name, words in LABELS.items() if not getattr(edition, name).strip()]


def _url(edition: Edition) -> str:
    return url_for("reports.show", edition_id=edition.id)
