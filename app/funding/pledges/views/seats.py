"""Where does the Secretariat say how many seats each need has, which the countries' word follows?"""

from __future__ import annotations

from flask import Response
from flask_babel import gettext as _

from app.funding.courses import queries
from app.funding.courses.models import Course
from app.funding.courses.reading import Typed, revision
from app.funding.courses.views.editing import attempt
from app.funding.courses.views.pages import blueprint, typed, url_of
from app.funding.pledges import carrying
from app.policy.permissions import Permission
from app.web.guard import current_actor, guarded
from app.web.newer import newer
from app.web.page import done, page
from app.workflow import tables


@blueprint.route("/<course_id>/seats", methods=["GET", "POST"])
@guarded(Permission.COURSE_EDIT, load=queries.get)
def seats(course: Course) -> Response:
    """GET, POST /courses/<id>/seats: how many seats each need has, never more than it asks."""
    tables.COURSE.after(course.state, "edit")
    actor, read = current_actor(), Typed()
    rows = queries.seats(actor, course.id)
    offered = queries.needs_to_choose(actor)
    needs = {row.need_id: row for row in (*rows, *offered)}
    wanted = {need: read.count(f"seats-{need}") or 0 for need in needs}
    status, errors, course = attempt(course, read, lambda: carrying.set_seats(
        actor, course, seats=wanted, revision=revision()))  # fmt: skip
    if status == 303:
        return done(url_of(course) + "#seats", _("The seats were saved."))
    elsewhere = queries.given_elsewhere(list(needs), course.id)
    held = {f"seats-{row.need_id}": str(row.seats) for row in rows}
    return page("courses/seats.html", status=status, course=course, errors=errors, work_form=True,
                typed=typed(held), newer=newer(held, status, {f"seats-{one}": needs[one].reference for one in needs}),
                needs=list(needs.values()), elsewhere=elsewhere)  # fmt: skip
