"""Whom does a message reach: a person, the holders of a role, or somebody invited?"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement

from app import clock
from app.accounts.models import Invitation, Person
from app.extensions import db
from app.organisations.models import Membership, Organisation
from app.outbox.recipients import finds
from app.policy.actor import OrganisationKind, Role


@finds("person")
def person(person_id: str) -> Sequence[Person]:
    """The person, unless the account was closed."""
    found = db.session.get(Person, person_id)
    return [found] if found and found.active else []


@finds("role")
def holders(organisation_id: str, roles: str) -> Sequence[Person]:
    """Everybody who holds one of the roles in the organisation now."""
    return _holding(roles, Organisation.id == organisation_id)


@finds("kind")
def holders_in_kind(kind: str, roles: str) -> Sequence[Person]:
    """Everybody who holds one of the roles in any organisation of the kind now."""
    return _holding(roles, Organisation.kind == kind)


@finds("address")
def invited(invitation_id: str) -> Sequence[Invitation]:
    """Whoever is invited, as long as the invitation can be used."""
    found = db.session.get(Invitation, invitation_id)
    is_open = found and found.used_at is None and found.expires_at > clock.real_now()
    return [found] if found and is_open else []


def _holding(roles: str, of: ColumnElement[bool]) -> Sequence[Person]:
    holds = (
        db.select(Membership.person_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            of,
            Organisation.ended_at.is_(None),
            Membership.ended_at.is_(None),
            Membership.role.in_(roles.split(",")),
        )
    )
    people = db.select(Person).where(Person.active, Person.id.in_(holds)).order_by(Person.id)
    return db.session.execute(people).scalars().all()


def belonging(organisation_ids: Collection[str], roles: Collection[Role]) -> set[tuple[str, str]]:
    """(person, organisation) of everybody who holds one of the roles in these organisations now."""
    rows = db.session.execute(
        db.select(Membership.person_id, Membership.organisation_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id.in_(organisation_ids),
            Membership.role.in_(roles),
            Membership.ended_at.is_(None),
            Organisation.ended_at.is_(None),
            Person.active,
        )
        .distinct()
    )
    return {(row.person_id, row.organisation_id) for row in rows}


def secretariat_ids() -> list[str]:
    """The Secretariat's organisation, as a list of one."""
    of_kind = Organisation.kind == OrganisationKind.SECRETARIAT
    return list(db.session.scalars(db.select(Organisation.id).where(of_kind)))
