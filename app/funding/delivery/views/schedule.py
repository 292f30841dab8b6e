"""Where is the timetable of a course read and written?"""

from __future__ import annotations

from typing import Any

from flask import Response, url_for

from app.formats.words import N_
from app.funding.courses import queries as courses
from app.funding.courses.lists import by_name
from app.funding.delivery import queries, timetable
from app.funding.delivery.forms import SessionForm, written_session
from app.funding.delivery.models import CourseSession
from app.funding.delivery.queries import Held, Part
from app.funding.delivery.views.pages import PAGES, blueprint, may_write
from app.funding.delivery.views.parts import PartPages
from app.policy.permissions import Permission
from app.web import locale
from app.web.guard import guarded
from app.web.page import page


@blueprint.get("/courses/<course_id>/schedule")
@guarded(Permission.COURSE_READ, load=queries.get)
def schedule(held: Held) -> Response:
    """GET /courses/<id>/schedule: the days of a course, session by session."""
    return page(
        "delivery/schedule.html", held=held, course=held.course, pages=PAGES,
        sessions=queries.sessions(held.id), parts=_parts(held),
        may_write=may_write(held, timetable.VERB, Permission.DELIVERY_EDIT),
    )  # fmt: skip


@blueprint.route("/courses/<course_id>/schedule/new", methods=["GET", "POST"])
@guarded(Permission.DELIVERY_EDIT, load=queries.to_write)
def new_session(held: Held) -> Response:
    """GET, POST /courses/<id>/schedule/new: a further session."""
    return SESSIONS.answer(held)


@blueprint.route("/courses/sessions/<session_id>", methods=["GET", "POST"])
@guarded(Permission.DELIVERY_EDIT, load=queries.session_to_write)
def session(part: Part) -> Response:
    """GET, POST /courses/sessions/<id>: one session."""
    return SESSIONS.answer(part.held, part.record)


@blueprint.post("/courses/sessions/<session_id>/removal")
@guarded(Permission.DELIVERY_EDIT, load=queries.session_to_write)
def remove_session(part: Part) -> Response:
    """POST /courses/sessions/<id>/removal: take it out of the timetable."""
    return SESSIONS.take_out(part)


def _parts(held: Held) -> dict[int, str]:
    """Position of each part of the course -> its title."""
    is_english = locale.lang() == "en"
    return {
        part.position: part.title_en if is_english else part.title_es
        for part, _provider in courses.components(held.id)
    }


def _around(held: Held, found: CourseSession | None) -> dict[str, Any]:
    lang = locale.lang()
    return {
        "parts": [(str(position), title) for position, title in _parts(held).items()],
        "providers": by_name(timetable.providers(found), lang),
    }


SESSIONS = PartPages(
    verb=timetable.VERB, template="delivery/session.html", place="schedule",
    address=lambda found: url_for("delivery.session", session_id=found.id), form=SessionForm,
    written=written_session, write=timetable.write, remove=timetable.remove,
    saved=N_("The session was saved."), removed=N_("The session was taken out of the timetable."),
    around=_around,
)  # fmt: skip
