"""As whom does a job act for somebody who asked for it and is not there?"""

from __future__ import annotations

from app.accounts.models import Person
from app.extensions import db
from app.organisations.models import Membership, Organisation
from app.policy.actor import Actor, OrganisationKind, Role


def actor_now(person_id: str, organisation_id: str, lang: str) -> Actor | None:
    """The person acting for the organisation, with the roles as they stand now; None without any."""
    rows = db.session.execute(
        db.select(Person.name, Organisation, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Person.id == person_id, Person.active, Organisation.id == organisation_id,
               Organisation.ended_at.is_(None), Membership.ended_at.is_(None))
    ).all()  # fmt: skip
    if not rows:
        return None
    name, place, _role = rows[0]
    return Actor(
        person_id=person_id, session_id="", name=name, lang=lang, organisation_id=place.id,
        organisation_kind=OrganisationKind(place.kind), organisation_name=place.name(lang),
        country=place.country, roles=frozenset(Role(role) for *_, role in rows),
    )  # fmt: skip
