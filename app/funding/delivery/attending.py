"""How is it written down who came, and who finished? Never more than there were seats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, update

from app import clock
from app.audit import trail
from app.db.changing import changed
from app.extensions import db
from app.formats.words import N_
from app.funding.courses.actions import Stale
from app.funding.delivery import queries
from app.funding.delivery.codes import REASONS
from app.funding.delivery.holding import hold
from app.funding.delivery.models import Attendance
from app.funding.delivery.numbers import People, Turnout
from app.funding.delivery.queries import Held
from app.funding.offers.queries import today
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.refusal import Refusal
from app.workflow import tables
from app.workflow.machine import NotNow

VERB = "attend"
TOO_EARLY = N_("The course has not begun yet.")
TOO_MANY = N_("There are %(most)s seats for this delegation; more cannot have come.")
MORE_FINISHED = N_("More cannot have finished than came, women, men and not stated each.")
WHY = N_("Choose why somebody did not finish.")


@dataclass(frozen=True, kw_only=True)
class Came:
    """Who came and who finished, as it was written."""

    came: People
    finished: People
    reason: str = ""
    note: str = ""


def most_of(turnout: Turnout) -> int:
    """How many can have come: as many as there are seats, for a host as many as were nominated."""
    return turnout.seats or (turnout.nominated.total if turnout.nominated else 0)


def attend(actor: Actor, held: Held, turnout: Turnout, told: Came, *, revision: int) -> None:
    """Write down the attendance of one delegation. Raises Refusal, Stale or NotNow."""
    require(actor, Permission.DELIVERY_EDIT, held)
    held = hold(actor, held, VERB)
    turnout = _as_it_stands(actor, held, turnout)
    _refuse_unfit(held, turnout, told)
    values: dict[str, Any] = {
        "women": told.came.women, "men": told.came.men, "not_stated": told.came.not_stated,
        "finished_women": told.finished.women, "finished_men": told.finished.men,
        "finished_not_stated": told.finished.not_stated,
        "reason": told.reason if (told.came - told.finished).total else "", "note": told.note,
        "recorded_by": actor.person_id, "recorded_at": clock.now(),
    }  # fmt: skip
    if not turnout.is_recorded and revision == 0:
        db.session.execute(insert(Attendance.__table__).values(
            course_id=held.id, organisation_id=turnout.organisation_id, revision=1, **values))  # fmt: skip
    elif not changed(
        db.session(),
        update(Attendance)
        .where(Attendance.course_id == held.id, Attendance.revision == revision,
               Attendance.organisation_id == turnout.organisation_id)
        .values(**values, revision=revision + 1)
        .execution_options(synchronize_session=False),
    ):  # fmt: skip
        raise Stale(tables.COURSE.name, held.course.state, VERB)
    trail.record(actor, "attendance-recorded", subject=("course", held.id),
                 owner=turnout.organisation_id, detail={"came": told.came.total,
                                                        "finished": told.finished.total})  # fmt: skip


def _as_it_stands(actor: Actor, held: Held, shown: Turnout) -> Turnout:
    """Its seats and nomination while the course is held. Raises NotNow where it lets nobody know any more."""
    for each in queries.turnouts(actor, held, "es"):  # its name is not asked
        if each.organisation_id == shown.organisation_id:
            return each
    raise NotNow(tables.COURSE.name, held.course.state, VERB)


def _refuse_unfit(held: Held, turnout: Turnout, told: Came) -> None:
    if held.course.starts_on is None or held.course.starts_on > today():
        raise Refusal(TOO_EARLY, field="women")
    if told.came.total > most_of(turnout):
        raise Refusal(TOO_MANY, field="women", most=most_of(turnout))
    if not told.finished.within(told.came):
        raise Refusal(MORE_FINISHED, field="finished_women")
    if (told.came - told.finished).total and told.reason not in REASONS:
        raise Refusal(WHY, field="reason")
