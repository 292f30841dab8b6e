"""Which files exist for this reader?"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement

from app.attachments.models import Attachment
from app.db.errors import Missing
from app.extensions import db
from app.policy.actor import Actor

DRAFT = "draft"
"""The kind of subject whose files are still the delegation's own business."""


def get(actor: Actor, attachment_id: str) -> Attachment:
    """One file. Raises Missing where there is none for this reader."""
    found = db.session.execute(
        db.select(Attachment).where(Attachment.id == attachment_id, _exists_for(actor))
    ).scalar_one_or_none()
    if found is None:
        raise Missing("attachment")
    return found


def list_of(actor: Actor, subject_kind: str, subject_id: str) -> Sequence[Attachment]:
    """The files of one record, the oldest first."""
    return (
        db.session.execute(
            db.select(Attachment)
            .where(
                Attachment.subject_kind == subject_kind,
                Attachment.subject_id == subject_id,
                _exists_for(actor),
            )
            .order_by(Attachment.created_at, Attachment.id)
            .limit(100)
        )
        .scalars()
        .all()
    )


def _exists_for(actor: Actor) -> ColumnElement[bool]:
    own = Attachment.organisation_id == actor.organisation_id
    return own | (Attachment.subject_kind != DRAFT) if actor.is_secretariat else own
