"""Did the host itself agree that sponsors are told who hosts, and how does it say so?

What it said of the course counts; where it said nothing of it, what its open offers to host say. It
alone can write either. Taking it back makes a new sheet without its name, which nobody has to ask for.
"""

from __future__ import annotations

from sqlalchemy import insert, update

from app import clock
from app.audit import trail
from app.db.changing import changed
from app.db.errors import Missing
from app.extensions import db
from app.funding.courses import queries
from app.funding.courses.following import CHANGEABLE, UNNAME
from app.funding.courses.models import Course, CourseHostWord
from app.outbox import post
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.workflow import tables
from app.workflow.machine import NotNow


def hosted(actor: Actor, course_id: str) -> Course:
    """A course that the actor's delegation hosts. Raises Missing."""
    course = queries.get(actor, course_id)
    if course.host_id != actor.organisation_id and not actor.is_secretariat:
        raise Missing(course_id)
    return course


def say(actor: Actor, course: Course, *, named: bool) -> None:
    """The host's own yes or no, in place of what it said before. Raises NotNow once it was held."""
    require(actor, Permission.HOST_NAME, course)
    if course.state not in CHANGEABLE:
        raise NotNow(tables.COURSE.name, course.state, "name_host")
    word = {"named": named, "said_by": actor.person_id, "said_at": clock.now()}
    again = changed(
        db.session(),
        update(CourseHostWord)
        .where(CourseHostWord.course_id == course.id,
               CourseHostWord.organisation_id == actor.organisation_id)
        .values(**word)
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    if not again:
        db.session.execute(insert(CourseHostWord.__table__).values(
            course_id=course.id, organisation_id=actor.organisation_id, **word))  # fmt: skip
    db.session.expire_all()
    trail.record(actor, "course-host-named" if named else "course-host-unnamed",
                 subject=("course", course.id), owner=actor.organisation_id)  # fmt: skip
    if not named:
        post.to_do(UNNAME, course=course.id)
