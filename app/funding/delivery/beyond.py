"""Which question of a year later was put to this sponsor? The only query that its page makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.db.errors import Missing
from app.extensions import db
from app.funding.courses.models import CourseSheet
from app.funding.courses.queries import is_newest
from app.funding.delivery.models import FollowUp
from app.policy.actor import Actor


@dataclass
class AskedSponsor:
    """The question, and the sheet of the course as the sponsor was sent it."""

    asked: FollowUp
    content: Any

    @property
    def organisation_id(self) -> str:
        return self.asked.organisation_id


def get(actor: Actor, follow_up_id: str) -> AskedSponsor:
    """The question to this sponsor, with the newest sheet of its course. Raises Missing."""
    row = db.session.execute(
        db.select(FollowUp, CourseSheet.content)
        .join(CourseSheet, is_newest(FollowUp.course_id))
        .where(FollowUp.id == follow_up_id, FollowUp.organisation_id == actor.organisation_id)
    ).one_or_none()
    if row is None:
        raise Missing(follow_up_id)
    return AskedSponsor(*row)


def waiting(actor: Actor, most: int) -> list[Any]:
    """Questions that this sponsor has not answered: (id, due_on, what it was sent of the course)."""
    return list(
        db.session.execute(
            db.select(FollowUp.id, FollowUp.due_on, CourseSheet.content)
            .join(CourseSheet, is_newest(FollowUp.course_id))
            .where(FollowUp.organisation_id == actor.organisation_id, FollowUp.answered_at.is_(None))
            .order_by(FollowUp.asked_at, FollowUp.id)
            .limit(most)
        )
    )  # fmt: skip
