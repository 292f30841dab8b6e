"""What does the needs report say of courses: what they cost, and what is funded, promised and missing?

Members read of a course where they are shown each need that has seats in it, of whatever call: from
a line by participant follows how many seats there are, and so how many people a need asks for.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, exists, func, or_, select, true

from app.extensions import db
from app.funding.courses.lists import COST_LINES, in_order
from app.funding.courses.models import CourseNeed, CourseStandingChange
from app.reports.counted import CONSENT, FACT, SHOWN_TO_MEMBERS, in_force
from app.reports.figures import MEMBERS, Audience
from app.reports.funded import FundedLine, Funding, tells_funding

_CHANGE, _NEED = CourseStandingChange.__table__, CourseNeed.__table__
_OTHER = _NEED.alias("other")


@tells_funding
def told(call_id: str, at: datetime, audience: Audience) -> Funding:
    """Over all courses sent to sponsors that had seats for needs of the call then, each whole and once."""
    served = _served(call_id, at, audience)
    found = db.session.execute(_statement(served, at)).all()
    rows = {row.line: row for row in found if row.line is not None}
    words = {code.key: code.label for code in COST_LINES.codes}
    lines = tuple(
        FundedLine(label=words[line], cost=rows[line].cost, funded=rows[line].funded,
                   promised=rows[line].promised)
        for line in in_order({line for line, row in rows.items() if row.cost})
    )  # fmt: skip
    counts = found[0]
    if audience == MEMBERS:
        return Funding(lines=lines, left_out=counts.courses - counts.told)
    return Funding(lines=lines, courses=counts.courses, shared=counts.shared, left_out=0)


def _served(call_id: str, at: datetime, audience: Audience) -> FromClause:
    """The courses that served the call, whether readers are told of each, and if it serves another."""
    elsewhere = exists().where(
        _OTHER.c.course_id == _NEED.c.course_id, _OTHER.c.call_id != call_id, _stands(_OTHER, at)
    )
    hidden = exists().where(
        _OTHER.c.course_id == _NEED.c.course_id, _stands(_OTHER, at), ~_is_shown(at)
    )
    return (
        select(
            _NEED.c.course_id.label("id"),
            (~hidden if audience == MEMBERS else true()).label("is_told"),
            elsewhere.label("is_shared"),
        )
        .where(_NEED.c.call_id == call_id, _stands(_NEED, at))
        .distinct()
        .subquery()
    )


def _is_shown(at: datetime) -> ColumnElement[bool]:
    """Whether members are shown the need of a row, by its version in force."""
    return (
        exists()
        .select_from(FACT.join(CONSENT, CONSENT.c.version_id == FACT.c.version_id))
        .where(FACT.c.need_id == _OTHER.c.need_id, in_force(at), SHOWN_TO_MEMBERS)
        .correlate(_OTHER)
    )


def _statement(served: FromClause, at: datetime) -> Any:
    """The sums of each line beside how many courses there are; these alone where no line has a cost."""
    counts = select(
        func.count().label("courses"),
        func.count().filter(served.c.is_told).label("told"),
        func.count().filter(served.c.is_shared).label("shared"),
    ).select_from(served).subquery()  # fmt: skip
    lines = _by_line(served, at).subquery()
    return select(counts, lines).select_from(counts.outerjoin(lines, true()))


def _by_line(served: FromClause, at: datetime) -> Any:
    """The sums of the last record of each line of each course at or before the instant."""
    of_told = select(served.c.id).where(served.c.is_told)
    last = (
        select(_CHANGE.c.course_id, _CHANGE.c.line, func.max(_CHANGE.c.number).label("number"))
        .where(_CHANGE.c.at <= at, _CHANGE.c.course_id.in_(of_told))
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


def _stands(table: Any, at: datetime) -> ColumnElement[bool]:
    return and_(table.c.valid_from <= at, or_(table.c.valid_to.is_(None), table.c.valid_to > at))
