"""Where do countries, the host and the Secretariat read a pledge and say their word?"""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from app.funding.courses.lists import COST_LINES, FORMS
from app.funding.pledges import actions, forms, queries
from app.funding.pledges.queries import OpenedPledge
from app.policy.permissions import Permission
from app.web import locale
from app.web.errors import Refusal
from app.web.guard import current_actor, guarded
from app.web.navigation import Under
from app.web.page import done, page
from app.workflow.tables import PLEDGE

blueprint = Blueprint("pledges", __name__, url_prefix="/pledges")
NAV = Under("/pledges", ("courses.index",))


@blueprint.get("/<pledge_id>")
@guarded(Permission.COURSE_READ, load=queries.get)
def show(opened: OpenedPledge) -> Response:
    """GET /pledges/<id>: what is offered, what the countries said, what happened to it."""
    return show_page(opened)


def show_page(opened: OpenedPledge, error: tuple[str, str] | None = None) -> Response:
    """The page of a pledge, with what was typed into its form."""
    actor, pledge, lang = current_actor(), opened.pledge, locale.lang()
    now = queries.state_now(pledge)
    mine = queries.own_review(actor, pledge) if opened.has_seats else None
    return page(
        "pledges/show.html", status=422 if error else 200, opened=opened, pledge=pledge,
        lines=queries.lines(pledge), history=queries.history(pledge),
        reviews=queries.reviews(pledge) if actor.is_secretariat else [], mine=mine,
        line_words=lambda line: COST_LINES.label(line, lang),
        form_words=lambda form: FORMS.label(form, lang),
        is_giver=pledge.organisation_id == actor.organisation_id,
        may_review=opened.has_seats and mine is None and PLEDGE.may(now, "review"),
        may_confirm=PLEDGE.may(now, "confirm"),
        may_offer=PLEDGE.may(pledge.state, "offer"), may_withdraw=PLEDGE.may(pledge.state, "withdraw"),
        typed=request.form, errors=[error] if error else [],
    )  # fmt: skip


@blueprint.post("/<pledge_id>/review")
@guarded(Permission.PLEDGE_REVIEW, load=queries.get)
def review(opened: OpenedPledge) -> Response:
    """POST /pledges/<id>/review: accept it for one's country, or return it with a reason."""
    number = forms.round_shown()
    try:
        actions.review(
            current_actor(), opened, verdict=request.form.get("verdict", ""),
            reason=request.form.get("reason", ""), number=number)  # fmt: skip
    except Refusal as refusal:
        return show_page(opened, (refusal.field or "verdict", refusal.say()))
    return done(url_for("pledges.show", pledge_id=opened.id), _("Your word was recorded."))


@blueprint.post("/<pledge_id>/confirmation")
@guarded(Permission.PLEDGE_SHARE, load=queries.get)
def confirm(opened: OpenedPledge) -> Response:
    """POST /pledges/<id>/confirmation: the host, or the Secretariat, confirms its own share."""
    actions.confirm(current_actor(), opened.pledge, number=forms.round_shown())
    return done(url_for("pledges.show", pledge_id=opened.id), _("Confirmed. It counts as funded."))


@blueprint.post("/<pledge_id>/withdrawal")
@guarded(Permission.PLEDGE_SHARE, load=queries.get)
def withdraw(opened: OpenedPledge) -> Response:
    """POST /pledges/<id>/withdrawal: take one's own share back, with a reason."""
    number = forms.round_shown()
    try:
        actions.withdraw(current_actor(), opened.pledge, number=number,
                         reason=request.form.get("reason", ""))  # fmt: skip
    except Refusal as refusal:
        return show_page(opened, (refusal.field or "reason", refusal.say()))
    return done(url_for("courses.show", course_id=opened.course.id), _("Withdrawn."))
