"""How does a delegation say whom it sends: how many, of which profile and rank, and nobody's name?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, update

from app import clock
from app.audit import trail
from app.db.changing import changed
from app.extensions import db
from app.formats.words import N_
from app.funding.courses.actions import Stale
from app.funding.delivery.holding import hold
from app.funding.delivery.models import Nomination, NominationRow
from app.funding.delivery.numbers import NOBODY, People
from app.funding.delivery.queries import Held
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.refusal import Refusal
from app.workflow import tables

VERB = "nominate"
ROWS = 8
"""How many profiles one delegation names at most."""
NOBODY_NAMED = N_("Write at least one row: a profile, and how many people.")
TOO_MANY = N_("Your delegation has %(seats)s seats in this course; these are %(people)s people.")


@dataclass(frozen=True)
class Row:
    """People of one profile and rank."""

    profile: str
    rank: str
    people: People


def nominate(
    actor: Actor, held: Held, rows: Sequence[Row], *, host_told: bool, revision: int
) -> None:
    """Say whom the own delegation sends; it replaces what was said before. Raises Refusal or Stale."""
    require(actor, Permission.NOMINATE, held)
    held = hold(actor, held, VERB)
    total = sum((row.people for row in rows), NOBODY).total
    if not total:
        raise Refusal(NOBODY_NAMED, field="profile_1")
    if total > held.own_seats:
        raise Refusal(TOO_MANY, field="women_1", seats=held.own_seats, people=total)
    _put_down(actor, held, host_told=host_told, revision=revision)
    db.session.execute(
        delete(NominationRow)
        .where(NominationRow.course_id == held.id,
               NominationRow.organisation_id == actor.organisation_id)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    db.session.execute(insert(NominationRow.__table__), [
        {"course_id": held.id, "organisation_id": actor.organisation_id, "position": position,
         "profile": row.profile, "rank": row.rank, "women": row.people.women,
         "men": row.people.men, "not_stated": row.people.not_stated}
        for position, row in enumerate(rows, start=1)])  # fmt: skip
    trail.record(actor, "nominated", subject=("course", held.id), owner=actor.organisation_id,
                 detail={"rows": len(rows), "people": total})  # fmt: skip


def _put_down(actor: Actor, held: Held, *, host_told: bool, revision: int) -> None:
    values = {"host_told": host_told, "sent_by": actor.person_id, "sent_at": clock.now()}
    key = {"course_id": held.id, "organisation_id": actor.organisation_id}
    is_there = db.session.get(Nomination, (held.id, actor.organisation_id)) is not None
    if not is_there and revision == 0:
        db.session.execute(insert(Nomination.__table__).values(**key, **values, revision=1))
        return
    moved = changed(
        db.session(),
        update(Nomination)
        .where(Nomination.course_id == held.id, Nomination.revision == revision,
               Nomination.organisation_id == actor.organisation_id)
        .values(**values, revision=revision + 1)
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    if not moved:
        raise Stale(tables.COURSE.name, held.course.state, VERB)
