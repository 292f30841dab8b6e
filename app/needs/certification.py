"""How does a focal point certify: choose, see exactly what a sponsor would read, and sign?

Two pages. The first asks what members and sponsors may see, with nothing preselected, and leads by a
plain question (GET) to the second, which shows the preview and carries the choices with it. Both carry
the fingerprint of the answers as they were read before, on the page with all of them: whoever did not
come from there is sent there, and what changed meanwhile is not certified unseen.
"""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.intake.actions import Incomplete
from app.intake.filing.actions import fingerprint
from app.intake.news import people_in
from app.needs import actions, choosing
from app.needs.opened import OpenedNeed
from app.needs.preview import Choices
from app.web.errors import error_page
from app.web.forms import is_submitted
from app.web.guard import current_actor
from app.web.page import done, page
from app.web.ways_back import Ways
from app.workflow.tables import DOSSIER


def certification(need: OpenedNeed) -> Response:
    """GET, POST /needs/<id>/certification: what may be seen by whom; then certify and submit."""
    DOSSIER.after(need.state, "certify")
    if is_submitted():
        return _certify(need)
    answers = choosing.answers_of(need)
    if unread := _unread(need, answers):
        return unread
    if "preview_hash" in request.form:
        return _preview_page(need, choosing.chosen_in(request.form), request.form)
    return _choices_page(need, answers, request.form if request.method == "POST" else request.args)


def preview(need: OpenedNeed) -> Response:
    """GET /needs/<id>/certification/preview: exactly what a sponsor would read."""
    DOSSIER.after(need.state, "certify")
    answers = choosing.answers_of(need)
    if unread := _unread(need, answers):
        return unread
    choices = choosing.chosen_in(request.args)
    undecided = choosing.undecided(choices)
    if undecided or not choosing.is_ready(need, answers):
        return _choices_page(need, answers, request.args, errors=undecided, status=422)
    return _preview_page(need, choices, MultiDict({"shown": request.args["shown"]}))


def _unread(need: OpenedNeed, answers: dict[str, Any]) -> Response | None:
    """The way to the page with all answers, where they were not read there or are no longer the same.

    A form that only changes its language keeps what was typed in it, and is asked when it is sent.
    """
    shown = request.values.get("shown")
    if not shown:
        return done(_answers_url(need))
    if request.method == "POST":
        return None
    try:
        actions.refuse_unseen(fingerprint(answers), shown)
    except actions.Unseen as unseen:
        return _read_again(need, unseen)
    return None


def _answers_url(need: OpenedNeed) -> str:
    return url_for("needs.check", need_id=need.id)


def _read_again(need: OpenedNeed, unseen: actions.Unseen) -> Response:
    """That it changed; the form itself carries what was read, so it is not opened again."""
    return error_page(unseen.status, unseen.say(), Ways(record_url=_answers_url(need)))


def _choices_page(
    need: OpenedNeed, answers: dict[str, Any], typed: Any, *, errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    return page(
        "needs/certification.html", status=status, opened=need, errors=errors or {}, typed=typed,
        shown_hash=typed.get("shown", ""),
        preview_url=url_for("needs.preview", need_id=need.id), people=people_in(current_actor(), need),
        **choosing.questions(need, answers),
    )  # fmt: skip


def _preview_page(
    need: OpenedNeed, choices: Choices, typed: Any, *, errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    return page(
        "needs/preview.html", status=status, opened=need, typed=typed, errors=errors or {},
        work_form=True, certify_url=url_for("needs.certification", need_id=need.id),
        shown_hash=typed.get("shown", ""),
        back_url=url_for("needs.certification", need_id=need.id, lang=choosing.language(need),
                         shown=typed.get("shown"), **choosing.carried(choices)),
        **choosing.shown(need, choices),
    )  # fmt: skip


def _certify(need: OpenedNeed) -> Response:
    choices = choosing.chosen_in(request.form)
    clearance, errors = choosing.clearance(current_actor(), need)
    if errors:
        return _preview_page(need, choices, request.form, errors=errors, status=422)
    try:
        version = actions.certify(
            current_actor(), need, choices=choices, clearance=clearance,
            lang=choosing.language(need), preview_hash=request.form.get("preview_hash", ""),
            shown_hash=request.form.get("shown", ""),
        )  # fmt: skip
    except actions.Unseen as unseen:
        return _read_again(need, unseen)
    except Incomplete:
        return _choices_page(need, choosing.answers_of(need), request.form, status=422)
    return done(url_for("needs.receipt", need_id=need.id, number=version.number),
                _("Certified and submitted. This is your receipt."))  # fmt: skip
