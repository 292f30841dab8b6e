"""How far is a course, as those read it to whom it was sent? Their connection does not know the course."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from app.extensions import db
from app.funding.courses.models import Course, CourseInvitation

FIXED = ("scheduled", "delivered", "evaluated", "closed")
"""States from which on a course has its days; before, they are a plan that its sheet tells."""


def of(course: Course) -> dict[str, Any]:
    """What stands of it with each sponsor: its state, and its days once they are fixed."""
    is_fixed = course.state in FIXED
    return {
        "state": course.state,
        "starts_on": course.starts_on if is_fixed else None,
        "ends_on": course.ends_on if is_fixed else None,
    }


def tell(course: Course) -> None:
    """Let those it was sent to read where it stands now."""
    db.session.execute(
        update(CourseInvitation)
        .where(CourseInvitation.course_id == course.id, CourseInvitation.closed_at.is_(None))
        .values(**of(course))
        .execution_options(synchronize_session=False)
    )
