"""How does the Secretariat adopt a proposed course, with its places or with others?"""

from __future__ import annotations

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.db.errors import Missing
from app.funding.bundles import actions, queries, shown
from app.funding.bundles.actions import Unfit
from app.funding.bundles.models import Bundle
from app.funding.bundles.shown import Card
from app.funding.bundles.views.pages import blueprint
from app.funding.courses.models import Course
from app.funding.courses.reading import Typed
from app.policy.permissions import Permission
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page
from app.web.transaction import start_over
from app.workflow.machine import NotNow
from app.workflow.tables import BUNDLE


@blueprint.route("/<bundle_id>/courses/<number>", methods=["GET", "POST"])
@guarded(Permission.BUNDLE_MAKE, load=queries.get)
def adopt(bundle: Bundle, number: str) -> Response:
    """GET, POST /bundles/<id>/courses/<number>: look once more, give other places, and adopt it."""
    BUNDLE.after(bundle.state, "adopt")
    proposal = shown.Proposal(bundle)
    if number not in map(str, range(1, len(proposal.plan.courses) + 1)):
        raise Missing(number)
    place = int(number)
    if place in queries.adoptions(bundle.id):
        raise NotNow(BUNDLE.name, bundle.state, "adopt")
    card, errors = proposal.card(place), list[tuple[str, str]]()
    if is_submitted():
        course, errors = _adopt(bundle, card)
        if course is not None:
            return done(url_for("courses.show", course_id=course.id), _(
                "The course is planned. Only the Secretariat sees it, and nobody is bound by it."))  # fmt: skip
    held = {_name(row.need_id): row.seats for row in card.seats}
    return page("bundles/adopt.html", status=422 if errors else 200, bundle_id=bundle.id, card=card,
                errors=dict(reversed(errors)), told=errors, work_form=True,
                typed=request.form if is_submitted() else held)  # fmt: skip


def _adopt(bundle: Bundle, card: Card) -> tuple[Course | None, list[tuple[str, str]]]:
    """The course that was made; or at which inputs it cannot be, and why."""
    read = Typed()
    for row in card.seats:
        request.form[_name(row.need_id)]  # a form without it is no form of ours
    seats = {row.need_id: read.count(_name(row.need_id)) or 0 for row in card.seats}
    if read.errors:
        return None, list(read.errors.items())
    try:
        return actions.adopt(current_actor(), bundle, card.place, seats), []
    except Refusal as refusal:
        # Some of it was written before it was refused: the page is drawn from what stands.
        start_over()
        return None, [(refusal.field or "", refusal.say())]
    except Unfit as unfit:
        start_over()
        first = card.seats[0].need_id
        return None, [(_name(need or first), why.say(locale.lang())) for need, why in unfit.faults]


def _name(need_id: str) -> str:
    return f"seats-{need_id}"
