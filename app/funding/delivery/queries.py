"""What is on record of a course, as far as this actor may know of it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_

from app.db.errors import Missing
from app.extensions import db
from app.funding.courses import queries as courses
from app.funding.courses import sheets
from app.funding.courses.models import Course, CourseSeat
from app.funding.delivery.models import (
    Attendance,
    CourseEvaluation,
    CourseReplication,
    CourseSession,
    FollowUp,
    Nomination,
    NominationRow,
)
from app.funding.delivery.numbers import People, Turnout
from app.organisations.models import Organisation
from app.policy.actor import Actor

MOST = 200
"""How many rows one page shows at most; a course has far fewer."""


@dataclass
class Held:
    """A course with what the actor's own organisation is to it."""

    course: Course
    own_seats: int

    @property
    def id(self) -> str:
        return self.course.id

    @property
    def host_id(self) -> str | None:
        return self.course.host_id


def get(actor: Actor, course_id: str) -> Held:
    """A course for the Secretariat, its host, or a delegation with seats. Raises Missing."""
    own = (
        db.select(func.coalesce(func.sum(CourseSeat.seats), 0))
        .where(CourseSeat.course_id == Course.id,
               CourseSeat.organisation_id == actor.organisation_id)
        .correlate(Course)
        .scalar_subquery()
    )  # fmt: skip
    row = db.session.execute(
        db.select(Course, own).where(Course.id == course_id, courses.visible_to(actor))
    ).one_or_none()
    if row is None:
        raise Missing(course_id)
    return Held(row[0], int(row[1]))


def is_host(actor: Actor, course: Course) -> bool:
    return course.host_id == actor.organisation_id


def to_write(actor: Actor, course_id: str) -> Held:
    """A course whose record the Secretariat or its host writes. Raises Missing for all others."""
    held = get(actor, course_id)
    if not (actor.is_secretariat or is_host(actor, held.course)):
        raise Missing(course_id)
    return held


def with_seats(actor: Actor, course_id: str) -> Held:
    """A course that has seats for the actor's delegation. Raises Missing."""
    held = get(actor, course_id)
    if not held.own_seats:
        raise Missing(course_id)
    return held


@dataclass
class Part:
    """A session, or a question of the evaluation, with the course that it belongs to."""

    held: Held
    record: Any

    @property
    def host_id(self) -> str | None:
        return self.held.host_id


def sessions(course_id: str) -> list[Any]:
    """(CourseSession, who gives it) in the order of their hours."""
    return list(
        db.session.execute(
            db.select(CourseSession, Organisation)
            .outerjoin(Organisation, Organisation.id == CourseSession.provider_id)
            .where(CourseSession.course_id == course_id, CourseSession.removed_at.is_(None))
            .order_by(CourseSession.day, CourseSession.starts, CourseSession.id)
            .limit(MOST)
        )
    )


def session_to_write(actor: Actor, session_id: str) -> Part:
    """A session, for whoever writes the timetable of its course. Raises Missing."""
    part = _part(actor, CourseSession, session_id)
    if part.record.removed_at is not None:
        raise Missing(session_id)
    return part


def turnouts(actor: Actor, held: Held, lang: str) -> list[Turnout]:
    """Seats, nomination and attendance of each delegation that the actor may know of.

    The Secretariat knows all, a delegation itself, and the host besides those who told it.
    """
    seats = _seats(actor, held.id)
    nominated = {
        row.organisation_id: (_people(row), row.host_told)
        for row in db.session.execute(_nominated(actor, held))
    }
    came = {
        row.organisation_id: row
        for row in db.session.scalars(
            db.select(Attendance).where(Attendance.course_id == held.id, _may_attend(actor, held))
        )
    }
    known = _known({*seats, *nominated, *came})
    found = [
        _turnout(each, lang, seats.get(one, 0), nominated.get(one), came.get(one))
        for one, each in known.items()
    ]
    return sorted(found, key=lambda each: (each.name.casefold(), each.organisation_id))


@sheets.completions
def completed(course_ids: list[str]) -> dict[str, tuple[int, int]]:
    """Course -> how many came and how many finished, of all countries together."""
    sexes = ("women", "men", "not_stated")
    rows = db.session.execute(
        db.select(
            Attendance.course_id,
            func.sum(sum(getattr(Attendance, each) for each in sexes)),
            func.sum(sum(getattr(Attendance, f"finished_{each}") for each in sexes)),
        )
        .where(Attendance.course_id.in_(course_ids))
        .group_by(Attendance.course_id)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def _seats(actor: Actor, course_id: str) -> dict[str, int]:
    query = (
        db.select(CourseSeat.organisation_id, func.sum(CourseSeat.seats))
        .where(CourseSeat.course_id == course_id)
        .group_by(CourseSeat.organisation_id)
    )
    if not actor.is_secretariat:
        query = query.where(CourseSeat.organisation_id == actor.organisation_id)
    return {row[0]: int(row[1]) for row in db.session.execute(query)}


def _nominated(actor: Actor, held: Held) -> Any:
    return (
        db.select(Nomination.organisation_id, Nomination.host_told,
                  *(func.coalesce(func.sum(getattr(NominationRow, sex)), 0).label(sex)
                    for sex in ("women", "men", "not_stated")))
        .outerjoin(NominationRow, and_(NominationRow.course_id == Nomination.course_id,
                                       NominationRow.organisation_id == Nomination.organisation_id))
        .where(Nomination.course_id == held.id, _may_nominate(actor, held))
        .group_by(Nomination.organisation_id, Nomination.host_told)
    )  # fmt: skip


def _may_nominate(actor: Actor, held: Held) -> Any:
    """The condition under which a nomination exists for the actor."""
    if actor.is_secretariat:
        return db.true()
    own = Nomination.organisation_id == actor.organisation_id
    return or_(own, Nomination.host_told) if is_host(actor, held.course) else own


def _may_attend(actor: Actor, held: Held) -> Any:
    """The condition under which an attendance exists for the actor."""
    if actor.is_secretariat:
        return db.true()
    own = Attendance.organisation_id == actor.organisation_id
    if not is_host(actor, held.course):
        return own
    told = (
        db.select(Nomination.course_id)
        .where(Nomination.course_id == Attendance.course_id, Nomination.host_told,
               Nomination.organisation_id == Attendance.organisation_id)
        .exists()
    )  # fmt: skip
    return or_(own, told)


def _known(ids: set[str]) -> dict[str, Organisation]:
    rows = db.session.scalars(db.select(Organisation).where(Organisation.id.in_(sorted(ids))))
    return {row.id: row for row in rows}


def _people(row: Any, prefix: str = "") -> People:
    return People(*(int(getattr(row, prefix + sex)) for sex in ("women", "men", "not_stated")))


def _turnout(
    organisation: Organisation, lang: str, seats: int, nominated: tuple[People, bool] | None,
    came: Attendance | None,
) -> Turnout:  # fmt: skip
    return Turnout(
        organisation_id=organisation.id, name=organisation.name(lang),
        country=organisation.country or "", seats=seats,
        nominated=nominated[0] if nominated else None,
        host_told=bool(nominated and nominated[1]),
        came=_people(came) if came else None,
        finished=_people(came, "finished_") if came else None,
        reason=came.reason if came else "", note=came.note if came else "",
        revision=came.revision if came else 0,
    )  # fmt: skip


def people_of(course_id: str) -> dict[str, int]:
    """Delegation -> how many it nominated, or how many came where these were more."""
    found: dict[str, int] = {}
    for model in (NominationRow, Attendance):
        counted = func.sum(model.women + model.men + model.not_stated)
        rows = db.session.execute(
            db.select(model.organisation_id, counted)
            .where(model.course_id == course_id)
            .group_by(model.organisation_id)
        )
        for organisation_id, count in rows:
            found[organisation_id] = max(int(count), found.get(organisation_id, 0))
    return found


def nomination(actor: Actor, held: Held) -> tuple[Nomination | None, list[NominationRow]]:
    """What the actor's own delegation said of whom it sends."""
    found = db.session.get(Nomination, (held.id, actor.organisation_id), populate_existing=True)
    return found, nomination_rows(held, [actor.organisation_id]) if found else []


def nomination_rows(held: Held, organisation_ids: Sequence[str]) -> list[NominationRow]:
    """The rows of these delegations' nominations, in their order."""
    return list(
        db.session.scalars(
            db.select(NominationRow)
            .where(NominationRow.course_id == held.id,
                   NominationRow.organisation_id.in_(organisation_ids))
            .order_by(NominationRow.organisation_id, NominationRow.position)
        )
    )  # fmt: skip


def evaluations(course_id: str) -> list[CourseEvaluation]:
    """The questions of a course's evaluation, in the order in which they were written."""
    return list(
        db.session.scalars(
            db.select(CourseEvaluation)
            .where(CourseEvaluation.course_id == course_id)
            .order_by(CourseEvaluation.kind, CourseEvaluation.question_es, CourseEvaluation.id)
            .limit(MOST)
        )
    )


def evaluation_to_write(actor: Actor, evaluation_id: str) -> Part:
    """A question of an evaluation, for whoever writes it. Raises Missing."""
    return _part(actor, CourseEvaluation, evaluation_id)


def replications(actor: Actor, course_id: str) -> list[Any]:
    """(CourseReplication, its country): all for the Secretariat, a delegation's own for itself."""
    query = (
        db.select(CourseReplication, Organisation)
        .join(Organisation, Organisation.id == CourseReplication.organisation_id)
        .where(CourseReplication.course_id == course_id)
        .order_by(CourseReplication.held_on.desc(), CourseReplication.id)
        .limit(MOST)
    )
    if not actor.is_secretariat:
        query = query.where(CourseReplication.organisation_id == actor.organisation_id)
    return list(db.session.execute(query))


def follow_ups(actor: Actor, course_id: str) -> list[Any]:
    """(FollowUp, who was asked): all for the Secretariat, one's own for everybody else."""
    query = (
        db.select(FollowUp, Organisation)
        .join(Organisation, Organisation.id == FollowUp.organisation_id)
        .where(FollowUp.course_id == course_id)
        .order_by(FollowUp.side, Organisation.key)
        .limit(MOST)
    )
    if not actor.is_secretariat:
        query = query.where(FollowUp.organisation_id == actor.organisation_id)
    return list(db.session.execute(query))


def own_follow_up(actor: Actor, course_id: str) -> FollowUp:
    """The question to the actor's own organisation about a course. Raises Missing."""
    found = db.session.scalar(
        db.select(FollowUp).where(
            FollowUp.course_id == course_id, FollowUp.organisation_id == actor.organisation_id)
    )  # fmt: skip
    if found is None:
        raise Missing(course_id)
    return found


def _part(actor: Actor, model: Any, record_id: str) -> Part:
    found = db.session.scalar(db.select(model).where(model.id == record_id))
    if found is None:
        raise Missing(record_id)
    return Part(to_write(actor, found.course_id), found)
