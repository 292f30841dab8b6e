"""Which organisations are there, who acts for them, and who is invited to? Lists, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func

from app.accounts.factors.models import SPENT
from app.accounts.models import Invitation, Person
from app.extensions import db
from app.organisations.models import Membership, Organisation, Unit
from app.organisations.queries import is_open, seen_by_secretariat, within_sight
from app.policy.actor import Actor, OrganisationKind
from app.policy.roles import NEEDS_FACTOR
from app.web.keyset import Page, page_of


def list_organisations(actor: Actor, lang: str, kind: str, mark: str) -> Page:
    """Organisations by name, each with the number of people acting for it."""
    people = (
        db.select(func.count(func.distinct(Membership.person_id)))
        .where(Membership.organisation_id == Organisation.id, Membership.ended_at.is_(None))
        .scalar_subquery()
    )
    query = db.select(Organisation, people.label("people")).where(seen_by_secretariat(actor))
    if kind in set(OrganisationKind):
        query = query.where(Organisation.kind == kind)
    name = Organisation.name_en if lang == "en" else Organisation.name_es
    return page_of(query, name, Organisation.id, mark, ascending=True)


def list_members(actor: Actor, organisation_id: str, mark: str) -> Page:
    """Who acts for an organisation, by name: a row for each role, with the unit if it is of one."""
    query = (
        db.select(Membership, Person, Unit)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(Unit, Unit.id == Membership.unit_id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
            within_sight(actor, Membership.organisation_id),
        )
    )
    return page_of(query, Person.name, Membership.id, mark, ascending=True)


def list_without_factor(actor: Actor, mark: str) -> Page:
    """Who has a role that needs a second factor and can give none, by name: a row for each role."""
    query = (
        db.select(Membership, Person, Organisation)
        .join(Person, Person.id == Membership.person_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.role.in_(NEEDS_FACTOR),
            Membership.ended_at.is_(None),
            Organisation.ended_at.is_(None),
            Person.active,
            Person.factor_kinds.in_(("", SPENT)),
            seen_by_secretariat(actor),
        )
    )
    return page_of(query, Person.name, Membership.id, mark, ascending=True)


def list_invitations(actor: Actor, organisation_id: str, mark: str) -> Page:
    """Who has been invited to an organisation and has not answered, by name."""
    query = db.select(Invitation).where(
        Invitation.organisation_id == organisation_id,
        is_open(),
        within_sight(actor, Invitation.organisation_id),
    )
    return page_of(query, Invitation.name, Invitation.id, mark, ascending=True)


def list_units(actor: Actor, organisation_id: str, lang: str, mark: str) -> Page:
    """The named units of an organisation, by name."""
    query = db.select(Unit).where(
        Unit.organisation_id == organisation_id,
        Unit.ended_at.is_(None),
        within_sight(actor, Unit.organisation_id),
    )
    name = Unit.name_en if lang == "en" else Unit.name_es
    return page_of(query, name, Unit.id, mark, ascending=True)


def units_to_choose(actor: Actor, organisation_id: str) -> Sequence[Unit]:
    """The units that a role can be held in, for a list to choose from."""
    return db.session.scalars(
        db.select(Unit)
        .where(
            Unit.organisation_id == organisation_id,
            Unit.ended_at.is_(None),
            within_sight(actor, Unit.organisation_id),
        )
        .order_by(Unit.name_es, Unit.id)
        .limit(200)
    ).all()


def list_demonstration_people() -> Sequence[Row[Any]]:
    """Everybody one can be in the demonstration, with their organisation and roles."""
    return db.session.execute(
        db.select(Person, Organisation, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Person.key.is_not(None),
            Person.active,
            Membership.ended_at.is_(None),
            Organisation.ended_at.is_(None),
        )
        .order_by(Organisation.name_es, Organisation.id, Person.key, Membership.id)
    ).all()
