"""Which organisation, role, invitation or unit is this, if it is within the actor's sight?

The Secretariat sees them all; anybody else their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement

from app import clock
from app.accounts import tokens
from app.accounts.models import Invitation, Person
from app.db.errors import Missing
from app.extensions import db
from app.organisations.models import Membership, Organisation, Unit
from app.policy.actor import Actor, Role


def get(actor: Actor, organisation_id: str) -> Organisation:
    """An organisation, for the Secretariat. Raises Missing."""
    return _one(
        db.select(Organisation).where(
            Organisation.id == organisation_id, seen_by_secretariat(actor)
        )
    )


def get_own(actor: Actor) -> Organisation:
    """The organisation acted for."""
    return _one(db.select(Organisation).where(Organisation.id == actor.organisation_id))


def get_membership(actor: Actor, membership_id: str) -> Membership:
    """A role that somebody holds, in an organisation within the actor's sight. Raises Missing."""
    return _one(
        db.select(Membership).where(
            Membership.id == membership_id,
            Membership.ended_at.is_(None),
            within_sight(actor, Membership.organisation_id),
        )
    )


def get_invitation(actor: Actor, invitation_id: str) -> Invitation:
    """An invitation that can still be accepted. Raises Missing."""
    return _one(
        db.select(Invitation).where(
            Invitation.id == invitation_id,
            is_open(),
            within_sight(actor, Invitation.organisation_id),
        )
    )


def get_unit(actor: Actor, unit_id: str) -> Unit:
    """A unit, for the Secretariat. Raises Missing."""
    return _one(
        db.select(Unit).where(
            Unit.id == unit_id, Unit.ended_at.is_(None), seen_by_secretariat(actor)
        )
    )


def get_invited(token: str) -> Invitation:
    """The invitation of a link. Raises Missing when it has been used, withdrawn or has ended."""
    return _one(
        db.select(Invitation)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(
            Invitation.token_hash == tokens.digest(token),
            is_open(),
            Organisation.ended_at.is_(None),
        )
    )


def organisation_of(record: Membership | Invitation | Unit) -> Organisation:
    """The organisation of a record that was found within sight."""
    return _one(db.select(Organisation).where(Organisation.id == record.organisation_id))


def person_of(membership: Membership) -> Person:
    """Who holds a role that was found within sight."""
    return _one(db.select(Person).where(Person.id == membership.person_id))


def unit_of(membership: Membership) -> Unit | None:
    """The unit of a role that was found within sight, if it is of one."""
    return db.session.get(Unit, membership.unit_id) if membership.unit_id else None


def find_membership(person_id: str, organisation_id: str, role: Role) -> Membership | None:
    """The role of a person in an organisation, held now or once."""
    return db.session.scalar(
        db.select(Membership).where(
            Membership.person_id == person_id,
            Membership.organisation_id == organisation_id,
            Membership.role == role,
        )
    )


def is_member(person_id: str, organisation_id: str) -> bool:
    """Whether a person acts for an organisation in any role."""
    query = db.select(Membership.id).where(
        Membership.person_id == person_id,
        Membership.organisation_id == organisation_id,
        Membership.ended_at.is_(None),
    )
    return db.session.scalar(query.limit(1)) is not None


def list_holders(organisation_id: str, role: Role) -> Sequence[Membership]:
    """Who holds a role in an organisation now."""
    return db.session.scalars(
        db.select(Membership)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role == role,
            Membership.ended_at.is_(None),
        )
        .order_by(Membership.created_at, Membership.id)
    ).all()


def find_open_invitation(organisation_id: str, email: str, role: Role) -> Invitation | None:
    """An invitation of the same address to the same role that has not been answered."""
    return db.session.scalar(
        db.select(Invitation).where(
            Invitation.organisation_id == organisation_id,
            Invitation.email == email,
            Invitation.role == role,
            is_open(),
        )
    )


def find_demonstration_person(key: str) -> Person | None:
    """The person whom the demonstration offers under a short name."""
    return db.session.scalar(db.select(Person).where(Person.key == key, Person.active))


def within_sight(actor: Actor, organisation_id: Any) -> ColumnElement[bool]:
    """The rows of organisations that the actor sees: all for the Secretariat, else one's own."""
    return db.true() if actor.is_secretariat else organisation_id == actor.organisation_id


def seen_by_secretariat(actor: Actor) -> ColumnElement[bool]:
    """Every row for the Secretariat, none for anybody else."""
    return db.true() if actor.is_secretariat else db.false()


def is_open() -> ColumnElement[bool]:
    """The invitations that can still be accepted."""
    return db.and_(Invitation.used_at.is_(None), Invitation.expires_at > clock.real_now())


def _one(query: Any) -> Any:
    found = db.session.scalar(query)
    if found is None:
        raise Missing
    return found
