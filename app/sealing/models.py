"""How are keys kept? Each wrapped by the one above it, the uppermost outside the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary
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
    """That a record has a key, or had one. No other is ever made for it."""

    __tablename__ = "record_key"

    organisation_id: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(primary_key=True)
    """A dossier, or what was delivered to this organisation of another one's."""
    version: Mapped[int]
    created_at: Mapped[datetime]
    destroyed_at: Mapped[datetime | None]


class WrappedKey(db.Model, Owned):
    """The key of a record, wrapped by that of its organisation. Gone once the record is erased.

    It stands apart from the rest, and in backups too: what is erased must not come back with them.
    """

    __tablename__ = "wrapped_key"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "record_id"], ["record_key.organisation_id", "record_key.record_id"]
        ),
        ForeignKeyConstraint(
            ["organisation_id", "organisation_key_version"],
            ["organisation_key.organisation_id", "organisation_key.version"],
            name="fk_wrapped_key_organisation_key",
        ),
        Index("ix_wrapped_key_version", "organisation_id", "organisation_key_version"),
    )

    organisation_id: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(primary_key=True)
    organisation_key_version: Mapped[int]
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


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
