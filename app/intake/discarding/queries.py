"""What was a draft called when it was discarded?"""

from __future__ import annotations

from app.extensions import db
from app.intake.models import Dossier, Draft


def title_of(dossier: Dossier) -> str:
    """The title of the draft that was closed then; empty where it had none."""
    closed_then = db.select(Draft.title).where(
        Draft.dossier_id == dossier.id, Draft.closed_at == dossier.discarded_at
    )
    return db.session.scalar(closed_then) or ""
