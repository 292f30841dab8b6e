"""Where does the host say whether sponsors are told that it hosts?"""

from __future__ import annotations

from flask import Response, request
from flask_babel import gettext as _

from app.funding.courses import hosting
from app.funding.courses.models import Course
from app.funding.courses.views.pages import blueprint, url_of
from app.policy.permissions import Permission
from app.web.guard import current_actor, guarded
from app.web.page import done


@blueprint.post("/<course_id>/host")
@guarded(Permission.HOST_NAME, load=hosting.hosted)
def say_host(course: Course) -> Response:
    """POST /courses/<id>/host: the host's own yes or no to being named to sponsors."""
    place, said = url_of(course) + "#host", request.form.get("named", "")
    if said not in ("yes", "no"):
        return done(place, _("Choose yes or no: nothing was changed."), "warn")
    hosting.say(current_actor(), course, named=said == "yes")
    return done(place, _("Your word was recorded. You can change it until the course is held."))
