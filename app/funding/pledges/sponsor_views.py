"""Which pages of courses does a sponsor have? They read sheets, standings and its own pledges alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app import money
from app.extensions import db
from app.formats.words import N_
from app.funding.courses import asking, parts, rates, sheets, standing
from app.funding.courses.figures import Standing
from app.funding.courses.lists import COST_LINES, FORMS, ROLES
from app.funding.courses.models import CoursePart
from app.funding.courses.reading import Typed
from app.funding.offers import queries as offers
from app.funding.offers.queries import today
from app.funding.pledges import actions, forms, queries
from app.funding.pledges.models import BESIDE, Pledge
from app.funding.pledges.opening import open_on_record
from app.funding.pledges.queries import CancelledCourse, SentCourse
from app.funding.pledges.shown import shown
from app.policy.permissions import Permission
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.navigation import Entry
from app.web.page import done, page
from app.workflow.machine import NotNow
from app.workflow.tables import PART, PLEDGE

UNDER_REVIEW = N_(
    "The Secretariat is reviewing who takes part in this course. Nothing can be pledged to it until it is "
    "sent anew."
)
blueprint = Blueprint("received_courses", __name__, url_prefix="/received/courses")
NAV = Entry("received_courses.index", N_("Courses"), Permission.COURSE_SHEET_READ)


@blueprint.get("")
@guarded(Permission.COURSE_SHEET_READ)
def index() -> Response:
    """GET /received/courses: the courses that were sent to this sponsor."""
    found = queries.list_sent(current_actor(), request.args.get("after", "")[:400])
    return page("pledges/received.html", block="results", found=found,
                is_first="after" not in request.args)  # fmt: skip


@blueprint.get("/<invitation_id>")
@guarded(Permission.COURSE_SHEET_READ, load=queries.received, is_recorded=True)
def show(found: SentCourse | CancelledCourse) -> Response:
    """GET /received/courses/<id>: one course. Opening it is put on record before it is shown."""
    if isinstance(found, CancelledCourse):
        return page("pledges/received_cancelled.html", invitation=found.invitation,
                    left=found.invitation.remains, ended=found.ended, **_past(found.ended))  # fmt: skip
    if request.method != "GET":  # HEAD shows nobody anything
        return show_page(found)
    return show_page(open_on_record(current_actor(), found))


def show_page(
    found: SentCourse, error: tuple[str, str] | None = None, failed: str = ""
) -> Response:
    """The sheet, how far it is covered, and the sponsor's own pledges; `failed` has the mistake."""
    content, pledge = as_it_stands(found), found.pledge
    own = [*([pledge] if pledge else []), *found.given]
    stands, part = standing.of_course(found.course_id), parts.own(current_actor(), found.course_id)
    told = asking.told(found.invitation.id)
    return page(
        "pledges/received_course.html", status=422 if error else 200, found=found, content=content,
        pledge=pledge, sheet=found.sheet, money=shown(stands, content["split"]) if stands.lines and not found.is_under_review else None,
        standing=stands, per_participant=sheets.cost_of_a_seat(content),
        own=own, failed=failed, ended=found.ended, **_past([*own, *found.ended]),
        may_offer=_may_offer(found) and not _is_late(found),
        may_confirm=pledge is not None and not found.is_under_review and PLEDGE.may(queries.state_now(pledge), "confirm"),
        may_withdraw={each.id for each in own if PLEDGE.may(each.state, "withdraw")},
        role_words=ROLES, part=part, may_say=_may_say(found, part), told=told,
        unknown=asking.unnamed(content) - len(told), offers=offers.open_own(current_actor()),
        ends_on=date.fromisoformat(content["ends_on"]) if content["ends_on"] else None,
        errors=[error] if error else [], typed=request.form,
    )  # fmt: skip


def as_it_stands(found: SentCourse) -> dict[str, Any]:
    """The sheet, with the days of the course once they are fixed; after it nothing is pledged any more."""
    content, invitation = dict(found.sheet.content), found.invitation
    if invitation.starts_on and invitation.ends_on:
        content |= {"starts_on": invitation.starts_on.isoformat(),
                    "ends_on": invitation.ends_on.isoformat()}  # fmt: skip
    return content | ({"decide_by": None} if invitation.pledges_closed_at else {})


def _past(pledges: list[Pledge]) -> dict[str, Any]:
    """What was offered in these pledges, and what happened to them."""
    lang = locale.lang()
    return {
        "own_lines": queries.lines_of(pledges), "histories": queries.histories(pledges),
        "line_words": lambda line: COST_LINES.label(line, lang),
        "form_words": lambda form: FORMS.label(form, lang),
    }  # fmt: skip


def _may_say(found: SentCourse, part: CoursePart | None) -> dict[str, bool]:
    """Which words on its part the sponsor may say now: answer -> whether it may."""
    is_open = part is not None and found.invitation.pledges_closed_at is None
    return {
        answer: is_open and part is not None and PART.may(part.state, verb)
        for answer, verb in parts.VERBS.items()
    }


def _may_offer(found: SentCourse) -> bool:
    if found.invitation.pledges_closed_at is not None or found.is_under_review:
        return False
    if found.pledge is not None:
        return PLEDGE.may(found.pledge.state, "offer")
    return all(each.state in BESIDE for each in found.given)


def _refuse_reviewed(found: SentCourse) -> None:
    if found.is_under_review:
        raise Refusal(UNDER_REVIEW, status=409)


def decide_by(found: SentCourse) -> date | None:
    """Last day for pledges, as the sheet says."""
    day = found.sheet.content["decide_by"]
    return date.fromisoformat(day) if day else None


def _is_late(found: SentCourse) -> bool:
    last = decide_by(found)
    return last is not None and today() > last


@blueprint.post("/<invitation_id>/interest")
@guarded(Permission.PLEDGE_WRITE, load=queries.sent)
def interest(found: SentCourse) -> Response:
    """POST /received/courses/<id>/interest: one click that binds nobody."""
    _refuse_reviewed(found)
    actions.declare_interest(current_actor(), found.course_id, decide_by=decide_by(found))
    return _back(found, _("Thank you. The Secretariat was told of your interest."))


@blueprint.post("/<invitation_id>/countries")
@guarded(Permission.COUNTRY_ASK, load=queries.sent)
def ask_countries(found: SentCourse) -> Response:
    """POST /received/courses/<id>/countries: ask to know who takes part unnamed."""
    asking.ask(current_actor(), found.invitation, found.sheet.content)
    return _back(found, _("The countries were asked. Each decides for itself."))


@blueprint.post("/<invitation_id>/part")
@guarded(Permission.PLEDGE_WRITE, load=queries.sent)
def say_part(found: SentCourse) -> Response:
    """POST /received/courses/<id>/part: confirm or decline what is asked apart from money."""
    shown = request.form["shown"]
    try:
        parts.say(current_actor(), found.invitation, answer=request.form.get("answer", ""),
                  reason=request.form.get("part_reason", ""), shown=shown)  # fmt: skip
    except Refusal as refusal:
        return show_page(found, (refusal.field or "answer", refusal.say()))
    return _back(found, _("Your word was recorded, and the Secretariat told."))


@blueprint.route("/<invitation_id>/offer", methods=["GET", "POST"])
@guarded(Permission.PLEDGE_WRITE, load=queries.sent)
def offer(found: SentCourse) -> Response:
    """GET, POST /received/courses/<id>/offer: what the sponsor gives, by cost line."""
    _refuse_reviewed(found)
    if found.pledge is not None:
        PLEDGE.after(found.pledge.state, "offer")
    stands, errors, status = standing.of_course(found.course_id), {}, 200
    if is_submitted():
        read = Typed()
        lines = forms.read_lines(read, stands)
        until, errors = read.day("expires_on"), read.errors
        if not errors:
            try:
                actions.offer(
                    current_actor(), found.course_id, lines=lines, expires_on=until,
                    conditions=request.form.get("conditions", ""), decide_by=decide_by(found),
                    revision=forms.drawn_from())  # fmt: skip
            except Refusal as refusal:
                errors, status = {refusal.field or "": refusal.say()}, refusal.status
                # Some of it was written before it was refused: the page is drawn from what stands.
                db.session.rollback()
                found = queries.sent(current_actor(), found.invitation.id)
                stands = standing.of_course(found.course_id)
            else:
                return _back(found, _("Offered. The countries that take part were asked."))
    drawn = forms.drawn(stands, found.pledge, queries.lines(found.pledge) if found.pledge else [])
    held = request.form if is_submitted() else MultiDict(_held(stands, drawn["held"]))
    return page(
        "pledges/offer.html", status=status if status != 200 else 422 if errors else 200,
        errors=errors, typed=held, work_form=True, title=found.sheet.content["title"][locale.lang()],
        back_url=url_for("received_courses.show", invitation_id=found.invitation.id),
        worth={} if is_submitted() else forms.worth(held, stands),
        action=url_for("received_courses.offer", invitation_id=found.invitation.id), **drawn,
    )  # fmt: skip


def _held(stands: Standing, held: dict[str, str]) -> dict[str, str]:
    """What the form holds first: the last offer, or instead of its amounts those that the address proposes.

    These are of a sponsor's own reckoning, in the currency that the address names, and hold what it offers
    already.
    """
    names = [f"amount-{each.line}" for each in stands.lines]
    found = {name: request.args[name][:20] for name in names if name in request.args}
    if not found:
        return held
    rest = {name: value for name, value in held.items() if not name.startswith("amount-")}
    currency = request.args.get("currency", "")
    return {
        **rest,
        **found,
        "currency": currency if currency in rates.known() else money.PLANNED_IN,
    }


@blueprint.post("/<invitation_id>/confirmation")
@guarded(Permission.PLEDGE_WRITE, load=queries.sent)
def confirm(found: SentCourse) -> Response:
    """POST /received/courses/<id>/confirmation: what the countries accepted is given."""
    _refuse_reviewed(found)
    pledge = _shown(found, "confirm")
    actions.confirm(current_actor(), pledge, number=forms.round_shown())
    return _back(found, _("Confirmed. It counts as funded, and the countries were told."))


@blueprint.post("/<invitation_id>/withdrawal")
@guarded(Permission.PLEDGE_WRITE, load=queries.sent)
def withdraw(found: SentCourse) -> Response:
    """POST /received/courses/<id>/withdrawal: take one pledge back, with a reason."""
    pledge, number = _shown(found, "withdraw"), forms.round_shown()
    try:
        actions.withdraw(current_actor(), pledge, reason=request.form.get("reason", ""),
                         number=number)  # fmt: skip
    except Refusal as refusal:
        return show_page(found, (refusal.field or "reason", refusal.say()), pledge.id)
    return _back(found, _("Withdrawn. The reason was passed on."))


def _shown(found: SentCourse, verb: str) -> Pledge:
    """The pledge that the page showed. Raises NotNow where it stands no more."""
    of = request.form["pledge"]
    for each in (found.pledge, *found.given):
        if each is not None and each.id == of:
            return each
    raise NotNow(PLEDGE.name, "none", verb)


def _back(found: SentCourse, message: str) -> Response:
    return done(url_for("received_courses.show", invitation_id=found.invitation.id), message)
