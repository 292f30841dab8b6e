"""Where does the Secretariat see what sponsors would read of a course, and send it to them?"""

from __future__ import annotations

import json
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.formats.words import N_
from app.funding.courses import queries, sending, sheets, standing
from app.funding.courses.lists import ROLES
from app.funding.courses.models import Course
from app.funding.courses.reading import revision
from app.funding.courses.views.pages import blueprint
from app.needs.preview import hash_of
from app.policy.actor import OrganisationKind
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page
from app.workflow.tables import COURSE

CHANGED = N_(
    "The course changed after you opened this page. Read again, please, what sponsors would read now."
)


@blueprint.route("/<course_id>/sheet", methods=["GET", "POST"])
@guarded(Permission.COURSE_EDIT, load=queries.get)
def sheet(course: Course) -> Response:
    """GET, POST /courses/<id>/sheet: preview what sponsors read, and send it to chosen ones."""
    error: tuple[str, str] | None = None
    status = 200
    if is_submitted():
        COURSE.after(course.state, "open" if course.state == COURSE.initial else "send")
        try:
            sending.send(
                current_actor(), course, _as_seen(course), revision=revision(),
                sponsor_ids=request.form.getlist("sponsors"), why=request.form.get("why", ""),
                own_side_confirmed="own_side" in request.form)  # fmt: skip
        except Refusal as refusal:
            error, status = (refusal.field or "why", refusal.say()), refusal.status
        else:
            return done(url_for("courses.show", course_id=course.id) + "#sent",
                        _("Sent. Openings and pledges appear here."))  # fmt: skip
    return _page(course, error, status)


@blueprint.post("/<course_id>/sheet/renewal")
@guarded(Permission.COURSE_EDIT, load=queries.get)
def renew(course: Course) -> Response:
    """POST /courses/<id>/sheet/renewal: let those it was sent to read it as it is now."""
    try:
        sending.renew_sheet(
            current_actor(), course, _as_seen(course), revision=revision(),
            own_side_confirmed="own_side_reads" in request.form)  # fmt: skip
    except Refusal as refusal:
        return _page(course, (refusal.field or "why", refusal.say()), refusal.status)
    return done(url_for("courses.show", course_id=course.id), _("Sponsors now read the new sheet."))


def _as_seen(course: Course) -> dict[str, Any]:
    """The sheet, if it is still the one that was on the screen. Refusal where it is not."""
    content = sheets.build(current_actor(), course)
    if hash_of(content) != request.form["seen"]:
        raise Refusal(CHANGED, field="why", status=409)
    return content


def _page(course: Course, error: tuple[str, str] | None, status: int) -> Response:
    actor = current_actor()
    content = sheets.build(actor, course)
    newest = queries.newest_sheet(course.id)
    sponsors = queries.organisations(OrganisationKind.SPONSOR)
    invited = {each.sponsor_id for each, _sponsor in queries.invitations(course.id)}
    open_to = [each for each in sponsors if each.id not in invited]
    own_side = sending.of_own_side(actor, course, sponsors)
    verb = "open" if course.state == COURSE.initial else "send"
    return page(
        "courses/sheet.html", status=status, course=course, content=json.loads(json.dumps(content)),
        per_participant=sheets.cost_of_a_seat(content), seen=hash_of(content), errors=[error] if error else [], typed=request.form,
        standing=standing.of_course(course.id), sponsors=open_to,
        own_side=[each for each in own_side if each.id not in invited],
        role_words=ROLES,
        own_side_reads=[each for each in own_side if each.id in invited],
        is_older=newest is not None and newest.hash != hash_of(content),
        is_sent=newest is not None, may_send=COURSE.may(course.state, verb),
    )  # fmt: skip
