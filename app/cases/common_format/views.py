"""Which pages show the Common Format, how far it is agreed upon, and who exchanges under it meanwhile?"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from app.cases.common_format import actions, queries
from app.cases.common_format.format import CASE
from app.cases.common_format.words import CLASS_WORDS
from app.formats.words import N_
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.web.forms import typed_text
from app.web.guard import current_actor, guarded
from app.web.navigation import Entry
from app.web.page import done, page
from app.workflow.tables import STANDING

blueprint = Blueprint("common_format", __name__, url_prefix="/common-format")
NAV = Entry("common_format.show", N_("Common Format"), Permission.FORMAT_READ)
VERBS = {
    "observe": N_("Put it under observation"),
    "approve": N_("Write down that it was approved"),
    "propose": N_("Take it back to a proposal"),
}
"""Each step of the format as the button says it."""


@blueprint.get("")
@guarded(Permission.FORMAT_READ)
def show() -> Response:
    """GET /common-format: where it stands, who exchanges under it, and every field with its class."""
    return _page()


@blueprint.post("/standing")
@guarded(Permission.FORMAT_SET_STANDING)
def standing() -> Response:
    """POST /common-format/standing: take it one step on or back."""
    verb = request.form["verb"]
    try:
        actions.move(current_actor(), CASE, verb=verb, reason=typed_text("reason"))
    except Refusal as refusal:
        return _page({refusal.field or "reason": refusal.say()})
    return done(url_for("common_format.show"), _("The step was written down."))


@blueprint.post("/opting")
@guarded(Permission.FORMAT_OPT_IN)
def opting() -> Response:
    """POST /common-format/opting: say whether one's own country exchanges real cases meanwhile."""
    said = {"in": True, "out": False}.get(request.form.get("is_in", ""))
    try:
        actions.opt(current_actor(), CASE, is_in=said, note=typed_text("note"))
    except Refusal as refusal:
        return _page({refusal.field or "is_in": refusal.say()})
    return done(url_for("common_format.show"), _("Your country's word was written down."))


def _page(mistakes: Mapping[str, str] = MappingProxyType({})) -> Response:
    now, countries = queries.standing(CASE.name, CASE.version), queries.countries(CASE.name)
    own = next(
        (each for each in countries if each.organisation.id == current_actor().organisation_id),
        None,
    )
    return page(
        "common_format/show.html", status=422 if mistakes else 200, format=CASE, standing=now,
        steps=queries.steps(CASE.name, CASE.version), countries=countries, own=own,
        verbs={verb: words for verb, words in VERBS.items() if STANDING.may(now.state, verb)},
        mistakes=mistakes, typed=request.form, class_words=CLASS_WORDS,
    )  # fmt: skip
