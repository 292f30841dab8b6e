"""Where do the host and the Secretariat offer their own share of a course?"""

from __future__ import annotations

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.funding.courses import queries as courses
from app.funding.courses import standing
from app.funding.courses.models import Course
from app.funding.courses.reading import Typed
from app.funding.courses.views.pages import blueprint, typed
from app.funding.pledges import actions, forms, queries
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page
from app.web.transaction import start_over
from app.workflow.machine import NotNow
from app.workflow.tables import COURSE


@blueprint.route("/<course_id>/pledge", methods=["GET", "POST"])
@guarded(Permission.PLEDGE_SHARE, load=courses.get)
def pledge(course: Course) -> Response:
    """GET, POST /courses/<id>/pledge: one's own share, by cost line."""
    actor = current_actor()
    is_theirs = actor.is_secretariat or course.host_id == actor.organisation_id
    if course.state not in actions.TAKING or not is_theirs:
        raise NotNow(COURSE.name, course.state, "pledge")
    stands, errors, status = standing.of_course(course.id), {}, 200
    if is_submitted():
        read = Typed()
        lines = forms.read_lines(read, stands)
        until = read.day("expires_on")
        errors = read.errors
        if not errors:
            try:
                made = actions.offer(
                    actor, course.id, lines=lines, expires_on=until, decide_by=course.decide_by,
                    conditions=request.form.get("conditions", ""), revision=forms.drawn_from())  # fmt: skip
            except Refusal as refusal:
                errors, status = {refusal.field or "": refusal.say()}, refusal.status
                # Some of it was written before it was refused: the page is drawn from what stands.
                start_over()
                stands = standing.of_course(course.id)
            else:
                return done(url_for("pledges.show", pledge_id=made.id),
                            _("Offered. The countries that take part were asked."))  # fmt: skip
    own = queries.undecided(actor, course.id)
    drawn = forms.drawn(stands, own, queries.lines(own) if own else [])
    return page(
        "pledges/offer.html", status=status if status != 200 else 422 if errors else 200,
        errors=errors, typed=typed(drawn["held"]), work_form=True, title=None,
        back_url=url_for("courses.show", course_id=course.id),
        action=url_for("courses.pledge", course_id=course.id), **drawn,
    )  # fmt: skip
