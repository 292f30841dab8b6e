"""What was true of a course at an instant: how far its lines were covered, which needs it served?

Whoever changes a line or the seats writes it down here in the same transaction, a sponsor's pledge
too; so the funding of a call can be told as of any moment.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ScalarSelect, func, insert, literal, select, update

from app import clock, money
from app.db.adding import add_selected
from app.db.base import new_id
from app.db.types import Instant
from app.extensions import db
from app.funding.courses.models import (
    Course,
    CourseNeed,
    CourseSeat,
    CourseStanding,
    CourseStandingChange,
)
from app.intake.models import Dossier

UNSERVED = ("planned", "cancelled")
_CHANGE, _STANDING = CourseStandingChange.__table__, CourseStanding.__table__


def keep(course_id: str) -> None:
    """Write down how far the lines are covered that have changed.

    One statement that reads the lines as they were left, so that a sponsor needs to read no record; the
    time is taken while they are held, so that records stand in the order of their times.
    """
    names = ("course_id", "line", "changes", "cost", "funded", "promised")
    now = select(*(_STANDING.c[name] for name in names), literal(clock.now(), Instant))
    add_selected(
        _CHANGE,
        ("course_id", "line", "number", "cost", "funded", "promised", "at"),
        now.where(_STANDING.c.course_id == course_id),
    )


def keep_end(course_id: str, line: str) -> None:
    """Write down that a line costs nothing any more."""
    db.session.execute(insert(_CHANGE).values(
        course_id=course_id, line=line, number=next_number(course_id, line), cost=money.ZERO,
        funded=money.ZERO, promised=money.ZERO, at=clock.now()))  # fmt: skip


def next_number(course_id: str, line: str) -> ScalarSelect[Any]:
    """The number after that of a line's newest record."""
    newest = select(func.coalesce(func.max(_CHANGE.c.number), 0) + 1)
    return newest.where(_CHANGE.c.course_id == course_id, _CHANGE.c.line == line).scalar_subquery()


def serve(course: Course) -> None:
    """Let the needs that a course serves be those with seats in it, as long as sponsors hold it.

    What is only planned is nobody's cost yet, and what was cancelled nobody's any more.
    """
    wanted: dict[str, Any] = {}
    if course.state not in UNSERVED:
        rows = db.session.execute(
            select(CourseSeat.need_id, Dossier.call_id)
            .join(Dossier, Dossier.id == CourseSeat.need_id)
            .where(CourseSeat.course_id == course.id, Dossier.call_id.is_not(None))
        )
        wanted = {row.need_id: row.call_id for row in rows}
    now = (CourseNeed.course_id == course.id, CourseNeed.valid_to.is_(None))
    held = set(db.session.scalars(select(CourseNeed.need_id).where(*now)))
    if ended := sorted(held - wanted.keys()):
        db.session.execute(
            update(CourseNeed)
            .where(*now, CourseNeed.need_id.in_(ended))
            .values(valid_to=clock.now())
            .execution_options(synchronize_session=False)
        )
    if begun := sorted(wanted.keys() - held):
        rows_begun = [{"id": new_id(), "course_id": course.id, "need_id": need_id,
                       "call_id": wanted[need_id], "valid_from": clock.now()}
                      for need_id in begun]  # fmt: skip
        db.session.execute(insert(CourseNeed.__table__), rows_begun)
