"""How are keys kept? Each wrapped by the one above it, the uppermost outside the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned
from app.extensions import db


class KnownMasterKey(db.Model):
    """By which mark a master key is known again. The key itself is never in the database."""

    __tablename__ = "master_key"

    id: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    introduced_at: Mapped[datetime]


class OrganisationKey(db.Model, Owned):
    """The key of an organisation, wrapped by a master key; a rotation makes the next version."""

    __tablename__ = "organisation_key"

    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    master_id: Mapped[str] = mapped_column(ForeignKey("master_key.id"))
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class StoredRecordKey(db.Model, Owned):
    """The key of one record, wrapped by that of the organisation which holds the record."""

    __tablename__ = "record_key"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "organisation_key_version"],
            ["organisation_key.organisation_id", "organisation_key.version"],
            name="fk_record_key_organisation_key",
        ),
        CheckConstraint(
            "(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name="there_or_destroyed"
        ),
    )

    organisation_id: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(primary_key=True)
    """A dossier, or what was delivered to this organisation of another one's."""
    version: Mapped[int]
    organisation_key_version: Mapped[int | None]
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    destroyed_at: Mapped[datetime | None]


class Erasure(db.Model, Owned):
    """A record whose key was destroyed. Written once, and replayed into whatever a backup brings back.

    It refers to nothing: an older database may not know the person, nor the record.
    """

    __tablename__ = "erasure"

    organisation_id: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(primary_key=True)
    erased_at: Mapped[datetime]
    erased_by: Mapped[str | None]
    reason: Mapped[str]
    """A code such as retention_over; nothing that somebody typed."""
