"""How does a sponsor ask who takes part in a course unnamed, and what does each country say?

That a country takes part is told to one sponsor, by an act of that country alone. Silence tells nothing,
for however long, and no sponsor learns that a country said no.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, update

from app import clock
from app.audit import trail
from app.db.changing import changed
from app.db.errors import Missing
from app.extensions import db
from app.funding.courses.models import (
    Course,
    CourseCountryTold,
    CourseCountryWord,
    CourseInvitation,
    CourseSeat,
)
from app.funding.courses.sheets import Content
from app.intake.models import Dossier
from app.needs.models import Consent
from app.needs.preview import NAMED
from app.organisations.models import Organisation
from app.outbox import post
from app.outbox.deeds import Write, deed
from app.policy.actor import Actor, OrganisationKind
from app.policy.engine import require
from app.policy.permissions import Permission
from app.policy.roles import CERTIFIERS, OFFICERS, SPONSORS
from app.workflow import tables
from app.workflow.machine import NotNow

ASKED = "course-ask-countries"
MOST = 100


@dataclass
class Asking:
    """A sponsor that asks who takes part, in front of a country that does and goes unnamed."""

    invitation: CourseInvitation
    course: Course
    sponsor: Organisation
    organisation_id: str
    """The country's delegation."""
    word: CourseCountryWord | None
    asked_at: datetime


def unnamed(content: Content) -> int:
    """How many countries take part whose names the sheet does not tell."""
    return int(content["countries_count"]) - len(content["countries"])


def told(invitation_id: str) -> list[CourseCountryTold]:
    """The countries that let this sponsor know that they take part, in the order of their codes."""
    return list(
        db.session.scalars(
            db.select(CourseCountryTold)
            .where(CourseCountryTold.invitation_id == invitation_id)
            .order_by(CourseCountryTold.country)
        )
    )


def ask(actor: Actor, invitation: CourseInvitation, content: Content) -> None:
    """A sponsor asks, once. Raises NotNow where it has asked, or where nobody goes unnamed."""
    require(actor, Permission.COUNTRY_ASK)
    asked = unnamed(content) and changed(
        db.session(),
        update(CourseInvitation)
        .where(CourseInvitation.id == invitation.id,
               CourseInvitation.sponsor_id == actor.organisation_id,
               CourseInvitation.countries_asked_at.is_(None))
        .values(countries_asked_at=clock.now())
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    if not asked:
        raise NotNow(tables.REVEAL.name, "asked", "ask")
    db.session.expire_all()
    trail.record(actor, "course-countries-asked", subject=("course_invitation", invitation.id))
    post.to_do(ASKED, invitation=invitation.id)


def _unnamed_seats(course_id: Any) -> Any:
    """The question which delegations have seats of a need on which they are not named to sponsors."""
    return (
        db.select(CourseSeat.organisation_id)
        .join(Dossier, Dossier.id == CourseSeat.need_id)
        .outerjoin(Consent, Consent.version_id == Dossier.accepted_version_id)
        .where(CourseSeat.course_id == course_id, func.coalesce(Consent.sponsors, "") != NAMED)
    )


@deed(ASKED)
def countries_are_asked(params: Mapping[str, Any]) -> Write:
    """Write to those who speak for each country that goes unnamed, and to the Secretariat."""
    invitation = db.session.get_one(CourseInvitation, params["invitation"])
    course_id = invitation.course_id
    asked = sorted(set(db.session.scalars(_unnamed_seats(course_id))))

    def write() -> None:
        for organisation_id in asked:
            post.to_roles(organisation_id, CERTIFIERS, "course-country-asked", course=course_id)
        post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, "course-countries-asked",
                     course=course_id)  # fmt: skip

    return write


def waiting(actor: Actor, *conditions: Any) -> list[Asking]:
    """Which sponsors ask to know that the actor's delegation takes part; who asked first, first."""
    mine = CourseSeat.organisation_id == actor.organisation_id
    rows = db.session.execute(
        db.select(CourseInvitation, Course, Organisation, CourseCountryWord)
        .join(Course, Course.id == CourseInvitation.course_id)
        .join(Organisation, Organisation.id == CourseInvitation.sponsor_id)
        .outerjoin(CourseCountryWord,
                   (CourseCountryWord.invitation_id == CourseInvitation.id)
                   & (CourseCountryWord.organisation_id == actor.organisation_id))
        .where(CourseInvitation.countries_asked_at.is_not(None),
               CourseInvitation.closed_at.is_(None),
               _unnamed_seats(Course.id).where(mine).correlate(Course).exists(), *conditions)
        .order_by(CourseInvitation.countries_asked_at, CourseInvitation.id)
        .limit(MOST)
    )  # fmt: skip
    return [
        Asking(each, course, sponsor, actor.organisation_id, word, each.countries_asked_at)
        for each, course, sponsor, word in rows
    ]


def of_course(actor: Actor, course_id: str) -> list[Asking]:
    """The same, of one course."""
    return waiting(actor, CourseInvitation.course_id == course_id)


def without_word(actor: Actor) -> list[Asking]:
    """The same, of all courses, where the delegation has not said its word."""
    return waiting(actor, CourseCountryWord.named.is_(None))


def get(actor: Actor, invitation_id: str) -> Asking:
    """A sponsor that asks the actor's delegation. Raises Missing."""
    found = waiting(actor, CourseInvitation.id == invitation_id)
    if not found:
        raise Missing(invitation_id)
    return found[0]


def words_of(course_id: str) -> dict[str, list[Any]]:
    """Invitation -> (CourseCountryWord, its delegation), for the Secretariat."""
    rows = db.session.execute(
        db.select(CourseCountryWord, Organisation)
        .join(CourseInvitation, CourseInvitation.id == CourseCountryWord.invitation_id)
        .join(Organisation, Organisation.id == CourseCountryWord.organisation_id)
        .where(CourseInvitation.course_id == course_id)
        .order_by(Organisation.key)
    )
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row[0].invitation_id, []).append(row)
    return found


def say(actor: Actor, asking: Asking, *, named: bool) -> None:
    """The country's own yes or no to this sponsor. Raises NotNow once it said yes: a name stays told."""
    require(actor, Permission.COUNTRY_REVEAL, asking)
    said, invitation = asking.word, asking.invitation
    if said is not None and (said.named or not named):
        raise NotNow(tables.REVEAL.name, "revealed" if said.named else "declined", "say")
    of = {"invitation_id": invitation.id, "organisation_id": actor.organisation_id}
    word = {"named": named, "said_by": actor.person_id, "said_at": clock.now()}
    if said is None:
        db.session.execute(insert(CourseCountryWord.__table__).values(**of, **word))
    else:
        db.session.execute(
            update(CourseCountryWord)
            .where(*[getattr(CourseCountryWord, name) == value for name, value in of.items()])
            .values(**word)
            .execution_options(synchronize_session=False)
        )
    if named:
        db.session.execute(insert(CourseCountryTold.__table__).values(
            invitation_id=invitation.id, country=actor.country, sponsor_id=invitation.sponsor_id,
            told_at=word["said_at"]))  # fmt: skip
        post.to_roles(invitation.sponsor_id, SPONSORS, "course-country-told",
                      invitation=invitation.id)  # fmt: skip
    db.session.expire_all()
    trail.record(actor, "course-country-named" if named else "course-country-unnamed",
                 subject=("course_invitation", invitation.id), owner=actor.organisation_id)  # fmt: skip
    post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, "course-country-word",
                 course=invitation.course_id)  # fmt: skip
