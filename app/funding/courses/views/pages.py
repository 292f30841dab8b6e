"""Under which addresses do the pages of courses stand, and what do they share?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for
from werkzeug.datastructures import MultiDict

from app.formats.words import N_
from app.funding.courses.models import Course
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.web.navigation import Entry

blueprint = Blueprint("courses", __name__, url_prefix="/courses")
NAV = Entry("courses.index", N_("Courses"), Permission.COURSE_READ)


def typed(first: dict[str, Any] | None = None) -> MultiDict[str, Any]:
    """What the inputs of a form hold: what was typed, or at first what is known."""
    return request.form if request.method == "POST" else MultiDict(first or {})


def at_its_place(refusal: Refusal) -> dict[str, str]:
    """A refusal as the mistake of its field."""
    return {refusal.field or "": refusal.say()}


def url_of(course: Course) -> str:
    return url_for("courses.show", course_id=course.id)
