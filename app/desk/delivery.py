"""What of courses that take place waits on a desk: steps, nominations, timetables, questions of a year later?"""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import and_, or_

from app import clock
from app.desk.items import ASKED, Block, Item, block
from app.desk.saying import line
from app.extensions import db
from app.funding.courses.models import Course, CourseSeat
from app.funding.delivery import beyond
from app.funding.delivery.models import CourseSession, FollowUp, Nomination
from app.policy.actor import Actor
from app.web import locale
from app.web.states import state_tag
from app.workflow.tables import COURSE


def steps(actor: Actor) -> Block:
    """For the Secretariat: courses that are over and not recorded so, or held and not evaluated."""
    is_over = and_(Course.state == "scheduled", Course.ends_on <= clock.now().date())
    rows = db.session.scalars(
        db.select(Course).where(or_(is_over, Course.state == "delivered"))
        .order_by(Course.ends_on, Course.id).limit(ASKED)
    ).all()  # fmt: skip
    return block("steps", _("Courses to record or to evaluate"), rows, _course("delivery.show"))


def to_nominate(actor: Actor) -> Block:
    """For a focal point: courses with seats of its delegation that have no nomination of it yet."""
    own = and_(
        CourseSeat.course_id == Course.id, CourseSeat.organisation_id == actor.organisation_id
    )
    said = and_(
        Nomination.course_id == Course.id, Nomination.organisation_id == actor.organisation_id
    )
    rows = db.session.scalars(
        db.select(Course)
        .where(Course.state.in_(("open", "scheduled")),
               or_(Course.starts_on.is_(None), Course.starts_on > clock.now().date()),
               db.select(CourseSeat.course_id).where(own).exists(),
               ~db.select(Nomination.course_id).where(said).exists())
        .order_by(Course.starts_on, Course.id)
        .limit(ASKED)
    ).all()  # fmt: skip
    return block("nominate", _("Courses: whom does your delegation send?"), rows,
                 _course("delivery.nominations"))  # fmt: skip


def to_host(actor: Actor) -> Block:
    """For a host: its courses that have a date and no timetable yet."""
    has_sessions = (
        db.select(CourseSession.id)
        .where(CourseSession.course_id == Course.id, CourseSession.removed_at.is_(None))
        .exists()
    )
    rows = db.session.scalars(
        db.select(Course)
        .where(Course.state == "scheduled", Course.host_id == actor.organisation_id, ~has_sessions)
        .order_by(Course.starts_on, Course.id)
        .limit(ASKED)
    ).all()
    return block("host", _("Courses that you host, without a timetable"), rows,
                 _course("delivery.schedule"))  # fmt: skip


def to_answer(actor: Actor) -> Block:
    """For a focal point: courses of a year ago about which its delegation was asked."""
    rows = db.session.execute(
        db.select(Course, FollowUp.due_on)
        .join(FollowUp, FollowUp.course_id == Course.id)
        .where(FollowUp.organisation_id == actor.organisation_id, FollowUp.answered_at.is_(None))
        .order_by(FollowUp.asked_at, FollowUp.id)
        .limit(ASKED)
    ).all()

    def draw(row: Any) -> Item:
        url = url_for("delivery.follow_up", course_id=row.Course.id)
        return Item(title=row.Course.title(locale.lang()), url=url,
                    notes=(line(row.Course.reference, _until(row)),))  # fmt: skip

    return block("later", _("A year later: was the need met?"), rows, draw)


def sponsor_to_answer(actor: Actor) -> Block:
    """For a sponsor: the same, with what it was sent of the course and nothing else."""

    def draw(row: Any) -> Item:
        url = url_for("delivery.asked_sponsor", follow_up_id=row.id)
        return Item(title=row.content["title"][locale.lang()], url=url,
                    notes=(line(row.content["reference"], _until(row)),))  # fmt: skip

    title = _("A year later: was the need met?")
    return block("later", title, beyond.waiting(actor, ASKED), draw)


def _until(row: Any) -> str:
    return _("Please answer by %(day)s.", day=locale.show_date(row.due_on))


def _course(endpoint: str) -> Any:
    def draw(course: Course) -> Item:
        held = locale.show_date(course.starts_on) if course.starts_on else _("no date yet")
        return Item(title=course.title(locale.lang()), notes=(line(course.reference, held),),
                    url=url_for(endpoint, course_id=course.id),
                    tag=state_tag(COURSE, course.state))  # fmt: skip

    return draw
