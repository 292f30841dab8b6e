"""Who may follow deadlines in a calendar of their own, by which secret, and which deadlines?

The secret is shown once and stored as a hash. Renewing it ends the one before; so does leaving the
organisation, for good: whoever comes back makes a new one. What is said is the reference of a call and an instant: no title, no answer, no country.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_

from app import clock
from app.accounts import tokens
from app.accounts.models import Person
from app.audit import trail
from app.calls.models import CalendarFeed, Call, CallInvitation
from app.db.errors import Missing
from app.db.scoping import Scope, Wall
from app.db.transactions import transaction
from app.extensions import db
from app.organisations.models import Membership, Organisation
from app.policy.actor import Actor, OrganisationKind, Role
from app.policy.engine import require
from app.policy.permissions import Permission

FOLLOWING = (
    Role.CONTRIBUTOR, Role.FOCAL_POINT, Role.ALTERNATE, Role.LEGAL_ADVISER, Role.OFFICER,
    Role.COORDINATOR,
)  # fmt: skip
"""Roles that read calls."""
KEPT = timedelta(days=90)
"""For how long a deadline that has passed stays in the calendar."""
MOST = 100


@dataclass(frozen=True)
class Follower:
    """Whoever a secret belongs to, for which organisation, as they stand now."""

    person_id: str
    organisation_id: str
    kind: OrganisationKind
    lang: str

    @property
    def scope(self) -> Scope:
        """The wall behind which their deadlines are read."""
        return Scope(Wall.ORGANISATION, self.organisation_id, self.kind.value, self.person_id)


def of_mine(actor: Actor) -> CalendarFeed | None:
    """The feed that the person has for the organisation acted for."""
    return db.session.get(CalendarFeed, (actor.person_id, actor.organisation_id))


def renew(actor: Actor) -> str:
    """A new secret, which is said this once; the one before no longer holds."""
    require(actor, Permission.CALL_READ_CALENDAR)
    secret, feed = tokens.new(), of_mine(actor)
    if feed is None:
        feed = CalendarFeed(person_id=actor.person_id, organisation_id=actor.organisation_id)
        db.session.add(feed)
    feed.token_hash, feed.created_at = tokens.digest(secret), clock.now()
    _record(actor, "calendar-renewed")
    return secret


def end(actor: Actor) -> None:
    """Let the secret no longer hold; without one nothing is done."""
    require(actor, Permission.CALL_READ_CALENDAR)
    feed = of_mine(actor)
    if feed is not None:
        db.session.delete(feed)
        _record(actor, "calendar-ended")


def follower(secret: str) -> Follower:
    """Whose secret this is, if they still read calls for that organisation. Raises Missing."""
    row = db.session.execute(
        db.select(Person.id, Person.lang, Organisation.id.label("organisation_id"),
                  Organisation.kind)
        .select_from(CalendarFeed)
        .join(Person, Person.id == CalendarFeed.person_id)
        .join(Organisation, Organisation.id == CalendarFeed.organisation_id)
        .join(Membership, and_(Membership.person_id == Person.id,
                               Membership.organisation_id == Organisation.id))
        .where(CalendarFeed.token_hash == tokens.digest(secret), Person.active,
               Organisation.ended_at.is_(None), Membership.ended_at.is_(None),
               Membership.created_at <= CalendarFeed.created_at,
               Membership.role.in_(FOLLOWING))
        .limit(1)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise Missing("calendar")
    return Follower(row.id, row.organisation_id, OrganisationKind(row.kind), row.lang)


def follow(secret: str, at: datetime) -> tuple[Follower, Sequence[Any]]:
    """Whose secret this is, and their deadlines, read behind their wall. Raises Missing."""
    who = follower(secret)
    db.session.rollback()  # whoever holds a secret has come as nobody
    with transaction(writing=False, scope=who.scope):
        return who, deadlines(who, at)


def deadlines(who: Follower, at: datetime) -> Sequence[Any]:
    """The calls that were announced to them: id, code, revision, and until when they may submit."""
    own = and_(
        CallInvitation.call_id == Call.id, CallInvitation.organisation_id == who.organisation_id
    )
    query = (
        db.select(Call.id, Call.code, Call.revision, Call.closes_at, CallInvitation.late_until)
        .where(Call.state != "draft", Call.closes_at > at - KEPT)
        .order_by(Call.closes_at, Call.id)
        .limit(MOST)
    )
    is_secretariat = who.kind is OrganisationKind.SECRETARIAT
    return db.session.execute(
        query.outerjoin(CallInvitation, own) if is_secretariat else query.join(CallInvitation, own)
    ).all()


def _record(actor: Actor, kind: str) -> None:
    trail.record(actor, kind, subject=("person", actor.person_id), owner=actor.organisation_id)
