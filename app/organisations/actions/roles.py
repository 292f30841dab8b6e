"""Who holds which role, from when until when?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app import clock
from app.accounts import actions as accounts
from app.accounts.factors import actions as factors
from app.accounts.models import Person
from app.audit import trail
from app.db.base import new_id
from app.extensions import db
from app.formats.words import N_
from app.organisations.models import Membership, Organisation
from app.organisations.queries import find_membership
from app.outbox import post
from app.policy.actor import ROLES_OF, Actor, OrganisationKind, Role
from app.policy.engine import Forbidden, allowed, require
from app.policy.permissions import Permission
from app.web.errors import Refusal

GIVEN_BY_FOCAL_POINT = frozenset(
    {Role.CONTRIBUTOR, Role.ALTERNATE, Role.MEMBER_READER, Role.LEGAL_ADVISER}
)
"""A focal point is designated by the country's note, which the Secretariat accepts; whoever opens
what is addressed to a unit, likewise."""
OF_A_UNIT = frozenset({Role.CASE_OFFICER, Role.CHILD_PROTECTION_OFFICER, Role.DOCUMENT_OFFICER})
DESIGNATED = frozenset({Role.FOCAL_POINT, Role.ALTERNATE})
"""Roles that rest on a note of the country."""


def roles_to_give(actor: Actor, organisation: Organisation) -> tuple[Role, ...]:
    """The roles that the actor may give in an organisation, in the order of the product's table."""
    fitting = ROLES_OF[OrganisationKind(organisation.kind)]
    if allowed(actor, Permission.PEOPLE_INVITE, organisation):
        return fitting
    if is_own_delegation(actor, organisation.id):
        return tuple(role for role in fitting if role in GIVEN_BY_FOCAL_POINT)
    return ()


def is_own_delegation(actor: Actor, organisation_id: str) -> bool:
    """Whether the actor looks after the people of this delegation."""
    return actor.organisation_id == organisation_id and allowed(actor, Permission.COLLEAGUES_INVITE)


def may_end(actor: Actor, membership: Membership) -> bool:
    """Whether the actor may end this role: a focal point every colleague's but a focal point's."""
    if allowed(actor, Permission.PEOPLE_INVITE, membership):
        return True
    own = is_own_delegation(actor, membership.organisation_id)
    return own and membership.role != Role.FOCAL_POINT


def give_role(
    actor: Actor | None, organisation: Organisation, person_id: str, role: Role, *,
    unit_id: str | None = None, note_number: str | None = None, note_date: date | None = None,
    note_file: str | None = None, accepted_by: str | None = None,
) -> Membership:  # fmt: skip
    """Let a person act for an organisation. The caller has asked whether they may.

    Raises Refusal when the person holds the role already.
    """
    membership = find_membership(person_id, organisation.id, role)
    if membership is None:
        membership = Membership(
            id=new_id(), person_id=person_id, organisation_id=organisation.id, role=role.value
        )
        db.session.add(membership)
    elif membership.ended_at is None:
        raise Refusal(N_("This person holds the role already."), field="role")
    membership.unit_id, membership.accepted_by = unit_id, accepted_by
    membership.note_number, membership.note_date = note_number, note_date
    membership.note_file = note_file
    membership.created_at, membership.ended_at = clock.now(), None
    trail.record(
        actor, "role-given", subject=("membership", membership.id), owner=organisation.id,
        detail={"person": person_id, "role": role.value, "unit": unit_id},
    )  # fmt: skip
    return membership


def end_role(actor: Actor, membership: Membership) -> None:
    """End a role; the person acts in it no more from the next request on.

    Raises Forbidden, or Refusal for the last coordinator.
    """
    if not may_end(actor, membership):
        raise Forbidden(Permission.PEOPLE_INVITE)
    if membership.role == Role.COORDINATOR:
        _keep_a_coordinator(besides=membership.person_id)
    membership.ended_at = clock.now()
    trail.record(
        actor, "role-ended", subject=("membership", membership.id),
        owner=membership.organisation_id,
        detail={"person": membership.person_id, "role": membership.role},
    )  # fmt: skip
    post.to_person(membership.person_id, "role-ended", membership=membership.id)


def suspend(actor: Actor, person: Person) -> None:
    """Close somebody's account in every browser. Raises Refusal for the last coordinator or oneself."""
    require(actor, Permission.PEOPLE_INVITE)
    if person.id == actor.person_id:
        raise Refusal(N_("You cannot suspend your own account."))
    _keep_a_coordinator(besides=person.id)
    accounts.suspend(actor, person)


def restore(actor: Actor, person: Person) -> None:
    """Let somebody sign in again."""
    accounts.restore(actor, person)


def reset_factor(actor: Actor, person: Person, reason: str) -> None:
    """Take away the second factors of somebody who lost theirs. Raises FactorNeeded, Refusal."""
    factors.reset(actor, person, reason)


def _keep_a_coordinator(*, besides: str) -> None:
    # Locked, so that of two coordinators who end each other's role at once one is refused.
    coordinators = db.session.scalars(
        select(Membership)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.role == Role.COORDINATOR, Membership.ended_at.is_(None), Person.active)
        .order_by(Membership.id)
        .with_for_update(of=Membership)
    ).all()
    if not any(held.person_id != besides for held in coordinators):
        raise Refusal(N_("This is the last coordinator. Name another one first."))
