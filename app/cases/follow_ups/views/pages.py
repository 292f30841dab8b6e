"""Which pages show the follow-ups of one's units by their day, and one with its steps?"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from app.cases.exchanges import days
from app.cases.exchanges.standing import standing
from app.cases.follow_ups import actions, queries, sources, steps, words
from app.cases.follow_ups.kinds import KINDS
from app.cases.follow_ups.opened import OpenedFollowUp
from app.intake.sealed.asking import asked, purpose_options
from app.intake.sealed.opening import BROKEN, CLOSED
from app.policy.permissions import Permission
from app.sealing.envelope import SealingUnavailable, Unopenable
from app.web.asked import said, unknown
from app.web.guard import current_actor, guarded
from app.web.navigation import Under
from app.web.page import page
from app.web.states import state_words
from app.workflow.tables import CASE_FOLLOW_UP

blueprint = Blueprint("case_follow_ups", __name__, url_prefix="/case-follow-ups")
NAV = Under("/case-follow-ups", ("cases.index",))
ALL = "all"


@blueprint.get("")
@guarded(Permission.CASE_FOLLOW_UP_LIST)
def index() -> Response:
    """GET /case-follow-ups: what one's own units follow, the nearest day first."""
    known = {"state": (*CASE_FOLLOW_UP.states, ALL), "kind": tuple(KINDS)}
    aside = unknown(known)
    chosen = {n: "" if n in aside else request.args.get(n, "") for n in known}
    state = chosen["state"] or CASE_FOLLOW_UP.initial
    asked = queries.Asked("" if state == ALL else state, chosen["kind"])
    listed = queries.list_by_day(current_actor(), asked, request.args.get("after", "")[:400])
    return page(
        "follow_ups/list.html", block="results", listed=listed, state=state, kind=asked.kind,
        awaited=queries.awaited([each.CaseFollowUp for each in listed.rows]),
        today=days.today(), aside=said(aside), format_standing=standing(),
        state_options=[*state_words(CASE_FOLLOW_UP).items(), (ALL, _("All"))],
        kind_options=[(kind, _(name)) for kind, name in KINDS.items()],
    )  # fmt: skip


@blueprint.get("/<follow_up_id>")
@guarded(Permission.CASE_FOLLOW_UP_READ, load=queries.get)
def show(opened: OpenedFollowUp) -> Response:
    """GET /case-follow-ups/<id>: where it stands, and its steps without what is sealed in words."""
    return show_page(opened)


@blueprint.post("/<follow_up_id>/openings")
@guarded(Permission.CASE_FOLLOW_UP_OPEN, load=queries.get, is_repeatable=True)
def openings(opened: OpenedFollowUp) -> Response:
    """POST /case-follow-ups/<id>/openings: open the words of its steps, for a purpose, on record."""
    actor, follow_up_id = current_actor(), opened.id
    asking = asked(actor, among=steps.purposes_for(opened))
    opened = queries.get(actor, follow_up_id)  # as it stands after that
    if not asking.may_open:
        return show_page(opened, asking.errors)
    try:
        notes = steps.open_notes(actor, opened, queries.steps_of(opened), purpose=asking.chosen)
    except (SealingUnavailable, Unopenable):
        return show_page(opened, {"purpose": _(CLOSED)})
    return show_page(opened, notes=notes)


def url_of(opened: OpenedFollowUp) -> str:
    """The page of a follow-up."""
    return url_for("case_follow_ups.show", follow_up_id=opened.id)


def show_page(
    opened: OpenedFollowUp, mistakes: Mapping[str, str] = MappingProxyType({}), *,
    notes: Mapping[str, Any] = MappingProxyType({}),
) -> Response:  # fmt: skip
    """The page of a follow-up, with what was opened for this response."""
    actor, why_not = current_actor(), ""
    taken = queries.steps_of(opened) if opened.row.state != "erased" else []
    said_in: Mapping[str, Mapping[str, Any]] = {}
    try:
        said_in = steps.said_in(taken)
    except SealingUnavailable:
        why_not = _(CLOSED)
    except Unopenable:
        why_not = _(BROKEN)
    proposes = False
    if not opened.is_of_companion and opened.row.state == "open" and said_in:
        proposes = actions.closing_is_proposed(
            list(said_in.values()), sources.child_of(actor, opened.row)
        )
    return page(
        "follow_ups/show.html", status=422 if mistakes else 200, opened=opened, row=opened.row,
        steps=taken, said=said_in, notes=notes, why_not=why_not, mistakes=mistakes,
        proposes=proposes, typed=request.form, today=days.today(), label=words.label, outcomes=words.outcomes(opened.row.kind),
        companion=queries.companion_of(actor, opened), handings=queries.handovers_of(opened),
        purpose_options=purpose_options(steps.purposes_for(opened)),
        has_notes=any(step.note for step in taken),
    )  # fmt: skip
