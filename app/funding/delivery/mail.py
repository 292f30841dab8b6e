"""What do letters about a course of a year ago say? Its random reference, and where to answer.

No title, and nobody's answer; to a sponsor no country either.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.extensions import db
from app.funding.courses.models import Course
from app.funding.delivery.models import FollowUp
from app.outbox.conditions import due_while
from app.outbox.kinds import mail_about


def _course(params: Mapping[str, Any]) -> str:
    return db.session.get_one(Course, params["course"]).reference


mail_about(
    "follow-up-asked", "follow-up-asked-again", "follow-up-answered",
    path="/courses/{course}/follow-up", reference=_course,
)  # fmt: skip
mail_about(
    "follow-up-asked-sponsor", "follow-up-asked-sponsor-again",
    path="/received/follow-up/{follow_up}", reference=_course,
)  # fmt: skip


@due_while("follow-up-asked")
@due_while("follow-up-asked-again")
@due_while("follow-up-asked-sponsor")
@due_while("follow-up-asked-sponsor-again")
def is_unanswered(params: Mapping[str, Any]) -> bool:
    """Whether nobody of the organisation has answered yet."""
    return db.session.get_one(FollowUp, params["follow_up"]).answered_at is None
