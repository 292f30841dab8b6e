"""Where does one see at a glance what became of a course, and take its next step?"""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from app.db.errors import Missing
from app.formats.dates import write_date
from app.funding.courses import standing
from app.funding.delivery import actions, queries, steps
from app.funding.delivery.forms import StepForm
from app.funding.delivery.holding import hold
from app.funding.delivery.numbers import add_up
from app.funding.delivery.queries import Held
from app.funding.delivery.views.pages import PAGES, attempt, blueprint, own_totals, typed, url
from app.funding.offers.queries import today
from app.policy.permissions import Permission
from app.web import locale
from app.web.guard import current_actor, guarded
from app.web.newer import newer
from app.web.page import done, page


@blueprint.get("/courses/<course_id>/delivery")
@guarded(Permission.COURSE_READ, load=queries.get)
def show(held: Held) -> Response:
    """GET /courses/<id>/delivery: seats, who came, what comes next."""
    return _page(held, {}, 200)


@blueprint.post("/courses/<course_id>/delivery/<verb>")
@guarded(Permission.COURSE_EDIT, load=queries.get)
def step(held: Held, verb: str) -> Response:
    """POST /courses/<id>/delivery/<verb>: schedule, deliver, evaluate or close."""
    if verb not in steps.ORDER:
        raise Missing(verb)
    actor, form = current_actor(), StepForm()
    held = hold(actor, held, verb)
    required = _required(held, verb)
    status, errors = attempt(form, lambda: actions.take(
        actor, held.course, verb, required=required, revision=form.revision.data,
        is_known_unpaid=bool(form.unpaid.data),
        **_values(held, verb, form)))  # fmt: skip
    if status == 303:
        return done(url("show", held), _(steps.DONE[verb]))
    return _page(queries.get(actor, held.id), errors, status)


def _values(held: Held, verb: str, form: StepForm) -> dict[str, Any]:
    """The real days and place, which a course is given when it was held."""
    if verb != "deliver":
        return {}
    days = actions.real_days(held.course, form.starts_on.data, form.ends_on.data, today())
    return days | ({"place": form.place.data} if form.place.data else {})


def _required(held: Held, verb: str) -> list[steps.Requirement]:
    turnouts = queries.turnouts(current_actor(), held, locale.lang())
    evaluations = queries.evaluations(held.id) if verb == "evaluate" else []
    return steps.required(verb, held.course, add_up(turnouts), evaluations, today())


def _page(held: Held, errors: dict[str, str], status: int) -> Response:
    actor, course = current_actor(), held.course
    turnouts = queries.turnouts(actor, held, locale.lang())
    evaluations = queries.evaluations(held.id)
    totals, verb = add_up(turnouts), steps.next_step(course)
    first = {
        "starts_on": course.starts_on and write_date(course.starts_on, locale.locale()),
        "ends_on": course.ends_on and write_date(course.ends_on, locale.locale()),
        "place": course.place,
    }
    return page(
        "delivery/show.html", status=status, held=held, course=course, pages=PAGES, verb=verb,
        own=own_totals(turnouts), labels=steps.LABELS, errors=errors, typed=typed(first),
        newer=newer(first, status),
        required=steps.required(verb, course, totals, evaluations, today()),
        is_whole=actor.is_secretariat,
        missing=standing.of_course(held.id).missing if actor.is_secretariat else None,
    )  # fmt: skip
