"""What is kept about a record that arrived outside Enlace: its original, what became of it, who was asked?"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned, primary_id
from app.extensions import db


class Filing(db.Model, Owned):
    """How a record came in, and whether its country said that it is its own.

    What was filed is written once; the country's word is added to it.
    """

    __tablename__ = "filing"
    __table_args__ = (
        UniqueConstraint("dossier_id"),
        ForeignKeyConstraint(
            ["organisation_id", "dossier_id"], ["dossier.organisation_id", "dossier.id"]
        ),
        ForeignKeyConstraint(
            ["organisation_id", "file_id"], ["attachment.organisation_id", "attachment.id"]
        ),
        ForeignKeyConstraint(
            ["organisation_id", "reply_file"], ["attachment.organisation_id", "attachment.id"]
        ),
        Index("ix_filing_filed", "filed_at", "id"),
        Index("ix_filing_organisation_id", "organisation_id", "state"),
    )
    secretariat_may_write = True

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str]
    dossier_id: Mapped[str]
    reference: Mapped[str]
    """The record's, kept here for when the record is the country's alone."""
    channel: Mapped[str]
    """letter, email or telephone"""
    received_on: Mapped[date]
    office: Mapped[str]
    sender: Mapped[str]
    """The person who sent it, as it is signed."""
    number: Mapped[str]
    note: Mapped[str]
    file_id: Mapped[str | None]
    """The original; of a telephone call there is none, and the note stands in its place."""
    filed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    filed_name: Mapped[str]
    filed_at: Mapped[datetime]
    state: Mapped[str]
    """waiting, confirmed, taken-over or refused"""
    way: Mapped[str] = mapped_column(default="")
    """By what it was confirmed: enlace, link or reply."""
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    decided_name: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    reply_file: Mapped[str | None]


class FilingLink(db.Model):
    """A link by which one person confirms one record: its secret's hash, and whether it still holds."""

    __tablename__ = "filing_link"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "dossier_id"], ["dossier.organisation_id", "dossier.id"]
        ),
        Index("ix_filing_link_dossier", "dossier_id", "asked_at"),
    )

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str]
    dossier_id: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    """To whose registered address it was sent; it serves nobody else."""
    token_hash: Mapped[str] = mapped_column(unique=True)
    asked_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    """In the world's time, as all links."""
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
