"""Which pages does a sponsor have? They read released summaries and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from app.policy.permissions import Permission
from app.summaries import names, received, responding, revealing
from app.summaries.opening import open_on_record
from app.summaries.received import Received
from app.web.errors import Refusal
from app.web.guard import current_actor, guarded
from app.web.page import done, page, say_sent

blueprint = Blueprint("received", __name__, url_prefix="/received")


@blueprint.get("")
@guarded(Permission.SUMMARY_READ)
def index() -> Response:
    """GET /received: the summaries that were sent to this sponsor."""
    actor, after = current_actor(), request.args.get("after", "")[:400]
    found, closed = received.list_received(actor, after), received.closed_questions(actor)
    told = names.told_of([row.id for row in found.rows])
    return page("received/list.html", block="results", found=found, closed=closed, told=told,
                because=received.CLOSED_BECAUSE)  # fmt: skip


@blueprint.get("/<routing_id>")
@guarded(Permission.SUMMARY_READ, load=received.get, is_recorded=True)
def show(found: Received) -> Response:
    """GET /received/<id>: one summary. Opening it is put on record before it is shown."""
    if request.method != "GET":  # HEAD shows nobody anything
        return show_page(found)
    return show_page(open_on_record(current_actor(), found))


def show_page(
    found: Received, error: tuple[str, str] | None = None, typed: Mapping[str, str] | None = None
) -> Response:
    """The page of a received summary, with what was typed into its form."""
    told = names.told(found.routing.id)
    return page(
        "received/show.html", status=422 if error else 200, routing=found.routing,
        released=found.released, content=found.released.content,
        typed=request.form if typed is None else typed,
        questions=received.questions(current_actor(), found.routing),
        told=told, all_known=names.all_known(found.released.content, told), asked=names.newest_request(found.routing.id),
        errors=[error] if error else [],
    )  # fmt: skip


@blueprint.post("/<routing_id>/answer")
@guarded(Permission.SUMMARY_ANSWER, load=received.get)
def answer(found: Received) -> Response:
    """POST /received/<id>/answer: interested, or not now."""
    try:
        responding.respond(current_actor(), found, state=request.form.get("state", ""),
                           reason=request.form.get("reason", ""))  # fmt: skip
    except Refusal as refusal:
        return show_page(found, (refusal.field or "state", refusal.say()))
    question = request.form.get("question", "")
    return _sent(found, "", _("Your answer reached the Technical Secretariat."),
                 {"question": question} if question.strip() else {})  # fmt: skip


@blueprint.post("/<routing_id>/questions")
@guarded(Permission.SUMMARY_ANSWER, load=received.get)
def ask(found: Received) -> Response:
    """POST /received/<id>/questions: ask through the Secretariat."""
    try:
        responding.ask(current_actor(), found, text=request.form.get("question", ""))
    except Refusal as refusal:
        return show_page(found, (refusal.field or "question", refusal.say()))
    begun = {name: request.form[name] for name in ("state", "reason") if name in request.form}
    is_begun = any(text != (getattr(found.routing, name) or "") for name, text in begun.items())
    return _sent(found, "#questions", _("Your question reached the Technical Secretariat."),
                 begun if is_begun else {})  # fmt: skip


@blueprint.post("/<routing_id>/country")
@guarded(Permission.COUNTRY_ASK, load=received.get)
def ask_country(found: Received) -> Response:
    """POST /received/<id>/country: ask to know the country."""
    revealing.ask(current_actor(), found)
    return done(url_for("received.show", routing_id=found.routing.id) + "#country",
                _("The country was asked. It decides by itself whether to tell you its name."))  # fmt: skip


def _sent(found: Received, place: str, message: str, begun: Mapping[str, str]) -> Response:
    """The page anew; at once, with what was begun at its other place, where something was.

    A sending that is repeated leads to the page by the address that the answer names.
    """
    where = url_for("received.show", routing_id=found.routing.id) + place
    if not begun:
        return done(where, message)
    say_sent()
    flash(message)
    drawn = show_page(found, typed=begun)
    drawn.headers["Location"] = where
    return drawn
