"""What may the Secretariat choose from when it writes a call: form versions and delegations?"""

from __future__ import annotations

from app.calls.later_tables import format_version
from app.calls.terms import FORMAT
from app.extensions import db
from app.organisations.models import Organisation
from app.policy.actor import OrganisationKind


def form_versions() -> list[int]:
    """The published versions of the need's form, the newest first."""
    columns = format_version.c
    found = db.session.execute(
        db.select(columns.version).where(columns.name == FORMAT).order_by(columns.version.desc())
    )
    return list(found.scalars())


def delegations() -> list[Organisation]:
    """The delegations that can be invited, by key."""
    query = (
        db.select(Organisation)
        .where(
            Organisation.kind == OrganisationKind.DELEGATION.value,
            Organisation.ended_at.is_(None),
        )
        .order_by(Organisation.key)
    )
    return list(db.session.execute(query).scalars())


def delegation_ids() -> set[str]:
    return {organisation.id for organisation in delegations()}
