"""What is kept about a sealed file, and about who was let to take one away?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned, primary_id
from app.extensions import db


class SealedFile(db.Model, Owned):
    """A file of a record, under the record's key. Its bytes lie in the folder of sealed files, by its id.

    No hash of what it says is kept: it could be compared with files that somebody has.
    """

    __tablename__ = "sealed_file"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        Index("ix_sealed_file_record", "organisation_id", "record_id"),
    )

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    record_id: Mapped[str]
    """As of its key: a dossier, or what was delivered to this organisation of another one's."""
    row_id: Mapped[str] = mapped_column(default="")
    key: Mapped[str]
    """At which question it was added."""
    klass: Mapped[str]
    """Its own class: that of its question, or a stricter one."""
    mark: Mapped[str]
    """How far it may be passed on (TLP)."""
    label: Mapped[bytes] = mapped_column(LargeBinary)
    """Sealed: its name, its kind, its size."""
    added_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    """Empty where it was delivered."""
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    """Since when nothing has it any more: it was in no version, and its draft let it go."""


class FileLink(db.Model, Owned):
    """That a person may take a sealed file away: once, in this sign-in, within moments."""

    __tablename__ = "file_link"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "file_id"], ["sealed_file.organisation_id", "sealed_file.id"]
        ),
    )

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    file_id: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    sign_in_id: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
