"""Which pages show what reached one's own unit, and take its receipt?"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from app.cases.common_format.format import CASE
from app.cases.exchanges import (
    beyond,
    copies,
    enclosing,
    forwarding,
    naming,
    outside,
    purposes,
    queries,
    reading,
    receiving,
)
from app.cases.exchanges.actions import Beginning, start
from app.cases.exchanges.opened import Received
from app.cases.exchanges.outside import OUTSIDE
from app.cases.exchanges.standing import standing
from app.cases.exchanges.views import opening
from app.cases.exchanges.views.pages import asked_of
from app.cases.exchanges.words import STATE_WORDS
from app.formats.shown import ShownSection
from app.formats.words import N_
from app.intake.sealed.asking import asked
from app.intake.sealed.opening import CLOSED
from app.organisations.models import Organisation, Unit
from app.policy.actor import Actor
from app.policy.permissions import Permission
from app.sealing.envelope import SealingUnavailable, Unopenable
from app.web.errors import Refusal
from app.web.forms import typed_text
from app.web.guard import current_actor, guarded
from app.web.locale import lang
from app.web.navigation import Under
from app.web.page import done, page
from app.workflow.tables import ADDRESSEE

blueprint = Blueprint("received_cases", __name__, url_prefix="/received/cases")
NAV = Under("/received/cases", ("cases.index",))
VERBS = {
    "accept": N_("We received it and take it up"),
    "act": N_("We acted upon it"),
    "reject": N_("We reject it, for this reason"),
}
"""What a unit may say of what reached it."""
REPLIES = {
    "REPLY": N_("Answer"),
    "REQUEST": N_("Ask something"),
    "FOLLOW_UP": N_("Follow it up"),
    "CLOSE": N_("Say that it is closed"),
}
"""What a unit may write in the same matter."""
BROKEN = N_(
    "This copy cannot be opened. Tell whoever runs Enlace; the sender can release it again."
)


@blueprint.get("")
@guarded(Permission.CASE_RECEIVE)
def index() -> Response:
    """GET /received/cases: what reached one's own units."""
    asked, aside, options = asked_of(ADDRESSEE, but=("queued", "undelivered"))
    listed = queries.list_received(current_actor(), asked, request.args.get("after", "")[:400])
    return page("cases/received_list.html", block="results", listed=listed, asked=asked,
                told=outside.told(current_actor(), listed.rows),
                options=options, aside=aside, form=CASE, format_standing=standing())  # fmt: skip


@blueprint.get("/<addressee_id>")
@guarded(Permission.CASE_RECEIVE, load=opening.received, is_recorded=True)
def show(received: Received) -> Response:
    """GET /received/cases/<id>: what it says. That the unit opened it is put on record first."""
    return _page(received)


@blueprint.post("/<addressee_id>/openings")
@guarded(Permission.CASE_RECEIVED_OPEN, load=opening.readable, is_repeatable=True)
def openings(received: Received) -> Response:
    """POST /received/cases/<id>/openings: open what is sealed, for a purpose, on record."""
    actor, addressee_id = current_actor(), received.id
    asking = asked(actor, among=purposes.fitting(received.exchange.purpose))
    received = queries.get_readable(actor, addressee_id)  # as it stands after that
    if not asking.may_open:
        return _page(received, asking.errors)
    try:
        seen = reading.read(actor, received, purpose=asking.chosen)
        keys = reading.sealed_keys(seen, reading.format_of(received))
        values = receiving.open_sealed(actor, received, purpose=asking.chosen, visible=keys)
    except (SealingUnavailable, Unopenable):
        return _page(received)  # it says why nothing can be read
    return _page(received, values=values, purpose=asking.chosen)


@blueprint.post("/<addressee_id>/receipt")
@guarded(Permission.CASE_ANSWER, load=opening.readable)
def receipt(received: Received) -> Response:
    """POST /received/cases/<id>/receipt: accept, say that it was acted upon, or reject with a reason."""
    try:
        receiving.answer(current_actor(), received, verb=request.form.get("verb", ""),
                         reason=typed_text("reason"))  # fmt: skip
    except Refusal as refusal:
        return _page(received, {refusal.field or "verb": refusal.say()})
    asked = beyond.asked(received)
    return done(asked.url if asked and asked.is_next else _url(received),
                _("The receipt was given. The unit that sent it is told."))  # fmt: skip


@blueprint.post("/<addressee_id>/reply")
@guarded(Permission.CASE_START, load=opening.readable)
def reply(received: Received) -> Response:
    """POST /received/cases/<id>/reply: begin an answer, a request or a follow-up in the same thread."""
    begins = Beginning(unit=received.unit, kind=request.form.get("kind", ""), answers=received,
                       is_exercise=received.exchange.is_exercise)  # fmt: skip
    try:
        made = start(current_actor(), begins)
    except Refusal as refusal:
        return _page(received, {refusal.field or "kind": refusal.say()})
    return done(
        url_for("cases.show", case_id=made.id),
        _("The draft is open, addressed to the unit that wrote."),
    )


@blueprint.route("/<addressee_id>/forwarding", methods=["GET", "POST"])
@guarded(Permission.CASE_ANSWER, load=opening.readable, is_recorded=True)
def forward(received: Received) -> Response:
    """GET, POST /received/cases/<id>/forwarding: pass it on to another unit."""
    actor, mistakes = current_actor(), {}
    offered = queries.units_to_forward(received, _told_units(actor, received))
    if request.method == "POST" and "unit" in request.form:
        chosen = next(((o, u) for o, u in offered if u.id == request.form["unit"]), None)
        try:
            forwarding.forward(actor, received, chosen[1] if chosen else None,
                               country=(chosen[0].country if chosen else "") or "")  # fmt: skip
        except Refusal as refusal:
            mistakes = {refusal.field or "unit": refusal.say()}
        else:
            return done(
                _url(received),
                _("It will be delivered by the rules of its mark and of each country."),
            )
    may_be_told = [
        (unit.id, naming.unit_words(organisation, unit, lang())) for organisation, unit in offered
        if forwarding.mark_permits(received, actor.country or "", organisation.country or "")
    ]  # fmt: skip
    return page("cases/forwarding.html", status=422 if mistakes else 200, received=received,
                unit_options=may_be_told, mistakes=mistakes, typed=request.form)  # fmt: skip


def _told_units(actor: Actor, received: Received) -> list[str]:
    """The units that the copy says to have it."""
    try:
        told = reading.read(actor, received).document.get("recipient_units")
    except (SealingUnavailable, Unopenable):
        return []
    return told if isinstance(told, list) else []


def _page(
    received: Received, mistakes: Mapping[str, str] = MappingProxyType({}), *,
    values: Mapping[Any, Any] = MappingProxyType({}), purpose: str = "",
) -> Response:  # fmt: skip
    actor, why_not = current_actor(), ""
    sections: tuple[ShownSection, ...] = ()
    told: frozenset[str] = frozenset()
    sealed: frozenset[str] = frozenset()
    has_files = False
    if received.is_readable:
        try:
            shown = reading.read(actor, received, values, purpose=purpose)
            form = reading.format_of(received)
            told = frozenset(key for key in OUTSIDE if isinstance(shown.document.get(key), str))
            officers = copies.officers_of(received.delivery)
            sections = naming.named(shown.sections, form, shown.document, officers)
            sealed = reading.sealed_keys(shown, form)
            has_files = enclosing.names_any(form, shown.document)
        except SealingUnavailable:
            why_not = _(CLOSED)
        except Unopenable:
            why_not = _(BROKEN)
    return page(
        "cases/received.html", status=422 if mistakes else 200, received=received, sections=sections,
        told=told, asked=beyond.asked(received) if received.is_readable else None,
        why_not=why_not, has_files=has_files, sealed=sealed, is_opened=bool(values), mistakes=mistakes,
        purpose_options=purpose_options(received),
        typed=request.form, state_words=STATE_WORDS, form=CASE,
        receipts=queries.receipts_of([received.id]), thread=queries.thread(actor, received.exchange.thread_id),
        replaced=queries.replaced(received),
        verb_options=[(verb, _(words)) for verb, words in VERBS.items()
                      if ADDRESSEE.may(received.state, verb)],
        may_forward=forwarding.is_permitted(actor, received), mark=forwarding.mark_of(received),
        passed_on=_names(queries.passed_on(received)),
        is_answered=queries.has_answered(received),
        reply_options=[(kind, _(words)) for kind, words in REPLIES.items()],
    )  # fmt: skip


def purpose_options(received: Received) -> list[tuple[str, str]]:
    """For what its sealed values and its files may be opened."""
    return [(code, _(words)) for code, words in purposes.fitting(received.exchange.purpose).items()]


def _names(units: list[tuple[Organisation, Unit]]) -> list[str]:
    return [naming.unit_words(organisation, unit, lang()) for organisation, unit in units]


def _url(received: Received) -> str:
    return url_for("received_cases.show", addressee_id=received.id)
