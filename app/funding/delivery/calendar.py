"""Which sessions of courses stand in somebody's own calendar?

Those of courses that concern their organisation, once the date is fixed. What is said is the reference of
the course and the hours: no title, no topic, no place, nobody's name. Hours are those of the host's clocks.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_

from app.calls.feeds import KEPT, MOST, Follower, Hours
from app.extensions import db
from app.formats.words import N_
from app.funding.courses import queries as courses
from app.funding.courses.models import Course
from app.funding.delivery.models import CourseSession, CourseStep
from app.organisations.models import Organisation
from app.policy.actor import OrganisationKind

WORDS = N_("Session of course %(reference)s")
CANCELLED = N_("Session of course %(reference)s is not held")


def sessions(who: Follower, at: datetime) -> list[Hours]:
    """The sessions that they follow, those called off after the date was fixed among them."""
    concerned = (
        db.true() if who.kind is OrganisationKind.SECRETARIAT
        else courses.concerns(who.organisation_id)
    )  # fmt: skip
    is_dated = and_(CourseStep.course_id == Course.id, CourseStep.verb == "schedule")
    rows = db.session.execute(
        db.select(CourseSession, Course.reference, Course.cancelled_at, Organisation.zone)
        .join(Course, Course.id == CourseSession.course_id)
        .join(CourseStep, is_dated)
        .join(Organisation, Organisation.id == Course.host_id)
        .where(concerned, CourseSession.day >= (at - KEPT).date(),
               or_(CourseSession.removed_at.is_(None), CourseSession.removed_at > CourseStep.at))
        .order_by(CourseSession.day.desc(), CourseSession.starts.desc(), CourseSession.id)
        .limit(MOST)
    )  # fmt: skip
    return [_hours(row) for row in reversed(rows.all())]


def _hours(row: Any) -> Hours:
    session, ends = row.CourseSession, row.CourseSession.removed_at or row.cancelled_at
    return Hours(
        id=session.id, reference=row.reference, words=CANCELLED if ends else WORDS,
        at=_instant(session.day, session.starts, row.zone),
        until=_instant(session.day, session.ends, row.zone),
        revision=session.revision + bool(row.cancelled_at),
        changed_at=max(session.changed_at, row.cancelled_at or session.changed_at),
        is_cancelled=ends is not None,
    )  # fmt: skip


def _instant(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
