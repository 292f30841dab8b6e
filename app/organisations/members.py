"""Which countries have a delegation?"""

from __future__ import annotations

from app.extensions import db
from app.organisations.models import Organisation
from app.policy.actor import OrganisationKind


def member_countries(lang: str) -> list[tuple[str, str]]:
    """(alpha-2, name) of every country with a delegation, by name."""
    rows = db.session.execute(
        db.select(Organisation.country, Organisation.name_es, Organisation.name_en).where(
            Organisation.kind == OrganisationKind.DELEGATION, Organisation.ended_at.is_(None)
        )
    )
    named = [(row.country, row.name_en if lang == "en" else row.name_es) for row in rows]
    return sorted(named, key=lambda pair: pair[1])
