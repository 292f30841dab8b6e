"""Which pages write down a step of a follow-up, move its day, hand it over, and end it?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.cases.exchanges.naming import unit_words
from app.cases.follow_ups import actions, handing, queries, sources, words
from app.cases.follow_ups.opened import OpenedFollowUp
from app.cases.follow_ups.views.pages import blueprint, url_of
from app.cases.follow_ups.views.typing import day_typed
from app.formats.dates import write_date
from app.intake.sealed.opening import CLOSED
from app.policy.permissions import Permission
from app.sealing.envelope import SealingUnavailable, Unopenable
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted, typed_text
from app.web.guard import current_actor, guarded
from app.web.page import done, page
from app.workflow.tables import CASE_FOLLOW_UP


@blueprint.route("/<follow_up_id>/steps", methods=["GET", "POST"])
@guarded(Permission.CASE_FOLLOW_UP_KEEP, load=queries.get)
def step(opened: OpenedFollowUp) -> Response:
    """GET, POST /case-follow-ups/<id>/steps: what was verified of the child, or a crossing seen."""
    CASE_FOLLOW_UP.after(opened.row.state, "keep")

    def act() -> None:
        if opened.is_of_companion:
            actions.crossed(current_actor(), opened, day=day_typed("day"), note=typed_text("note"),
                            with_minors=request.form.get("with_minors", ""))  # fmt: skip
        else:
            actions.verified(
                current_actor(), opened, means=request.form.get("means", ""),
                result=request.form.get("result", ""), day=day_typed("day"),
                indicators=request.form.getlist("indicators"), note=typed_text("note"),
            )  # fmt: skip

    return _ask(
        opened, "follow_ups/step.html", act, _("The step was written down."),
        means_options=words.options("verif", but=("NONE",)),
        result_options=words.options("relation_ver"), indicator_options=words.options("minor_ind"),
        minors_options=words.options("yes_no_unk"),
    )  # fmt: skip


@blueprint.route("/<follow_up_id>/day", methods=["GET", "POST"])
@guarded(Permission.CASE_FOLLOW_UP_KEEP, load=queries.get)
def day(opened: OpenedFollowUp) -> Response:
    """GET, POST /case-follow-ups/<id>/day: look again on another day."""
    CASE_FOLLOW_UP.after(opened.row.state, "keep")
    return _ask(
        opened, "follow_ups/day.html",
        lambda: actions.move_day(current_actor(), opened, day_typed("due_on")),
        _("The day was moved."), usual=write_date(opened.row.due_on, locale.locale()),
    )  # fmt: skip


@blueprint.route("/<follow_up_id>/outcome", methods=["GET", "POST"])
@guarded(Permission.CASE_FOLLOW_UP_DECIDE, load=queries.get)
def outcome(opened: OpenedFollowUp) -> Response:
    """GET, POST /case-follow-ups/<id>/outcome: decide how it ends, with a reason."""
    CASE_FOLLOW_UP.after(opened.row.state, "close")

    def act() -> None:
        actor = current_actor()
        child = None if opened.is_of_companion else sources.child_of(actor, opened.row)
        actions.decide(actor, opened, outcome=request.form.get("outcome", ""),
                       reason=typed_text("reason"), child=child)  # fmt: skip

    return _ask(
        opened, "follow_ups/outcome.html", act, _("The follow-up ended."),
        outcome_options=list(words.outcomes(opened.row.kind).items()),
    )  # fmt: skip


@blueprint.route("/<follow_up_id>/taking-up", methods=["GET", "POST"])
@guarded(Permission.CASE_FOLLOW_UP_DECIDE, load=queries.get)
def taking_up(opened: OpenedFollowUp) -> Response:
    """GET, POST /case-follow-ups/<id>/taking-up: follow once more what ended or was handed over."""
    CASE_FOLLOW_UP.after(opened.row.state, "take_up")
    return _ask(
        opened, "follow_ups/taking_up.html",
        lambda: actions.take_up(current_actor(), opened, day_typed("due_on")),
        _("It is followed again."),
    )  # fmt: skip


@blueprint.route("/<follow_up_id>/handover", methods=["GET", "POST"])
@guarded(Permission.CASE_FOLLOW_UP_KEEP, load=queries.get)
def handover(opened: OpenedFollowUp) -> Response:
    """GET, POST /case-follow-ups/<id>/handover: begin the communication that asks another country."""
    CASE_FOLLOW_UP.after(opened.row.state, "hand_over")
    actor, mistakes, row = current_actor(), {}, opened.row
    offered = queries.units_to_ask(actor, row.kind)
    if is_submitted():
        chosen = next((u for _o, u in offered if u.id == request.form.get("unit")), None)
        try:
            source = sources.again(actor, row.exchange_id, row.addressee_id)
            made = handing.ask(actor, opened, chosen, source)
        except Refusal as refusal:
            mistakes = {refusal.field or "unit": refusal.say()}
        except (SealingUnavailable, Unopenable):
            mistakes = {"unit": _(CLOSED)}
        else:
            return done(
                url_for("cases.show", case_id=made.id),
                _(
                    "The draft is open. Write what the other unit needs; once it accepts and follows, yours ends."
                ),
            )
    return page(
        "follow_ups/handover.html", status=422 if mistakes else 200, opened=opened, row=row,
        mistakes=mistakes, typed=request.form, back_url=url_of(opened),
        unit_options=[(u.id, unit_words(o, u, locale.lang())) for o, u in offered],
    )  # fmt: skip


def _ask(
    opened: OpenedFollowUp, template: str, act: Callable[[], None], message: str, **more: Any
) -> Response:
    """Do it once the form was sent and says all that is needed; else ask."""
    mistakes: dict[str, str] = {}
    if is_submitted():
        try:
            act()
        except Refusal as refusal:
            mistakes = {refusal.field or "note": refusal.say()}
        except (SealingUnavailable, Unopenable):
            mistakes = {"note": _(CLOSED)}
        else:
            return done(url_of(opened), message)
    return page(template, status=422 if mistakes else 200, opened=opened, row=opened.row,
                mistakes=mistakes, typed=request.form, back_url=url_of(opened), **more)  # fmt: skip
