"""Which courses could take a sponsor's money now? Read of sheets and standings alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_

from app.extensions import db
from app.funding.courses.figures import LineStanding, Standing
from app.funding.courses.lists import in_order
from app.funding.courses.models import CourseInvitation, CourseSheet, CourseStanding
from app.funding.pledges.models import ENDED, Pledge
from app.policy.actor import Actor

UNDECIDED = (None, "interest", "returned")
"""Where a sponsor stands that has promised nothing to a course."""
MOST = 200
"""So many of the newest courses are reckoned with at once."""


@dataclass(frozen=True)
class Fundable:
    """A course that takes pledges: what its sheet says, and how far it is covered."""

    invitation_id: str
    course_id: str
    content: dict[str, Any]
    standing: Standing

    def title(self, lang: str) -> str:
        return str(self.content["title"][lang])


def fundable(actor: Actor, today: date) -> list[Fundable]:
    """The courses sent to this sponsor that it can still pledge to, by their reference."""
    rows = [row for row in _sent(actor) if _takes_pledges(row, today)]
    standings = _standings([row.course_id for row in rows])
    found = [
        Fundable(row.id, row.course_id, row.content, standings[row.course_id])
        for row in rows
        if row.course_id in standings
    ]
    return sorted(found, key=lambda each: each.content["reference"])


def _sent(actor: Actor) -> list[Any]:
    newest = (
        db.select(CourseSheet.course_id, db.func.max(CourseSheet.number).label("number"))
        .group_by(CourseSheet.course_id)
        .subquery()
    )
    own = and_(Pledge.course_id == CourseInvitation.course_id, Pledge.state.not_in(ENDED),
               Pledge.organisation_id == actor.organisation_id)  # fmt: skip
    return list(
        db.session.execute(
            db.select(CourseInvitation.id, CourseInvitation.course_id, CourseSheet.content,
                      Pledge.state.label("state"))
            .join(newest, newest.c.course_id == CourseInvitation.course_id)
            .join(CourseSheet, and_(CourseSheet.course_id == newest.c.course_id,
                                    CourseSheet.number == newest.c.number))
            .outerjoin(Pledge, own)
            .where(CourseInvitation.sponsor_id == actor.organisation_id,
                   CourseInvitation.closed_at.is_(None))
            .order_by(CourseInvitation.sent_at.desc(), CourseInvitation.id)
            .limit(MOST)
        )
    )  # fmt: skip


def _takes_pledges(row: Any, today: date) -> bool:
    """Whether pledges are taken and the sponsor has none there; an offer of its own is changed there."""
    last = row.content["decide_by"]
    is_open = last is None or today <= date.fromisoformat(last)
    return is_open and row.state in UNDECIDED


def _standings(course_ids: list[str]) -> dict[str, Standing]:
    """Course -> how far its lines are covered."""
    lines: dict[str, dict[str, LineStanding]] = {}
    rows = db.session.execute(
        db.select(CourseStanding.course_id, CourseStanding.line, CourseStanding.cost,
                  CourseStanding.funded, CourseStanding.promised)
        .where(CourseStanding.course_id.in_(course_ids))
    )  # fmt: skip
    for course_id, *line in rows:
        lines.setdefault(course_id, {})[line[0]] = LineStanding(*line)
    return {
        course_id: Standing(tuple(found[line] for line in in_order(set(found))))
        for course_id, found in lines.items()
    }
