"""Where does the Secretariat begin a course that gives again one which was held?"""

from __future__ import annotations

from flask import Response
from flask_babel import gettext as _

from app.funding.courses import queries, replicating
from app.funding.courses.models import Course
from app.funding.courses.reading import Typed
from app.funding.courses.views.pages import at_its_place, blueprint, typed, url_of
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page
from app.workflow.tables import COURSE


@blueprint.route("/<course_id>/replication", methods=["GET", "POST"])
@guarded(Permission.COURSE_EDIT, load=queries.get)
def replicate(course: Course) -> Response:
    """GET, POST /courses/<id>/replication: a new plan made of a course that was held."""
    COURSE.after(course.state, replicating.VERB)
    errors: dict[str, str] = {}
    if is_submitted():
        read = Typed()
        title_es, title_en = read.words("title_es"), read.words("title_en")
        if not (errors := read.errors):
            try:
                made = replicating.replicate(
                    current_actor(), course, title_es=title_es, title_en=title_en
                )
            except Refusal as refusal:
                errors = at_its_place(refusal)
            else:
                return done(url_of(made), _("The course was made. Only the Secretariat sees it."))
    return page(
        "courses/replicate.html", status=422 if errors else 200, course=course, errors=errors,
        typed=typed({"title_es": course.title_es, "title_en": course.title_en}), work_form=True,
    )  # fmt: skip
