"""Which pages show what one's own units write, begin it, and say where it stands?"""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.cases.common_format.format import CASE
from app.cases.exchanges import certification as certifying
from app.cases.exchanges import closing as closing_case
from app.cases.exchanges import ending, loose_ends, overview, queries
from app.cases.exchanges.actions import Beginning, NotBegun, start
from app.cases.exchanges.obstacles import RELATED
from app.cases.exchanges.opened import OpenedCase
from app.cases.exchanges.standing import standing
from app.cases.exchanges.views.pages import MOUNT, asked_of, blueprint, kinds, url_of
from app.cases.exchanges.words import STATE_WORDS
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.web.forms import is_submitted, typed_text
from app.web.guard import current_actor, guarded
from app.web.locale import lang
from app.web.page import done, page
from app.workflow.tables import EXCHANGE

REALITY = {"real": False, "practice": True}


@blueprint.get("")
@guarded(Permission.CASE_LIST)
def index() -> Response:
    """GET /cases: what one's own units write and wrote."""
    asked, aside, options = asked_of(EXCHANGE)
    listed = queries.list_own(current_actor(), asked, request.args.get("after", "")[:400])
    return page("cases/list.html", block="results", listed=listed, asked=asked, options=options,
                aside=aside, form=CASE, format_standing=standing())  # fmt: skip


@blueprint.route("/beginning", methods=["GET", "POST"])
@guarded(Permission.CASE_START)
def beginning() -> Response:
    """GET, POST /cases/beginning: for which unit, what kind of communication, real or practice."""
    actor, mistakes = current_actor(), {}
    units = queries.own_units(actor)
    if is_submitted():
        chosen = request.form.get("unit", units[0].id if len(units) == 1 else "")
        begins = Beginning(
            unit=next((unit for unit in units if unit.id == chosen), None),
            kind=request.form.get("kind", ""),
            is_exercise=REALITY.get(request.form.get("reality", "")),
        )
        try:
            made = start(actor, begins)
        except NotBegun as not_begun:
            mistakes = {question: _(words) for question, words in not_begun.found.items()}
        else:
            return done(url_for("cases.show", case_id=made.id), _("The draft is open."))
    return page(
        "cases/beginning.html", status=422 if mistakes else 200, units=units, mistakes=mistakes,
        unit_options=[(unit.id, unit.name(lang())) for unit in units], typed=request.form,
        kind_options=[each for each in kinds() if each[0] not in RELATED],
        asked_kind=request.args.get("kind", ""), format_standing=standing(),
    )  # fmt: skip


@blueprint.get("/<case_id>")
@guarded(Permission.CASE_READ, load=queries.get)
def show(case: OpenedCase) -> Response:
    """GET /cases/<id>: where it stands, what comes next, and the receipts of each unit."""
    return page("cases/show.html", state_words=STATE_WORDS,
                **overview.of_case(current_actor(), MOUNT, case))  # fmt: skip


@blueprint.route("/<case_id>/certification", methods=["GET", "POST"])
@guarded(Permission.CASE_RELEASE, load=queries.get)
def certification(case: OpenedCase) -> Response:
    """GET, POST /cases/<id>/certification: what each unit gets; certify what is written and release it."""
    return certifying.certification(MOUNT, case)


@blueprint.route("/<case_id>/recall", methods=["GET", "POST"])
@guarded(Permission.CASE_RELEASE, load=queries.get)
def recall(case: OpenedCase) -> Response:
    """GET, POST /cases/<id>/recall: take it back everywhere, with a reason."""
    EXCHANGE.after(case.exchange.state, "recall")
    mistakes: dict[str, Any] = {}
    if is_submitted():
        try:
            ending.recall(current_actor(), case, reason=typed_text("reason"))
        except Refusal as refusal:
            mistakes = {refusal.field or "reason": refusal.say()}
        else:
            return done(
                url_of(case), _("It was recalled. No unit reads it any more, and each is told.")
            )
    return page("cases/recall.html", status=422 if mistakes else 200, case=case, mistakes=mistakes,
                errors=list(mistakes.items()), typed=request.form)  # fmt: skip


@blueprint.route("/<case_id>/closing", methods=["GET", "POST"])
@guarded(Permission.CASE_RELEASE, load=queries.get)
def closing(case: OpenedCase) -> Response:
    """GET, POST /cases/<id>/closing: how the case ended; nothing more is released of it."""
    EXCHANGE.after(case.exchange.state, "close")
    mistakes: dict[str, Any] = {}
    if is_submitted():
        try:
            closing_case.close(current_actor(), case, outcome=request.form.get("outcome", ""),
                         reason=typed_text("reason"))  # fmt: skip
        except Refusal as refusal:
            mistakes = {refusal.field or "outcome": refusal.say()}
        else:
            return done(
                url_of(case),
                _("The case is closed, and its units are told. It is kept until its day."),
            )
    outcomes = [(code.key, code.label.say(lang())) for code in CASE.code_lists["outcome"].codes]
    return page("cases/closing.html", status=422 if mistakes else 200, case=case, mistakes=mistakes,
                errors=list(mistakes.items()), typed=request.form, outcomes=outcomes,
                loose_ends=loose_ends.of_case(current_actor(), case))  # fmt: skip
