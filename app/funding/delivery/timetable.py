"""How is the timetable of a course written, session by session?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import update

from app import clock
from app.audit import trail
from app.db.base import new_id
from app.db.changing import changed
from app.extensions import db
from app.formats.words import N_
from app.funding.courses import queries as courses
from app.funding.courses.actions import Stale
from app.funding.delivery.holding import hold
from app.funding.delivery.models import CourseSession
from app.funding.delivery.queries import Held
from app.organisations.models import Organisation
from app.policy.actor import Actor, OrganisationKind
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.refusal import Refusal
from app.workflow import tables

VERB = "timetable"
PROVIDERS = (OrganisationKind.SPONSOR, OrganisationKind.SECRETARIAT, OrganisationKind.DELEGATION)
OUTSIDE = N_("The course is held from its first to its last day; this day lies outside.")
BACKWARDS = N_("A session ends after it begins.")
NO_TOPIC = N_("Write what the session is about, in one of the languages at least.")
UNKNOWN = N_("Choose one of the list.")


@dataclass(frozen=True, kw_only=True)
class Terms:
    """A session as it was written."""

    day: date
    starts: time
    ends: time
    topic_es: str
    topic_en: str
    component: int | None = None
    provider_id: str | None = None


def write(
    actor: Actor, held: Held, terms: Terms, *, found: CourseSession | None = None, revision: int = 0
) -> None:
    """Add a session, or rewrite one as its page saw it. Raises Refusal, Stale or NotNow."""
    require(actor, Permission.DELIVERY_EDIT, held)
    held = hold(actor, held, VERB)
    _refuse_unfit(held, terms, found)
    values = {**vars(terms), "changed_at": clock.now()}
    if found is None:
        db.session.add(CourseSession(id=new_id(), course_id=held.id, revision=1, **values))
        db.session.flush()
    else:
        _change(held, found, revision, **values)
    _record(actor, held, "session-written")


def remove(actor: Actor, held: Held, found: CourseSession, *, revision: int) -> None:
    """Take a session out of the timetable as its page saw it. Raises Stale or NotNow."""
    require(actor, Permission.DELIVERY_EDIT, held)
    held = hold(actor, held, VERB)
    now = clock.now()
    _change(held, found, revision, removed_at=now, changed_at=now)
    _record(actor, held, "session-removed")


def _change(held: Held, session: CourseSession, revision: int, **values: Any) -> None:
    """Change a session from where its page saw it."""
    moved = changed(
        db.session(),
        update(CourseSession)
        .where(CourseSession.id == session.id, CourseSession.revision == revision,
               CourseSession.removed_at.is_(None))
        .values(revision=revision + 1, **values)
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    if not moved:
        raise Stale(tables.COURSE.name, held.course.state, VERB)


def providers(found: CourseSession | None = None) -> list[Organisation]:
    """Who may give a session; whoever stands there already stays, even where it has ended since."""
    known = courses.organisations(*PROVIDERS)
    if found is None or found.provider_id in {None, *(each.id for each in known)}:
        return known
    return [*known, db.session.get_one(Organisation, found.provider_id)]


def _refuse_unfit(held: Held, terms: Terms, found: CourseSession | None) -> None:
    first, last = held.course.starts_on, held.course.ends_on
    if (first and terms.day < first) or (last and terms.day > last):
        raise Refusal(OUTSIDE, field="day")
    if terms.ends <= terms.starts:
        raise Refusal(BACKWARDS, field="ends")
    if not (terms.topic_es or terms.topic_en):
        raise Refusal(NO_TOPIC, field="topic_es")
    parts = {part.position for part, _ in courses.components(held.id)}
    if terms.component is not None and terms.component not in parts:
        raise Refusal(UNKNOWN, field="component")
    if terms.provider_id and terms.provider_id not in {each.id for each in providers(found)}:
        raise Refusal(UNKNOWN, field="provider")


def _record(actor: Actor, held: Held, kind: str) -> None:
    trail.record(actor, kind, subject=("course", held.id))
