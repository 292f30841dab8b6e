"""What was true of a course at an instant: how far its lines were covered, which calls it served?

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
    CourseCall,
    CourseSeat,
    CourseStanding,
    CourseStandingChange,
)
from app.intake.models import Dossier

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


def serve(course_id: str) -> None:
    """Let the calls that a course serves be those of the needs that have seats in it."""
    wanted: set[Any] = set(
        db.session.scalars(
            select(Dossier.call_id)
            .join(CourseSeat, CourseSeat.need_id == Dossier.id)
            .where(CourseSeat.course_id == course_id, Dossier.call_id.is_not(None))
            .distinct()
        )
    )
    held = set(db.session.scalars(select(CourseCall.call_id).where(*_now(course_id))))
    _end(course_id, held - wanted)
    if begun := sorted(wanted - held):
        now = clock.now()
        rows = [{"id": new_id(), "course_id": course_id, "call_id": call, "valid_from": now}
                for call in begun]  # fmt: skip
        db.session.execute(insert(CourseCall.__table__), rows)


def serve_none(course_id: str) -> None:
    """A cancelled course serves no call."""
    _end(course_id, set(db.session.scalars(select(CourseCall.call_id).where(*_now(course_id)))))


def _end(course_id: str, calls: set[str]) -> None:
    if calls:
        db.session.execute(
            update(CourseCall)
            .where(*_now(course_id), CourseCall.call_id.in_(sorted(calls)))
            .values(valid_to=clock.now())
            .execution_options(synchronize_session=False)
        )


def _now(course_id: str) -> tuple[Any, ...]:
    return (CourseCall.course_id == course_id, CourseCall.valid_to.is_(None))
