"""How does a course take its steps: its date is fixed, it was held, it is evaluated, it is closed?

Each step says what it requires (steps.py), moves the course and its confirmed pledges in one
transaction, and leaves when it was.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import insert

from app import clock
from app.extensions import db
from app.formats.words import N_
from app.funding.courses import standing
from app.funding.courses.models import Course
from app.funding.delivery import steps, telling
from app.funding.delivery.models import CourseStep
from app.funding.offers.queries import day_of
from app.funding.pledges import carrying
from app.policy.actor import Actor
from app.web.refusal import Refusal
from app.workflow import tables

PAID = ("schedule", "deliver")
"""Steps that a course would take with all of its cost covered."""
UNPAID = N_("Part of what the course costs is not covered. Tick that you know, or seek it first.")
MISSING = N_("Something that this step requires is not there yet.")
ENDS_BEFORE = N_("The last day cannot lie before the first.")
TOO_EARLY = N_("The course was not planned here yet on that day: it cannot have begun before.")
NOT_OVER = N_("Write a day that has come: the course is recorded once it is over.")


def take(
    actor: Actor, course: Course, verb: str, *, required: list[steps.Requirement], revision: int,
    is_known_unpaid: bool = False, **values: Any,
) -> None:  # fmt: skip
    """Take a step of a course. Raises NotNow, Stale or Refusal.

    Where money is missing the date is fixed, and the course held, only by whoever says to know that.
    """
    tables.COURSE.after(course.state, verb)
    if not all(each.is_met for each in required):
        raise Refusal(MISSING)
    if verb in PAID and standing.of_course(course.id).missing and not is_known_unpaid:
        raise Refusal(UNPAID, field="unpaid")
    carrying.advance(actor, course, verb, revision=revision, **values)
    db.session.execute(
        insert(CourseStep.__table__).values(course_id=course.id, verb=verb, at=clock.now())
    )
    telling.stepped(course.id, verb)


def real_days(
    course: Course, starts_on: date | None, ends_on: date | None, today: date
) -> dict[str, Any]:
    """The days on which a course was held, as they are kept. Raises Refusal."""
    if starts_on is None or ends_on is None:
        raise Refusal(MISSING, field="starts_on" if starts_on is None else "ends_on")
    if starts_on < day_of(course.created_at):
        raise Refusal(TOO_EARLY, field="starts_on")
    if ends_on < starts_on:
        raise Refusal(ENDS_BEFORE, field="ends_on")
    if ends_on > today:
        raise Refusal(NOT_OVER, field="ends_on")
    return {"starts_on": starts_on, "ends_on": ends_on}
