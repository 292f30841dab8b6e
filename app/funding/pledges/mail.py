"""What do messages about courses and pledges say? The course's random reference, and where to look.

No amount and no giver; to a sponsor no title and no country either.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.extensions import db
from app.funding.courses.models import Course, CourseInvitation
from app.funding.pledges.models import Pledge
from app.outbox.kinds import mail_about


def _course(params: Mapping[str, Any]) -> str:
    return db.session.get_one(Course, params["course"]).reference


def _of_pledge(params: Mapping[str, Any]) -> str:
    return _course({"course": db.session.get_one(Pledge, params["pledge"]).course_id})


def _of_invitation(params: Mapping[str, Any]) -> str:
    invitation = db.session.get_one(CourseInvitation, params["invitation"])
    return _course({"course": invitation.course_id})


mail_about(
    "pledge-interest", "pledge-offered", "pledge-confirmed", "pledge-withdrawn", "pledge-accepted",
    "pledge-accepted-st", "pledge-returned", "pledge-returned-st", "pledge-expired", "pledge-asked",
    "pledge-lapses", "pledge-over",
    path="/pledges/{pledge}", reference=_of_pledge,
)  # fmt: skip
mail_about(
    "course-opened", "course-unnamed", "course-reviewed", "course-cancelled",
    "course-countries-asked", "course-country-asked", "course-country-word", "course-part-said",
    path="/courses/{course}", reference=_course,
)  # fmt: skip
mail_about(
    "course-received", "course-renewed", "course-cancelled-sponsor", "pledge-over-sponsor", "course-country-told", "pledge-accepted-sponsor", "pledge-returned-sponsor",
    "pledge-expired-sponsor", "pledge-asked-sponsor", "pledge-lapses-sponsor",
    path="/received/courses/{invitation}", reference=_of_invitation,
)  # fmt: skip
