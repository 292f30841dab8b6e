"""Which page says what the erasure of a communication would do, and lets two persons decide on it?"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from app.accounts.factors.taking import take_factor
from app.cases.exchanges import naming
from app.cases.exchanges.erasing import actions, queries
from app.cases.exchanges.erasing.grounds import GROUNDS
from app.cases.exchanges.erasing.queries import ToErase
from app.cases.exchanges.queries import addressees_of
from app.cases.exchanges.standing import standing
from app.cases.exchanges.views.pages import blueprint
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.web.forms import is_submitted, number_sent, typed_text
from app.web.guard import current_actor, guarded
from app.web.locale import lang
from app.web.page import done, page
from app.workflow.tables import EXCHANGE

NOTHING: Mapping[str, str] = MappingProxyType({})


@blueprint.get("/<case_id>/erasure")
@guarded(Permission.CASE_ERASURE_READ, load=queries.get)
def erasure(to_erase: ToErase) -> Response:
    """GET /cases/<id>/erasure: what it would do, who proposed it, and what became of that."""
    return _page(to_erase)


@blueprint.post("/<case_id>/erasure/proposal")
@guarded(Permission.CASE_ERASE, load=queries.get)
def erasure_proposal(to_erase: ToErase) -> Response:
    """POST /cases/<id>/erasure/proposal: one of its unit proposes it, with a ground and a sentence."""
    if "reason" not in request.form:
        raise BadRequest
    if not is_submitted():
        return _page(to_erase)
    try:
        actions.propose(current_actor(), to_erase, ground=request.form.get("ground", ""),
                        reason=typed_text("reason"))  # fmt: skip
    except Refusal as refusal:
        return _refused(to_erase, refusal)
    return _done(to_erase, _("Proposed. Whoever can confirm it is told."))


@blueprint.post("/<case_id>/erasure/withdrawal")
@guarded(Permission.CASE_ERASE, load=queries.get)
def erasure_withdrawal(to_erase: ToErase) -> Response:
    """POST /cases/<id>/erasure/withdrawal: whoever proposed it takes that back."""
    actions.withdraw(current_actor(), to_erase)
    return _done(to_erase, _("The proposal was withdrawn. Nothing was erased."))


@blueprint.post("/<case_id>/erasure/refusal")
@guarded(Permission.CASE_ERASURE_DECIDE, load=queries.get)
def erasure_refusal(to_erase: ToErase) -> Response:
    """POST /cases/<id>/erasure/refusal: a second person says no, and why."""
    if "answer" not in request.form:
        raise BadRequest
    if not is_submitted():
        return _page(to_erase)
    try:
        actions.refuse(current_actor(), to_erase, answer=typed_text("answer"))
    except Refusal as refusal:
        return _refused(to_erase, refusal)
    return _done(
        to_erase, _("The proposal was refused. Nothing was erased; whoever proposed it is told.")
    )


@blueprint.post("/<case_id>/erasure/confirmation")
@guarded(Permission.CASE_ERASURE_DECIDE, load=queries.get)
def erasure_confirmation(to_erase: ToErase) -> Response:
    """POST /cases/<id>/erasure/confirmation: a second person, with a second factor, has it forgotten."""
    actor, revision = current_actor(), number_sent("revision")
    if not is_submitted():
        return _page(to_erase)
    if wrong := take_factor(actor, request.form):
        return _page(to_erase, {"factor": wrong})
    to_erase = queries.get(actor, to_erase.id)  # taking a factor began a transaction anew
    actions.confirm(actor, to_erase, revision=revision)
    return _done(to_erase, _("It was erased. Nobody can read it any more."))


def _refused(to_erase: ToErase, refusal: Refusal) -> Response:
    if refusal.field is None:
        raise refusal
    return _page(to_erase, {refusal.field: refusal.say()})


def _done(to_erase: ToErase, words: str) -> Response:
    return done(url_for("cases.erasure", case_id=to_erase.id), words)


def _page(to_erase: ToErase, mistakes: Mapping[str, str] = NOTHING) -> Response:
    actor = current_actor()
    waits = to_erase.open_erasure
    may_erase, status = EXCHANGE.may(to_erase.exchange.state, "erase"), 422 if mistakes else 200
    return page(
        "cases/erasure.html", status=status, case=to_erase, exchange=to_erase.exchange,
        newest=to_erase.erasure, waits=waits, may_erase=may_erase,
        is_mine=waits is not None and waits.proposed_by == actor.person_id,
        has_second=not may_erase or waits is not None or queries.has_seconder(to_erase, actor),
        reached=[(naming.unit_words(row.Organisation, row.Unit, lang()), row.Addressee)
                 for row in addressees_of([to_erase.id])[to_erase.id]],
        grounds={code: _(words) for code, words in GROUNDS.items()}, mistakes=mistakes,
        typed=request.form, format_standing=standing(),
    )  # fmt: skip
