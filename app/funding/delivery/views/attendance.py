"""Where is it written down and read who came, who finished and who did not?"""

from __future__ import annotations

from flask import Response
from flask_babel import gettext as _

from app.formats.words import N_
from app.funding.delivery import attending, queries
from app.funding.delivery.codes import REASONS
from app.funding.delivery.forms import SEXES, AttendanceForm, written_attendance
from app.funding.delivery.numbers import Turnout, add_up
from app.funding.delivery.queries import Held
from app.funding.delivery.views.pages import (
    PAGES,
    attempt,
    blueprint,
    may_write,
    own_totals,
    typed,
    url,
)
from app.policy.permissions import Permission
from app.web import locale
from app.web.errors import Refusal
from app.web.guard import current_actor, guarded
from app.web.newer import newer
from app.web.page import done, page
from app.workflow import tables

UNKNOWN = N_("Nothing is to be written down here of that delegation: it has no seats, or lets the host "
             "know nothing.")  # fmt: skip


@blueprint.get("/courses/<course_id>/attendance")
@guarded(Permission.COURSE_READ, load=queries.get)
def attendance(held: Held) -> Response:
    """GET /courses/<id>/attendance: seats offered, used and finished, as far as one may know."""
    actor = current_actor()
    turnouts = queries.turnouts(actor, held, locale.lang())
    return page(
        "delivery/attendance.html", held=held, course=held.course, pages=PAGES, turnouts=turnouts,
        totals=add_up(turnouts), own=own_totals(turnouts), reasons=REASONS, sexes=SEXES,
        may_write=may_write(held, attending.VERB, Permission.DELIVERY_EDIT),
        is_whole=actor.is_secretariat, most_of=attending.most_of,
    )  # fmt: skip


@blueprint.route("/courses/<course_id>/attendance/<of>", methods=["GET", "POST"])
@guarded(Permission.DELIVERY_EDIT, load=queries.to_write)
def attend(held: Held, of: str) -> Response:
    """GET, POST /courses/<id>/attendance/<country>: who came of one delegation."""
    turnout = _turnout(held, of)
    tables.COURSE.after(held.course.state, attending.VERB)
    form = AttendanceForm()
    status, errors = attempt(form, lambda: attending.attend(
        current_actor(), held, turnout, form.came(), revision=form.revision.data))  # fmt: skip
    if status == 303:
        return done(url("attendance", held), _("The attendance was saved."))
    first = written_attendance(turnout)
    return page(
        "delivery/attend.html", status=status, held=held, course=held.course, turnout=turnout,
        errors=errors, typed=typed(first), newer=newer(first, status), work_form=True, sexes=SEXES,
        reasons=[(key, _(label)) for key, label in REASONS.items()], most=attending.most_of(turnout),
    )  # fmt: skip


def _turnout(held: Held, country: str) -> Turnout:
    """One delegation's seats and people, where the actor may write them. Raises Refusal.

    Of a delegation without seats, and of one that lets the host know nothing, it says the same.
    """
    for each in queries.turnouts(current_actor(), held, locale.lang()):
        if each.country == country and attending.most_of(each):
            return each
    raise Refusal(UNKNOWN, status=409)
