"""Whom does a command mean by a person's key, address or id?"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select

from app.accounts.models import Person
from app.extensions import db
from app.organisations.models import Membership, Organisation
from app.policy.actor import Actor, OrganisationKind, Role


class NoSuchActor(LookupError):
    """Nobody is meant, or it is not clear for which organisation; the message says so."""


def actor_of(person: str, organisation: str | None = None) -> Actor:
    """The person acting for the organisation with this key, or for the only one. Raises NoSuchActor."""
    found = db.session.execute(
        select(Person).where(or_(Person.key == person, Person.email == person, Person.id == person))
    ).scalar_one_or_none()
    if found is None:
        raise NoSuchActor("There is no such person.")
    places = _places(found, organisation)
    if len(places) != 1:
        keys = ", ".join(sorted(place.key for place in places)) or "none"
        raise NoSuchActor(f"Say for which organisation, with --as KEY: {keys}.")
    return _actor(found, places[0])


def organisation_id_of(key: str) -> str:
    """The id of the organisation with this key. Raises NoSuchActor."""
    found = db.session.execute(
        select(Organisation.id).where(Organisation.key == key)
    ).scalar_one_or_none()
    if found is None:
        raise NoSuchActor("There is no such organisation.")
    return found


def _places(person: Person, key: str | None) -> Sequence[Organisation]:
    here = (
        select(Organisation)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == person.id, Membership.ended_at.is_(None))
        .distinct()
    )
    if key:
        here = here.where(Organisation.key == key)
    return db.session.execute(here).scalars().all()


def _actor(person: Person, place: Organisation) -> Actor:
    roles = db.session.execute(
        select(Membership.role).where(
            Membership.person_id == person.id,
            Membership.organisation_id == place.id,
            Membership.ended_at.is_(None),
        )
    ).scalars()
    return Actor(
        person_id=person.id, session_id="", name=person.name, lang=person.lang,
        organisation_id=place.id, organisation_kind=OrganisationKind(place.kind),
        organisation_name=place.name(person.lang), country=place.country,
        roles=frozenset(Role(role) for role in roles),
    )  # fmt: skip
