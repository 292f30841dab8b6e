"""Who has this address, and what belongs to the account of the person who asks?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, or_

from app import clock
from app.accounts.lifetimes import carried_since, idle_since
from app.accounts.models import Person, SignIn
from app.db.errors import Missing
from app.db.types import Instant
from app.extensions import db
from app.policy.actor import Actor

LISTED = 25


@dataclass(frozen=True)
class Known:
    """A person as far as signing in needs them; holds no lock and lives on without a transaction."""

    id: str
    name: str
    email: str
    password: str | None
    active: bool


def find_by_address(address: str) -> Known | None:
    """The person with this address, before it is known who asks."""
    return _known(Person.email == address.casefold())


def find_myself(actor: Actor) -> Known | None:
    """The person who asks, as far as their password goes."""
    return _known(Person.id == actor.person_id)


def _known(condition: ColumnElement[bool]) -> Known | None:
    columns = (Person.id, Person.name, Person.email, Person.password, Person.active)
    found = db.session.execute(db.select(*columns).where(condition)).one_or_none()
    return Known(*found) if found else None


def get_me(actor: Actor) -> Person:
    """The person who asks."""
    person = db.session.get(Person, actor.person_id)
    if person is None:
        raise Missing
    return person


def is_alive() -> ColumnElement[bool]:
    """Which sign-ins still hold: not ended, not idle for too long, not too old.

    The moments are looked up when the statement runs, so that a statement can be made once.
    """
    return and_(
        SignIn.ended_at.is_(None),
        SignIn.seen_at > bindparam("idle_since", callable_=idle_since, type_=Instant),
        SignIn.expires_at
        > bindparam("real_now", callable_=lambda: clock.real_now(), type_=Instant),
    )


def is_carried() -> ColumnElement[bool]:
    """Which sign-in has the token whose hash is `digest`, or had it until a minute ago."""
    before = bindparam("carried_since", callable_=carried_since, type_=Instant)
    return or_(
        SignIn.token_hash == bindparam("digest"),
        and_(SignIn.former_hash == bindparam("digest"), SignIn.factor_at > before),
    )


def list_sign_ins(actor: Actor) -> Sequence[SignIn]:
    """The browsers in which the actor is signed in, the one seen last first."""
    return db.session.scalars(
        db.select(SignIn)
        .where(SignIn.person_id == actor.person_id, is_alive())
        .order_by(SignIn.seen_at.desc(), SignIn.id)
        .limit(LISTED)
    ).all()


def get_sign_in(actor: Actor, sign_in_id: str) -> SignIn:
    """A browser in which the actor is signed in. Raises Missing."""
    found = db.session.scalar(
        db.select(SignIn).where(
            SignIn.id == sign_in_id, SignIn.person_id == actor.person_id, is_alive()
        )
    )
    if found is None:
        raise Missing
    return found
