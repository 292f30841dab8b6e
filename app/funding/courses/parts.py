"""Which part does an organisation have in a course apart from money, and does it confirm that?

What a role or a component says of it is the Secretariat's plan. The course that is sent to it asks; its
own word confirms or declines, with a reason. Who pays says so by a pledge, and the host by hosting.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, update

from app import clock
from app.audit import trail
from app.db.changing import changed
from app.extensions import db
from app.formats.words import N_
from app.funding.courses import queries
from app.funding.courses.models import Course, CourseInvitation, CoursePart
from app.needs.preview import hash_of
from app.organisations.models import Organisation
from app.outbox import post
from app.policy.actor import Actor, OrganisationKind
from app.policy.engine import require
from app.policy.permissions import Permission
from app.policy.roles import OFFICERS
from app.summaries import texts
from app.web.refusal import Refusal
from app.workflow import tables
from app.workflow.machine import NotNow

ROLES = ("content", "technical", "fund_seeker")
"""Roles that are a part without money."""
VERBS = {"confirmed": "confirm", "declined": "decline"}
MISSING_REASON = N_("Say in a sentence why.")


@dataclass
class Asked:
    """What a course asks of one organisation now, and the row in which its word is kept."""

    organisation: Organisation
    roles: list[str] = field(default_factory=list)
    components: list[int] = field(default_factory=list)
    titles: list[Any] = field(default_factory=list)
    """Of the components: title in Spanish, in English, and hours."""
    part: CoursePart | None = None
    """None where the course was not sent to it."""

    @property
    def hash(self) -> str:
        return hash_of({"roles": self.roles, "titles": self.titles})

    @property
    def state(self) -> str:
        """What it said; nothing where it was not asked, or asked something else than is planned now."""
        return self.part.state if self.part and self.part.hash == self.hash else ""


def of_course(course_id: str) -> list[Asked]:
    """Who has a part in a course, in the order of their keys; for the Secretariat."""
    return among(course_id, queries.roles(course_id), queries.components(course_id))


def among(course_id: str, roles: list[Any], components: list[Any]) -> list[Asked]:
    """The same, for somebody who has looked up its roles and components."""
    found: dict[str, Asked] = {}
    for each, organisation in roles:
        if each.role in ROLES:
            found.setdefault(organisation.id, Asked(organisation)).roles.append(each.role)
    for place, (part, provider) in enumerate(components, start=1):
        if provider is not None and provider.kind != OrganisationKind.DELEGATION.value:
            asked = found.setdefault(provider.id, Asked(provider))
            asked.components.append(place)
            asked.titles.append([part.title_es, part.title_en, f"{part.hours or ''}"])
    for row in _kept(course_id):
        if row.organisation_id in found:
            found[row.organisation_id].part = row
    return sorted(found.values(), key=lambda asked: asked.organisation.key)


def _kept(course_id: str) -> list[CoursePart]:
    return list(db.session.scalars(db.select(CoursePart).where(CoursePart.course_id == course_id)))


def ask(course: Course) -> None:
    """Ask those to whom the course was sent for their part, as sponsors read it from now on."""
    invited = {each.sponsor_id for each, _ in queries.invitations(course.id)}
    wanted = {each.organisation.id: each for each in of_course(course.id)}
    kept = {row.organisation_id for row in _kept(course.id)}
    for organisation_id, each in wanted.items():
        if organisation_id not in invited or (each.part and each.part.hash == each.hash):
            continue
        asked = {"roles": each.roles, "components": each.components, "hash": each.hash,
                 "reason": "", "asked_at": clock.now(), "said_by": None, "said_at": None}  # fmt: skip
        if each.part is None:
            db.session.execute(insert(CoursePart.__table__).values(
                course_id=course.id, organisation_id=organisation_id,
                state=tables.PART.initial, **asked))  # fmt: skip
        else:
            _move(each.part, "ask", **asked)
    for row in _kept(course.id):
        if row.organisation_id in kept - set(wanted) and tables.PART.may(row.state, "end"):
            _move(row, "end")


def own(actor: Actor, course_id: str) -> CoursePart | None:
    """What a course that was sent to the actor's organisation asks of it."""
    part = db.session.get(CoursePart, (course_id, actor.organisation_id))
    return part if part is not None and part.state != "ended" else None


def say(
    actor: Actor, invitation: CourseInvitation, *, answer: str, reason: str, shown: str
) -> None:
    """The organisation's own word on its part; `shown` is the hash of what its page asked."""
    require(actor, Permission.PLEDGE_WRITE)
    part = own(actor, invitation.course_id)
    if part is None or invitation.pledges_closed_at is not None or part.hash != shown:
        raise NotNow(tables.PART.name, part.state if part else "ended", "say")
    if answer not in VERBS:
        raise Refusal(N_("Choose an answer."), field="answer")
    verb = VERBS[answer]
    tables.PART.after(part.state, verb)
    reason = texts.read(reason, field="part_reason",
                        missing=MISSING_REASON if verb == "decline" else None)  # fmt: skip
    _move(part, verb, reason=reason, said_by=actor.person_id, said_at=clock.now())
    trail.record(actor, f"course-part-{verb}", subject=("course", invitation.course_id))
    post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, "course-part-said",
                 course=invitation.course_id)  # fmt: skip


def _move(part: CoursePart, verb: str, **values: Any) -> None:
    """Move it from where it was seen to stand. Raises NotNow where it stands elsewhere."""
    seen = part.state
    moved = changed(
        db.session(),
        update(CoursePart)
        .where(CoursePart.course_id == part.course_id, CoursePart.state == seen,
               CoursePart.organisation_id == part.organisation_id, CoursePart.hash == part.hash)
        .values(state=tables.PART.after(seen, verb), **values)
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    if not moved:
        raise NotNow(tables.PART.name, seen, verb)
    db.session.refresh(part)
