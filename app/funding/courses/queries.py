"""Which courses exist for this actor, and what belongs to them?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_
from sqlalchemy.orm import aliased

from app.db.errors import Missing
from app.extensions import db
from app.funding.courses.models import (
    Course,
    CourseComponent,
    CourseCost,
    CourseHostWord,
    CourseInvitation,
    CourseRole,
    CourseSeat,
    CourseSheet,
    CourseSplit,
)
from app.funding.offers import queries as offers
from app.intake.models import Dossier, Version
from app.needs.models import Consent, Need, NeedFact
from app.organisations.models import Organisation
from app.policy.actor import Actor, OrganisationKind
from app.web.keyset import Page, page_of
from app.workflow.tables import COURSE

CHOSEN_FROM = 100
"""How many needs, sponsors or organisations one form offers."""
GONE = ("cancelled",)
_OTHER = aliased(CourseSheet)


@dataclass(frozen=True)
class SeatRow:
    """The seats of one need in a course, for those who may know of it."""

    need_id: str
    organisation_id: str
    seats: int
    reference: str
    title: str
    country: str
    name_es: str
    name_en: str
    asked: int
    sponsors: str
    """What its country consented to about sponsors: named, unnamed or none."""
    themes: str = ""
    """Codes of what it asks for, parted by spaces."""
    withheld: tuple[str, ...] = ()
    """Keys of what its country lets no sponsor see."""

    def name(self, lang: str) -> str:
        return self.name_en if lang == "en" else self.name_es


def visible_to(actor: Actor) -> Any:
    """The condition under which a course exists for somebody on this side of the wall."""
    return db.true() if actor.is_secretariat else concerns(actor.organisation_id)


def concerns(organisation_id: str) -> Any:
    """The condition under which a delegation hosts a course that is more than a plan, or has seats in it."""
    has_seats = (
        db.select(CourseSeat.course_id)
        .where(CourseSeat.course_id == Course.id, CourseSeat.organisation_id == organisation_id)
        .exists()
    )
    return and_(Course.state != "planned", or_(Course.host_id == organisation_id, has_seats))


def get(actor: Actor, course_id: str) -> Course:
    """A course for the Secretariat, or for a delegation that hosts it or has seats. Raises Missing."""
    course = db.session.scalar(db.select(Course).where(Course.id == course_id, visible_to(actor)))
    if course is None:
        raise Missing(course_id)
    return course


def replicated(actor: Actor, course: Course) -> Course | None:
    """The course that this one gives again, where it exists for the actor."""
    if course.replicates_id is None:
        return None
    original = db.select(Course).where(Course.id == course.replicates_id, visible_to(actor))
    return db.session.scalar(original)


def replicas(actor: Actor, course: Course) -> list[Course]:
    """Courses that give this one again and exist for the actor; before it was held there are none."""
    if not COURSE.may(course.state, "replicate"):
        return []
    return list(
        db.session.scalars(
            db.select(Course)
            .where(Course.replicates_id == course.id, visible_to(actor))
            .order_by(Course.created_at, Course.id)
            .limit(CHOSEN_FROM)
        )
    )


def list_courses(actor: Actor, state: str, after: str) -> Page:
    """Courses that exist for the actor, the newest first."""
    query = db.select(Course).where(visible_to(actor))
    if state:
        query = query.where(Course.state == state)
    return page_of(query, Course.created_at, Course.id, after)


def host(course: Course) -> Organisation | None:
    """Who hosts a course."""
    return db.session.get(Organisation, course.host_id) if course.host_id else None


def components(course_id: str) -> list[Any]:
    """The parts of a course in their order: (CourseComponent, its provider or None)."""
    return list(
        db.session.execute(
            db.select(CourseComponent, Organisation)
            .outerjoin(Organisation, Organisation.id == CourseComponent.provider_id)
            .where(CourseComponent.course_id == course_id)
            .order_by(CourseComponent.position)
        )
    )


def costs(course_id: str) -> dict[str, CourseCost]:
    """Cost line -> what it costs."""
    rows = db.session.scalars(db.select(CourseCost).where(CourseCost.course_id == course_id))
    return {row.line: row for row in rows}


def split(course_id: str) -> dict[str, list[str]]:
    """Cost line -> from whom it is expected."""
    found: dict[str, list[str]] = {}
    rows = db.session.scalars(
        db.select(CourseSplit)
        .where(CourseSplit.course_id == course_id)
        .order_by(CourseSplit.line, CourseSplit.payer)
    )
    for row in rows:
        found.setdefault(row.line, []).append(row.payer)
    return found


def roles(course_id: str) -> list[Any]:
    """(CourseRole, its organisation) in a fixed order."""
    return list(
        db.session.execute(
            db.select(CourseRole, Organisation)
            .join(Organisation, Organisation.id == CourseRole.organisation_id)
            .where(CourseRole.course_id == course_id)
            .order_by(CourseRole.role, Organisation.key)
        )
    )


def seats(actor: Actor, course_id: str) -> list[SeatRow]:
    """The seats of a course: all of them for the Secretariat, a delegation's own for itself."""
    return _seats(
        course_id,
        db.true() if actor.is_secretariat else CourseSeat.organisation_id == actor.organisation_id,
    )


def seats_held(course_id: str) -> list[Any]:
    """The seats of a course as they are kept: (need_id, organisation_id, seats)."""
    kept = db.select(CourseSeat.need_id, CourseSeat.organisation_id, CourseSeat.seats)
    return list(db.session.execute(kept.where(CourseSeat.course_id == course_id)))


def all_seats(course_id: str) -> list[SeatRow]:
    """The seats of a course, for what is done by itself and in nobody's name."""
    return _seats(course_id, db.true())


def _seats(course_id: str, condition: Any) -> list[SeatRow]:
    rows = db.session.execute(
        _needs()
        .add_columns(CourseSeat.seats)
        .join(CourseSeat, CourseSeat.need_id == Dossier.id)
        .where(CourseSeat.course_id == course_id, condition)
        .order_by(Organisation.key, Dossier.reference)
    )
    return [_seat_row(row) for row in rows]


def _needs() -> Any:
    """Needs with the version in force, what it asks and what its country consented to."""
    return (
        db.select(
            Dossier.id.label("need_id"), Dossier.organisation_id, Dossier.reference,
            Version.title, Organisation.country, Organisation.name_es, Organisation.name_en,
            func.coalesce(NeedFact.participants, 0).label("asked"),
            func.coalesce(Consent.sponsors, "none").label("sponsors"),
            func.coalesce(NeedFact.themes, "").label("themes"), Consent.withheld,
        )
        .join(Need, Need.id == Dossier.id)
        .join(Organisation, Organisation.id == Dossier.organisation_id)
        .outerjoin(Version, Version.id == Dossier.accepted_version_id)
        .outerjoin(NeedFact, NeedFact.version_id == Dossier.accepted_version_id)
        .outerjoin(Consent, Consent.version_id == Dossier.accepted_version_id)
    )  # fmt: skip


def _seat_row(row: Any) -> SeatRow:
    return SeatRow(
        need_id=row.need_id, organisation_id=row.organisation_id, seats=row.seats,
        reference=row.reference, title=row.title or "", country=row.country or "",
        name_es=row.name_es, name_en=row.name_en, asked=row.asked, sponsors=row.sponsors,
        themes=row.themes, withheld=tuple(row.withheld or ()),
    )  # fmt: skip


def needs_to_choose(actor: Actor, chosen: list[str] | None = None) -> list[Any]:
    """For the Secretariat: accepted needs of which a course may be made, the newest first."""
    if not actor.is_secretariat:
        return []
    query = _needs().where(
        Dossier.is_submitted, Dossier.accepted_version_id.is_not(None), Dossier.state != "withdrawn"
    )
    if chosen is not None:
        query = query.where(Dossier.id.in_(chosen))
    return list(
        db.session.execute(query.order_by(Dossier.changed_at.desc(), Dossier.id).limit(CHOSEN_FROM))
    )


def asked_of(need_ids: list[str]) -> dict[str, tuple[str, int]]:
    """Need -> (its delegation, the participants it asks for, as counted by the facts in force).

    Held until this transaction ends, so that two courses made at once do not give the same seats.
    """
    rows = db.session.execute(
        db.select(NeedFact.need_id, NeedFact.organisation_id, NeedFact.participants)
        .join(Dossier, Dossier.accepted_version_id == NeedFact.version_id)
        .where(NeedFact.need_id.in_(need_ids), Dossier.state != "withdrawn")
        .order_by(NeedFact.need_id)
        .with_for_update(of=NeedFact)
    )
    return {row.need_id: (row.organisation_id, row.participants) for row in rows}


def given_elsewhere(need_ids: list[str], course_id: str) -> dict[str, int]:
    """Need -> seats that other courses give it, cancelled ones apart."""
    rows = db.session.execute(
        db.select(CourseSeat.need_id, func.sum(CourseSeat.seats).label("seats"))
        .join(Course, Course.id == CourseSeat.course_id)
        .where(CourseSeat.need_id.in_(need_ids), Course.state.not_in(GONE), Course.id != course_id)
        .group_by(CourseSeat.need_id)
    )
    return {row.need_id: int(row.seats) for row in rows}


def organisations(*kinds: OrganisationKind) -> list[Organisation]:
    """Organisations of these kinds that are still there."""
    return list(
        db.session.scalars(
            db.select(Organisation)
            .where(Organisation.kind.in_([kind.value for kind in kinds]),
                   Organisation.ended_at.is_(None))
            .order_by(Organisation.key)
            .limit(CHOSEN_FROM)
        )
    )  # fmt: skip


def to_choose(standing: set[str], *kinds: OrganisationKind) -> list[Organisation]:
    """Organisations that may be chosen, and those that stand there already."""
    chosen = organisations(*kinds)
    left = standing - {one.id for one in chosen}
    if not left:
        return chosen
    return [*chosen, *db.session.scalars(db.select(Organisation).where(Organisation.id.in_(left)))]


def by_key() -> dict[str, str]:
    """Key of an organisation -> its id."""
    rows = db.session.execute(
        db.select(Organisation.key, Organisation.id).where(Organisation.ended_at.is_(None))
    )
    return {row.key: row.id for row in rows}


def host_word(course: Course) -> CourseHostWord | None:
    """What the host itself said of being named to sponsors, on this course."""
    return db.session.get(CourseHostWord, (course.id, course.host_id)) if course.host_id else None


def host_agreed(course: Course) -> bool:
    """Whether the host let sponsors be told: on this course, or else in every open offer to host."""
    return agreed_by(course, host_word(course))


def agreed_by(course: Course, word: CourseHostWord | None) -> bool:
    """The same, for somebody who has looked up its word on this course."""
    if word is not None:
        return word.named
    return course.host_id is not None and offers.host_agrees(course.host_id)


def is_newest(course_id: Any) -> Any:
    """The condition of the sheet that sponsors read now of a course, looked up for each row that names one."""
    newest = (
        db.select(func.max(_OTHER.number))
        .where(_OTHER.course_id == course_id)
        .correlate(course_id.class_)
        .scalar_subquery()
    )
    return and_(CourseSheet.course_id == course_id, CourseSheet.number == newest)


def newest_sheet(course_id: str) -> CourseSheet | None:
    """What sponsors read now of a course."""
    return db.session.scalars(
        db.select(CourseSheet)
        .where(CourseSheet.course_id == course_id)
        .order_by(CourseSheet.number.desc())
        .limit(1)
    ).one_or_none()


def invitations(course_id: str) -> list[Any]:
    """To whom a course was sent, when and why, and when each first opened it."""
    return list(
        db.session.execute(
            db.select(CourseInvitation, Organisation)
            .join(Organisation, Organisation.id == CourseInvitation.sponsor_id)
            .where(CourseInvitation.course_id == course_id)
            .order_by(CourseInvitation.sent_at, CourseInvitation.id)
            .limit(CHOSEN_FROM)
        )
    )


def held_before(course: Course) -> list[Any]:
    """Courses that were held and had a component of the same name: (id, title sponsors read, ends_on)."""
    names = db.select(CourseComponent.title_es).where(CourseComponent.course_id == course.id)
    same = db.select(CourseComponent.course_id).where(CourseComponent.title_es.in_(names))
    return list(
        db.session.execute(
            db.select(Course.id, CourseSheet.content["title"].label("title"), Course.ends_on)
            .join(Course, is_newest(Course.id))
            .where(Course.id.in_(same), Course.id != course.id,
                   Course.state.in_(("delivered", "evaluated", "closed")))
            .order_by(Course.ends_on.desc(), Course.id)
            .limit(5)
        )
    )  # fmt: skip


def concerned(course: Course) -> list[str]:
    """The delegations that a course concerns: those with seats, and its host."""
    return sorted({*seated(course), *([course.host_id] if course.host_id else [])})


def seated(course: Course) -> list[str]:
    """The delegations with seats in a course."""
    return list(
        db.session.scalars(
            db.select(CourseSeat.organisation_id)
            .where(CourseSeat.course_id == course.id)
            .distinct()
            .order_by(CourseSeat.organisation_id)
        )
    )
