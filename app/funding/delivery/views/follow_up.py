"""Where does either side say a year later whether the need was met, and where are both answers read?"""

from __future__ import annotations

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.formats.words import N_
from app.funding.delivery import beyond, following_up, queries
from app.funding.delivery.beyond import AskedSponsor
from app.funding.delivery.codes import ANSWERS, SIDES
from app.funding.delivery.models import FollowUp
from app.funding.delivery.queries import Held
from app.funding.delivery.views.pages import PAGES, blueprint, typed, url
from app.policy.actor import Actor
from app.policy.permissions import Permission
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page

THANKS = N_("Thank you. Your answer reached the Technical Secretariat.")


@blueprint.get("/courses/<course_id>/follow-up")
@guarded(Permission.COURSE_READ, load=queries.get)
def follow_up(held: Held) -> Response:
    """GET /courses/<id>/follow-up: both answers side by side; a delegation its own alone."""
    return _page(held, {}, 200)


def _own(actor: Actor, course_id: str) -> FollowUp:
    """The question to the actor's delegation about a course that exists for it. Raises Missing."""
    queries.get(actor, course_id)
    return queries.own_follow_up(actor, course_id)


@blueprint.post("/courses/<course_id>/follow-up")
@guarded(Permission.FOLLOW_UP_ANSWER, load=_own)
def answer(asked: FollowUp) -> Response:
    """POST /courses/<id>/follow-up: the delegation's answer."""
    held = queries.get(current_actor(), asked.course_id)
    status, errors = _answer(asked)
    if status == 303:
        return done(url("follow_up", held), _(THANKS))
    return _page(held, errors, status)


@blueprint.route("/received/follow-up/<follow_up_id>", methods=["GET"])
@guarded(Permission.COURSE_SHEET_READ, load=beyond.get)
def asked_sponsor(found: AskedSponsor) -> Response:
    """GET /received/follow-up/<id>: the question to a sponsor, beside what it was sent."""
    return _sponsor_page(found, {}, 200)


@blueprint.post("/received/follow-up/<follow_up_id>")
@guarded(Permission.FOLLOW_UP_RESPOND, load=beyond.get)
def answer_sponsor(found: AskedSponsor) -> Response:
    """POST /received/follow-up/<id>: the sponsor's answer."""
    status, errors = _answer(found.asked)
    if status == 303:
        where = url_for("delivery.asked_sponsor", follow_up_id=found.asked.id)
        return done(where, _(THANKS))
    return _sponsor_page(found, errors, status)


def _answer(asked: FollowUp) -> tuple[int, dict[str, str]]:
    if not is_submitted():
        return 200, {}
    try:
        following_up.answer(
            current_actor(), asked, chosen=request.form.get("answer", ""),
            text=request.form.get("text", ""), lang=locale.lang(),
        )  # fmt: skip
    except Refusal as refusal:
        return refusal.status, {refusal.field or "": refusal.say()}
    return 303, {}


def _page(held: Held, errors: dict[str, str], status: int) -> Response:
    actor = current_actor()
    found = queries.follow_ups(actor, held.id)
    own = next(
        (asked for asked, _who in found if asked.organisation_id == actor.organisation_id), None
    )
    return page(
        "delivery/follow_up.html", status=status, held=held, course=held.course, pages=PAGES,
        found=found, own=own, sides=SIDES, answers=ANSWERS, errors=errors, typed=typed(),
        choices=_choices(), differing=len({asked.answer for asked, _who in found if asked.answer}) > 1,
    )  # fmt: skip


def _sponsor_page(found: AskedSponsor, errors: dict[str, str], status: int) -> Response:
    return page(
        "delivery/asked.html", status=status, asked=found.asked, content=found.content,
        errors=errors, typed=typed(), answers=ANSWERS, choices=_choices(),
    )  # fmt: skip


def _choices() -> list[tuple[str, str]]:
    return [(key, _(label)) for key, label in ANSWERS.items()]
