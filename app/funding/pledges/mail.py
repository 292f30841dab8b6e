"""What do messages about courses and pledges say? The course's random reference, and where to look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.extensions import db
from app.funding.courses.models import Course, CourseInvitation
from app.funding.pledges.models import Pledge
from app.outbox.kinds import mail_kind
from app.outbox.recipients import Addressee


@mail_kind("pledge-interest")
@mail_kind("pledge-offered")
@mail_kind("pledge-confirmed")
@mail_kind("pledge-withdrawn")
@mail_kind("pledge-accepted")
@mail_kind("pledge-accepted-st")
@mail_kind("pledge-returned")
@mail_kind("pledge-returned-st")
@mail_kind("pledge-expired")
@mail_kind("pledge-asked")
@mail_kind("pledge-lapses")
def about_pledge(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """For countries, the host and the Secretariat: no amount and no giver."""
    pledge = db.session.get_one(Pledge, params["pledge"])
    course = db.session.get_one(Course, pledge.course_id)
    return {"reference": course.reference, "path": f"/pledges/{pledge.id}"}


@mail_kind("course-opened")
@mail_kind("course-unnamed")
@mail_kind("course-cancelled")
@mail_kind("course-cancelled-sponsor")
def about_course(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """For countries: the course's page. A sponsor learns its reference alone."""
    course = db.session.get_one(Course, params["course"])
    return {"reference": course.reference, "path": f"/courses/{course.id}"}


@mail_kind("course-received")
@mail_kind("course-renewed")
@mail_kind("pledge-accepted-sponsor")
@mail_kind("pledge-returned-sponsor")
@mail_kind("pledge-expired-sponsor")
@mail_kind("pledge-asked-sponsor")
@mail_kind("pledge-lapses-sponsor")
def for_sponsor(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """For a sponsor: the random reference of what it was sent. No title and no country."""
    invitation = db.session.get_one(CourseInvitation, params["invitation"])
    course = db.session.get_one(Course, invitation.course_id)
    return {"reference": course.reference, "path": f"/received/courses/{invitation.id}"}
