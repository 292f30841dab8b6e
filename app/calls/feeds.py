"""Who may follow deadlines and hours in a calendar of their own, by which secret, and which?

The secret is shown once and stored as a hash. Renewing it ends the one before; so does leaving the
organisation, for good: whoever comes back makes a new one. What is said is the reference of a call and an instant: no title, no answer, no country. Other features say theirs
in the same way (`Hours`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func

from app import clock
from app.accounts import tokens
from app.accounts.models import Person
from app.audit import trail
from app.calls.models import CalendarFeed, Call, CallInvitation, CallTakenBack
from app.db.errors import Missing
from app.db.scoping import Scope, Wall
from app.db.transactions import transaction
from app.extensions import db
from app.organisations.bearers import with_bearer
from app.organisations.models import Membership, Organisation
from app.policy.actor import Actor, OrganisationKind
from app.policy.engine import require
from app.policy.permissions import Permission
from app.policy.roles import OFFICERS, READERS

FOLLOWING = (*READERS, *OFFICERS)
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


@dataclass(frozen=True, kw_only=True)
class Close:
    """The last instant at which somebody's organisation may submit to a call, as it stands now.

    `revision` and `changed_at` grow with whatever this organisation is shown of the call, and with
    nothing that it is not: another's late permission leaves no trace here.
    """

    id: str
    code: str
    at: datetime
    revision: int
    changed_at: datetime
    is_late: bool = False
    """By late permission, for this delegation alone."""
    is_taken_back: bool = False


@dataclass(frozen=True, kw_only=True)
class Hours:
    """Hours that concern somebody's organisation; `revision` and `changed_at` grow as those of a close."""

    id: str
    reference: str
    words: str
    """A msgid that holds `%(reference)s`, and nothing that is not for other companies' servers."""
    at: datetime
    until: datetime
    revision: int
    changed_at: datetime
    is_cancelled: bool = False


Source = Callable[[Follower, datetime], Sequence[Hours]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a feature say hours, read behind the follower's wall."""
    if source not in _sources:
        _sources.append(source)


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
    whose = db.select(Person.id, Person.lang, Organisation.id.label("organisation_id"),
                      Organisation.kind)  # fmt: skip
    row = db.session.execute(
        with_bearer(whose, CalendarFeed, FOLLOWING)
        .where(CalendarFeed.token_hash == tokens.digest(secret),
               Membership.created_at <= CalendarFeed.created_at)
        .limit(1)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise Missing("calendar")
    return Follower(row.id, row.organisation_id, OrganisationKind(row.kind), row.lang)


def follow(secret: str, at: datetime) -> tuple[Follower, list[Close], list[Hours]]:
    """Whose secret this is, their deadlines and hours, read behind their wall. Raises Missing."""
    who = follower(secret)
    db.session.rollback()  # whoever holds a secret has come as nobody
    with transaction(writing=False, scope=who.scope):
        return who, closes(who, at), [each for source in _sources for each in source(who, at)]


def closes(who: Follower, at: datetime) -> list[Close]:
    """Until when they may submit to each call that was announced to them, and which was taken back."""
    announced = [_close(row) for row in _rows(_announced(), who, _last, at)]
    known = {close.id for close in announced}
    taken_back = [
        Close(id=row.call_id, code=row.code, at=row.closes_at, revision=row.revision,
              changed_at=row.created_at, is_taken_back=True)
        for row in _rows(_taken_back(), who, CallTakenBack.closes_at, at)
        if row.call_id not in known
    ]  # fmt: skip
    return sorted(announced + taken_back, key=lambda close: (close.at, close.id))


_last = func.coalesce(
    db.case((CallInvitation.late_until > Call.closes_at, CallInvitation.late_until)), Call.closes_at
)
"""The instant until which a delegation may submit."""


def _announced() -> Select[Any]:
    return db.select(
        Call.id, Call.code, Call.revision, Call.changed_at, Call.closes_at, _last.label("last"),
        CallInvitation.late_at, CallInvitation.late_times,
    ).where(Call.state != "draft")  # fmt: skip


def _taken_back() -> Select[Any]:
    """What was last read of the calls that were taken back, whether announced again since or not."""
    later = db.aliased(CallTakenBack)
    is_last = ~db.exists().where(
        later.call_id == CallTakenBack.call_id, later.revision > CallTakenBack.revision
    )
    return db.select(
        CallTakenBack.call_id, CallTakenBack.code, CallTakenBack.closes_at,
        CallTakenBack.revision, CallTakenBack.created_at,
    ).where(is_last)  # fmt: skip


def _rows(query: Select[Any], who: Follower, last: Any, at: datetime) -> Sequence[Any]:
    """Of the calls to which they are invited, for the Secretariat of all; the latest to close."""
    call_id = query.selected_columns[0]
    own = and_(
        CallInvitation.call_id == call_id, CallInvitation.organisation_id == who.organisation_id
    )
    is_secretariat = who.kind is OrganisationKind.SECRETARIAT
    invited = query.join(CallInvitation, own, isouter=is_secretariat)
    recent = invited.where(last > at - KEPT).order_by(last.desc(), call_id).limit(MOST)
    return db.session.execute(recent).all()


def _close(row: Any) -> Close:
    return Close(
        id=row.id, code=row.code, at=row.last, is_late=row.last > row.closes_at,
        revision=row.revision + (row.late_times or 0),
        changed_at=max(row.changed_at, row.late_at or row.changed_at),
    )  # fmt: skip


def _record(actor: Actor, kind: str) -> None:
    trail.record(actor, kind, subject=("person", actor.person_id), owner=actor.organisation_id)
