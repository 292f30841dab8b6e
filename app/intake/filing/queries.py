"""What arrived outside Enlace, and how does each stand?"""

from __future__ import annotations

from typing import Any

from app.db.errors import Missing
from app.extensions import db
from app.intake.filing.models import Filing
from app.intake.filing.words import ANSWERED, Answered
from app.intake.models import Dossier
from app.intake.opened import Opened
from app.organisations.models import Organisation
from app.policy.actor import Actor
from app.web.keyset import Page, page_of


def list_filings(actor: Actor, mark: str = "") -> Page:
    """What was filed, the newest first: all for the Secretariat, a delegation's own for it.

    Of a record that is the country's alone only its filing is left for the Secretariat.
    """
    query = (
        db.select(Filing, Organisation, Dossier.reference, Dossier.id.label("record_id"))
        .join(Organisation, Organisation.id == Filing.organisation_id)
        .outerjoin(Dossier, (Dossier.id == Filing.dossier_id) & _exists_for(actor))
    )
    if not actor.is_secretariat:
        query = query.where(Filing.organisation_id == actor.organisation_id)
    return page_of(query, Filing.filed_at, Filing.id, mark)


def _exists_for(actor: Actor) -> Any:
    own = Dossier.organisation_id == actor.organisation_id
    return Dossier.is_submitted | Dossier.on_behalf if actor.is_secretariat else own


def filing_of(opened: Opened) -> Filing | None:
    """How a record came in; None where it was begun in Enlace."""
    asked = db.select(Filing).where(
        Filing.dossier_id == opened.id, Filing.organisation_id == opened.organisation_id
    )
    return db.session.execute(asked).scalar_one_or_none()


def not_there(actor: Actor, record_id: str, endpoint: str) -> Missing:
    """Why the actor does not reach a record: the Secretariat is told of the country's answer to what it
    filed, as its list at `endpoint` tells it."""
    found = None
    if actor.is_secretariat:
        found = db.session.execute(
            db.select(Filing.state, Organisation)
            .join(Organisation, Organisation.id == Filing.organisation_id)
            .where(Filing.dossier_id == record_id, Filing.state.in_(ANSWERED))
        ).one_or_none()
    return Missing(record_id) if found is None else Answered(*found, endpoint=endpoint)
