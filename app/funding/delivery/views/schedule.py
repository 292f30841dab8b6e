"""Where is the timetable of a course read and written?"""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext as _

from app.funding.courses import queries as courses
from app.funding.delivery import queries, timetable
from app.funding.delivery.forms import SessionForm, written_session
from app.funding.delivery.models import CourseSession
from app.funding.delivery.queries import Held, Part
from app.funding.delivery.views.pages import PAGES, attempt, blueprint, typed, url
from app.policy.actor import OrganisationKind
from app.policy.engine import allowed
from app.policy.permissions import Permission
from app.web import locale
from app.web.guard import current_actor, guarded
from app.web.newer import newer
from app.web.page import done, page
from app.workflow import tables

PROVIDERS = (OrganisationKind.SPONSOR, OrganisationKind.SECRETARIAT, OrganisationKind.DELEGATION)


@blueprint.get("/courses/<course_id>/schedule")
@guarded(Permission.COURSE_READ, load=queries.get)
def schedule(held: Held) -> Response:
    """GET /courses/<id>/schedule: the days of a course, session by session."""
    return page(
        "delivery/schedule.html", held=held, course=held.course, pages=PAGES,
        sessions=queries.sessions(held.id), parts=_parts(held), may_write=_may_write(held),
    )  # fmt: skip


@blueprint.route("/courses/<course_id>/schedule/new", methods=["GET", "POST"])
@guarded(Permission.DELIVERY_EDIT, load=queries.to_write)
def new_session(held: Held) -> Response:
    """GET, POST /courses/<id>/schedule/new: a further session."""
    return _form(held, None)


@blueprint.route("/courses/sessions/<session_id>", methods=["GET", "POST"])
@guarded(Permission.DELIVERY_EDIT, load=queries.session_to_write)
def session(part: Part) -> Response:
    """GET, POST /courses/sessions/<id>: one session."""
    return _form(part.held, part.record)


@blueprint.post("/courses/sessions/<session_id>/removal")
@guarded(Permission.DELIVERY_EDIT, load=queries.session_to_write)
def remove_session(part: Part) -> Response:
    """POST /courses/sessions/<id>/removal: take it out of the timetable."""
    timetable.remove(current_actor(), part.held, part.record)
    return done(url("schedule", part.held), _("The session was taken out of the timetable."))


def _form(held: Held, found: CourseSession | None) -> Response:
    tables.COURSE.after(held.course.state, timetable.VERB)
    form = SessionForm()
    status, errors = attempt(form, lambda: timetable.write(
        current_actor(), held, form.terms(), session=found, revision=form.revision.data))  # fmt: skip
    if status == 303:
        return done(url("schedule", held), _("The session was saved."))
    first: dict[str, Any] = written_session(found) if found else {}
    lang = locale.lang()
    return page(
        "delivery/session.html", status=status, held=held, course=held.course, session=found,
        errors=errors, typed=typed(first), newer=newer(first, status), work_form=True,
        parts=[(str(position), title) for position, title in _parts(held).items()],
        providers=[(each.id, each.name(lang)) for each in courses.organisations(*PROVIDERS)],
    )  # fmt: skip


def _parts(held: Held) -> dict[int, str]:
    """Position of each part of the course -> its title."""
    is_english = locale.lang() == "en"
    return {
        part.position: part.title_en if is_english else part.title_es
        for part, _provider in courses.components(held.id)
    }


def _may_write(held: Held) -> bool:
    is_open = tables.COURSE.may(held.course.state, timetable.VERB)
    return is_open and allowed(current_actor(), Permission.DELIVERY_EDIT, held)
