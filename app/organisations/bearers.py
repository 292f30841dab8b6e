"""Does the person for whom a secret was made still hold a role in the organisation it was made for?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, and_

from app.accounts.models import Person
from app.organisations.models import Membership, Organisation
from app.policy.actor import Role


def with_bearer(query: Select[Any], secret: Any, roles: Collection[Role]) -> Select[Any]:
    """The question about a secret, answered only while its bearer holds one of the roles there.

    Joins the person, the organisation and each such membership; `secret` is the model, which names
    both as `person_id` and `organisation_id`.
    """
    return (
        query.select_from(secret)
        .join(Person, Person.id == secret.person_id)
        .join(Organisation, Organisation.id == secret.organisation_id)
        .join(Membership, and_(Membership.person_id == Person.id,
                               Membership.organisation_id == Organisation.id))
        .where(Person.active, Organisation.ended_at.is_(None), Membership.ended_at.is_(None),
               Membership.role.in_(roles))
    )  # fmt: skip
