"""Where does a country say whether a sponsor that asks may know that it takes part?"""

from __future__ import annotations

from flask import Response, request
from flask_babel import gettext as _

from app.funding.courses import asking
from app.funding.courses.asking import Asking
from app.funding.courses.views.pages import blueprint, url_of
from app.policy.permissions import Permission
from app.web.guard import current_actor, guarded
from app.web.page import done


@blueprint.post("/countries/<invitation_id>")
@guarded(Permission.COUNTRY_REVEAL, load=asking.get)
def say_country(asked: Asking) -> Response:
    """POST /courses/countries/<id>: the country's own yes or no to one sponsor."""
    place, said = url_of(asked.course) + "#asked", request.form.get("named", "")
    if said not in ("yes", "no"):
        return done(place, _("Choose yes or no: nothing was changed."), "warn")
    asking.say(current_actor(), asked, named=said == "yes")
    return done(place, _("Your word was recorded."))
