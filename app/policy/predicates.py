"""Which plain facts does the policy rest on? One line each.

A fact about the actor alone takes one argument; a fact about the actor and a record takes two and is
registered with `about_record`. A foreign record never gets this far: queries do not find it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.policy.actor import Actor, OrganisationKind, Role
from app.policy.roles import (
    CASE_OFFICERS,
    CERTIFIERS,
    CHILD_OFFICERS,
    DRAFTERS,
    OFFICERS,
    READERS,
    SPONSORS,
)

ActorFact = Callable[[Actor], bool]
RecordFact = Callable[[Actor, Any], bool]
RECORD_FACTS: set[RecordFact] = set()


def about_record(fact: RecordFact) -> RecordFact:
    """Mark a fact that also needs the record."""
    RECORD_FACTS.add(fact)
    return fact


def has_role(*roles: Role) -> ActorFact:
    """The actor holds one of these roles in the organisation acted for."""
    wanted = frozenset(roles)

    def holds(actor: Actor) -> bool:
        return bool(actor.roles & wanted)

    holds.__name__ = "has_role_" + "_or_".join(role.value for role in roles)
    return holds


def is_of(*kinds: OrganisationKind) -> ActorFact:
    """The actor acts for an organisation of one of these kinds."""

    def belongs(actor: Actor) -> bool:
        return actor.organisation_kind in kinds

    belongs.__name__ = "is_of_" + "_or_".join(kind.value for kind in kinds)
    return belongs


def is_anybody(actor: Actor) -> bool:
    return True


is_secretariat = is_of(OrganisationKind.SECRETARIAT)
is_delegation = is_of(OrganisationKind.DELEGATION)
is_sponsor = is_of(OrganisationKind.SPONSOR)
may_read_as_member = is_of(OrganisationKind.DELEGATION, OrganisationKind.PRESIDENCY)
is_coordinator = has_role(Role.COORDINATOR)
is_officer = has_role(*OFFICERS)
is_case_officer = has_role(*CASE_OFFICERS)
is_legal_adviser = has_role(Role.LEGAL_ADVISER)
is_child_officer = has_role(*CHILD_OFFICERS)
is_focal_point = has_role(*CERTIFIERS)
is_drafter = has_role(*DRAFTERS)
is_need_reader = has_role(*READERS)
is_pledger = has_role(Role.SPONSOR_PLEDGER)
is_sponsor_person = has_role(*SPONSORS)


@about_record
def is_own(actor: Actor, record: Any) -> bool:
    """The record belongs to the organisation acted for."""
    return record.organisation_id == actor.organisation_id


@about_record
def is_of_own_unit(actor: Actor, record: Any) -> bool:
    """The communication was drafted by, or addressed to, a unit in which the actor handles cases."""
    return record.organisation_id == actor.organisation_id and record.unit_id in actor.case_unit_ids


@about_record
def is_child_officer_there(actor: Actor, record: Any) -> bool:
    """The follow-up is of a unit in which the actor is a child-protection officer."""
    return (
        record.organisation_id == actor.organisation_id and record.unit_id in actor.child_unit_ids
    )


@about_record
def is_of_companion(actor: Actor, record: Any) -> bool:
    """The follow-up is of the person who travels with a child, not of the child."""
    return getattr(record, "is_of_companion", False) is True


@about_record
def is_on_behalf(actor: Actor, record: Any) -> bool:
    """The Secretariat drafts the record for its country, which has not yet answered for it."""
    return getattr(record, "on_behalf", False) is True


@about_record
def is_unconfirmed(actor: Actor, record: Any) -> bool:
    """The country has not said yet that it is so."""
    return getattr(record, "confirmed_at", None) is None


@about_record
def is_host(actor: Actor, record: Any) -> bool:
    """The organisation acted for hosts the course."""
    return getattr(record, "host_id", None) == actor.organisation_id


@about_record
def has_seats(actor: Actor, record: Any) -> bool:
    """The course has seats for the organisation acted for."""
    return getattr(record, "own_seats", 0) > 0
