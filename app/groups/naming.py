"""Does the name of a group tell members of a country that goes unnamed before them?

Members read the name in the needs report. It is the Secretariat's own, and no country saw it before.
"""

from __future__ import annotations

from app.extensions import db
from app.formats.spec import Text
from app.formats.words import N_
from app.groups.gathering import FACT, in_force
from app.needs.models import Consent
from app.needs.preview import NAMED
from app.organisations import naming
from app.organisations.models import Organisation
from app.web.errors import Refusal

TELLS = N_(
    "“%(word)s” would tell members of a country that does not let itself be named to them for one of "
    "its needs. Call the group otherwise."
)


def refuse_unnamed(call_id: str, name: Text) -> None:
    """Refusal at the field that names a delegation of which a need of the call goes unnamed."""
    unnamed = (
        db.select(FACT.c.organisation_id)
        .join(Consent, Consent.version_id == FACT.c.version_id)
        .where(FACT.c.call_id == call_id, in_force(), Consent.members != NAMED)
    )
    delegations = db.session.scalars(db.select(Organisation).where(Organisation.id.in_(unnamed)))
    names = {phrase for delegation in delegations for phrase in naming.of_delegation(delegation)}
    for lang in ("es", "en"):
        if word := naming.found(name.say(lang), names):
            raise Refusal(TELLS, field=f"name_{lang}", word=word)
