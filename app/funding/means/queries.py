"""Which courses could take a sponsor's money now? Read of sheets and standings alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import and_

from app.extensions import db
from app.funding.courses.figures import LineStanding, Standing, by_line
from app.funding.courses.lists import in_order
from app.funding.courses.models import CourseInvitation, CourseSheet, CourseStanding
from app.funding.courses.queries import is_newest
from app.funding.courses.sheets import REVIEWED
from app.funding.pledges.models import BESIDE, UNDECIDED, Pledge, PledgeLine
from app.funding.pledges.queries import FUNDED, PROMISED, last_state
from app.policy.actor import Actor
from app.workflow.tables import PLEDGE

MOST = 200
"""So many of the newest courses are reckoned with at once."""


@dataclass(frozen=True)
class Fundable:
    """A course that takes pledges: what its sheet says, and how far it is covered."""

    invitation_id: str
    course_id: str
    content: dict[str, Any]
    standing: Standing
    own: Mapping[str, Decimal]
    """Cost line -> what the sponsor offers already, in US dollars; a new offer takes its place."""

    def title(self, lang: str) -> str:
        return str(self.content["title"][lang])


def fundable(actor: Actor, today: date) -> list[Fundable]:
    """The courses sent to this sponsor that it can still pledge to, by their reference."""
    rows = [row for row in _sent(actor) if _takes_pledges(row, today)]
    standings = _standings([row.course_id for row in rows])
    own = _own([row.pledge_id for row in rows if row.pledge_id])
    found = [
        Fundable(
            row.id, row.course_id, row.content, standings[row.course_id], own.get(row.pledge_id, {})
        )
        for row in rows
        if row.course_id in standings
    ]
    return sorted(found, key=lambda each: each.content["reference"])


def _sent(actor: Actor) -> list[Any]:
    own = and_(Pledge.course_id == CourseInvitation.course_id, Pledge.state.in_(UNDECIDED),
               Pledge.organisation_id == actor.organisation_id)  # fmt: skip
    return list(
        db.session.execute(
            db.select(CourseInvitation.id, CourseInvitation.course_id, CourseSheet.content,
                      Pledge.state.label("state"), Pledge.id.label("pledge_id"),
                      last_state(actor, FUNDED).label("given"))
            .select_from(CourseInvitation)
            .join(CourseSheet, is_newest(CourseInvitation.course_id))
            .outerjoin(Pledge, own)
            .where(CourseInvitation.sponsor_id == actor.organisation_id,
                   CourseInvitation.closed_at.is_(None),
                   CourseInvitation.pledges_closed_at.is_(None))
            .order_by(CourseInvitation.sent_at.desc(), CourseInvitation.id)
            .limit(MOST)
        )
    )  # fmt: skip


def _takes_pledges(row: Any, today: date) -> bool:
    """Whether pledges are taken, and the sponsor may make its offer, a greater one, or one more."""
    if row.content.get(REVIEWED):
        return False
    last = row.content["decide_by"]
    is_open = last is None or today <= date.fromisoformat(last)
    if row.state is None:
        return is_open and row.given in (None, *BESIDE)
    return is_open and PLEDGE.may(row.state, "offer")


def _own(pledge_ids: list[str]) -> dict[str, dict[str, Decimal]]:
    """Pledge -> what its last offer gives to each line, while it counts as promised."""
    found: dict[str, list[tuple[str, Decimal]]] = {}
    rows = db.session.execute(
        db.select(PledgeLine.pledge_id, PledgeLine.line, PledgeLine.usd)
        .join(Pledge, and_(Pledge.id == PledgeLine.pledge_id, Pledge.round == PledgeLine.round))
        .where(PledgeLine.pledge_id.in_(pledge_ids), Pledge.state.in_(PROMISED))
    )
    for pledge_id, line, usd in rows:
        found.setdefault(pledge_id, []).append((line, usd))
    return {pledge_id: by_line(lines) for pledge_id, lines in found.items()}


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
