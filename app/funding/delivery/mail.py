"""What do letters about a course of a year ago say? Its random reference, and where to answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.extensions import db
from app.funding.courses.models import Course
from app.funding.delivery.models import FollowUp
from app.outbox.conditions import due_while
from app.outbox.kinds import mail_kind
from app.outbox.recipients import Addressee


@mail_kind("follow-up-asked")
@mail_kind("follow-up-asked-again")
@mail_kind("follow-up-answered")
def of_course(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """For a country and the Secretariat: the page of the course. No title, and nobody's answer."""
    course = db.session.get_one(Course, params["course"])
    return {"reference": course.reference, "path": f"/courses/{course.id}/follow-up"}


@mail_kind("follow-up-asked-sponsor")
@mail_kind("follow-up-asked-sponsor-again")
def for_sponsor(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """For a sponsor: its own page, beside the courses that it was sent. No title and no country."""
    course = db.session.get_one(Course, params["course"])
    return {"reference": course.reference, "path": f"/received/follow-up/{params['follow_up']}"}


@due_while("follow-up-asked")
@due_while("follow-up-asked-again")
@due_while("follow-up-asked-sponsor")
@due_while("follow-up-asked-sponsor-again")
def is_unanswered(params: Mapping[str, Any]) -> bool:
    """Whether nobody of the organisation has answered yet."""
    return db.session.get_one(FollowUp, params["follow_up"]).answered_at is None
