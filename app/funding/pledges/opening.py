"""How is it put on record that a sponsor opened a course, before the course is shown?"""

from __future__ import annotations

from sqlalchemy import update

from app import clock
from app.audit import trail
from app.db.changing import changed
from app.extensions import db
from app.funding.courses.models import CourseInvitation
from app.funding.pledges.queries import SentCourse, sent
from app.policy.actor import Actor
from app.web.transaction import record_now


def open_on_record(actor: Actor, found: SentCourse) -> SentCourse:
    """Record the first opening in a short transaction of its own, then read the course again."""
    if found.invitation.opened_at is not None:
        return found
    invitation_id = found.invitation.id
    record_now(lambda: note_opening(actor, invitation_id))
    return sent(actor, invitation_id)


def note_opening(actor: Actor, invitation_id: str) -> None:
    """Put on record that somebody of the sponsor opens the course for the first time."""
    is_first = changed(
        db.session(),
        update(CourseInvitation)
        .where(CourseInvitation.id == invitation_id, CourseInvitation.opened_at.is_(None),
               CourseInvitation.sponsor_id == actor.organisation_id)
        .values(opened_at=clock.now())
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    db.session.expire_all()
    if is_first:
        trail.record(actor, "course-opened", subject=("course_invitation", invitation_id))
