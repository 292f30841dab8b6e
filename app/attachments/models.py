"""What is kept about a file beside its bytes?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned, primary_id
from app.extensions import db


class Attachment(db.Model, Owned):
    """A file that belongs to an organisation and hangs on one of its records."""

    __tablename__ = "attachment"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        Index("ix_attachment_subject", "organisation_id", "subject_kind", "subject_id"),
    )
    secretariat_may_write = True

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    subject_kind: Mapped[str]
    subject_id: Mapped[str]
    sha256: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    uploaded_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
