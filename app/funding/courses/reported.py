"""What does the needs report say of courses: what they cost, and what is funded, promised and missing?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true

from app.extensions import db
from app.funding.courses.lists import COST_LINES, in_order
from app.funding.courses.models import CourseCall, CourseStandingChange
from app.reports.figures import FULL, Audience
from app.reports.funded import FundedLine, Funding, tells_funding

_CHANGE, _SERVED = CourseStandingChange.__table__, CourseCall.__table__
_OTHER = _SERVED.alias("other")


@tells_funding
def told(call_id: str, at: datetime, audience: Audience) -> Funding:
    """Over all courses that had seats for needs of the call then, each whole and once."""
    found = db.session.execute(_statement(call_id, at)).all()
    rows = {row.line: row for row in found if row.line is not None}
    words = {code.key: code.label for code in COST_LINES.codes}
    lines = tuple(
        FundedLine(label=words[line], cost=rows[line].cost, funded=rows[line].funded,
                   promised=rows[line].promised)
        for line in in_order({line for line, row in rows.items() if row.cost})
    )  # fmt: skip
    if audience != FULL:
        return Funding(lines=lines)
    return Funding(lines=lines, courses=found[0].courses, shared=found[0].shared)


def _statement(call_id: str, at: datetime) -> Any:
    """The sums of each line beside how many courses there are; these alone where no line has a cost."""
    counts, lines = _counted(call_id, at).subquery(), _by_line(call_id, at).subquery()
    return select(counts, lines).select_from(counts.outerjoin(lines, true()))


def _by_line(call_id: str, at: datetime) -> Any:
    """The sums of the last record of each line of each course at or before the instant."""
    served = select(_SERVED.c.course_id).where(_served(_SERVED, call_id, at))
    last = (
        select(_CHANGE.c.course_id, _CHANGE.c.line, func.max(_CHANGE.c.number).label("number"))
        .where(_CHANGE.c.at <= at, _CHANGE.c.course_id.in_(served))
        .group_by(_CHANGE.c.course_id, _CHANGE.c.line)
        .subquery()
    )
    newest = and_(
        _CHANGE.c.course_id == last.c.course_id,
        _CHANGE.c.line == last.c.line,
        _CHANGE.c.number == last.c.number,
    )
    sums = (func.sum(_CHANGE.c[name]).label(name) for name in ("cost", "funded", "promised"))
    return (
        select(_CHANGE.c.line, *sums)
        .select_from(_CHANGE.join(last, newest))
        .group_by(_CHANGE.c.line)
    )


def _counted(call_id: str, at: datetime) -> Any:
    """How many courses served the call, and how many of them another one too."""
    elsewhere = exists().where(
        _OTHER.c.course_id == _SERVED.c.course_id,
        _OTHER.c.call_id != call_id,
        _in_force(_OTHER, at),
    )
    return select(
        func.count().label("courses"), func.count().filter(elsewhere).label("shared")
    ).where(_served(_SERVED, call_id, at))


def _served(table: Any, call_id: str, at: datetime) -> ColumnElement[bool]:
    return and_(table.c.call_id == call_id, _in_force(table, at))


def _in_force(table: Any, at: datetime) -> ColumnElement[bool]:
    return and_(table.c.valid_from <= at, or_(table.c.valid_to.is_(None), table.c.valid_to > at))
