"""How are a draft, its answers, its certified versions and their review kept?

A draft is one row for each answer, so that colleagues never collide; a certified version is one
immutable document. The columns for sealed bytes are there from the start.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned, primary_id
from app.extensions import db

SIGNED_REPLY = "signed_reply"
"""In which capacity whoever signed a reply on paper certified."""
BY_LINK = "_by_link"
"""What follows the capacity of whoever certified by the link sent to that person's address."""
NO_ROW = ""
"""The row id of an answer that stands in no row."""


class FormatVersion(db.Model):
    """A published version of a format, word for word as it was in the repository."""

    __tablename__ = "format_version"

    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str]
    source: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime]


class Dossier(db.Model, Owned):
    """What all records made with a form share: whose it is, where it stands, what is in force."""

    __tablename__ = "dossier"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        UniqueConstraint("organisation_id", "reference"),
        Index("ix_dossier_call", "call_id", "organisation_id", "state"),
    )
    secretariat_may_write = True

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    call_id: Mapped[str | None] = mapped_column(ForeignKey("call.id"))
    format_name: Mapped[str]
    format_version: Mapped[int]
    reference: Mapped[str]
    """Such as HND-2004-003; given at the start, counted for each country and call."""
    state: Mapped[str]
    is_submitted: Mapped[bool] = mapped_column(default=False)
    """Whether any version was ever certified: only then does it exist for the Secretariat."""
    on_behalf: Mapped[bool] = mapped_column(default=False)
    """Whether the Secretariat drafts it for its country, which has not yet said that it is its own."""
    filed_from: Mapped[str] = mapped_column(default="")
    """letter, email or telephone, where it arrived outside Enlace; kept for ever."""
    latest_version_id: Mapped[str | None]
    accepted_version_id: Mapped[str | None]
    versions_count: Mapped[int] = mapped_column(default=0)
    started_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str | None]
    discarded_at: Mapped[datetime | None]
    """Since when a draft that was never submitted is thrown away; empty once it is brought back."""
    discarded_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class Draft(db.Model, Owned):
    """What a delegation is writing now; at most one open draft for each dossier."""

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        ForeignKeyConstraint(
            ["organisation_id", "dossier_id"], ["dossier.organisation_id", "dossier.id"]
        ),
        Index("uq_draft_open", "dossier_id", unique=True,
              sqlite_where=text("closed_at IS NULL"), postgresql_where=text("closed_at IS NULL")),
        Index("ix_draft_dossier", "organisation_id", "dossier_id"),
    )  # fmt: skip

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str]
    dossier_id: Mapped[str]
    format_version: Mapped[int]
    title: Mapped[str] = mapped_column(default="")
    """The answer to the format's title field, kept here so that lists need not look for it."""
    from_version_id: Mapped[str | None]
    on_behalf: Mapped[bool] = mapped_column(default=False)
    """Whether the Secretariat opened it for the delegation; whether it may still write is the
    dossier's to say."""
    opened_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    ready_at: Mapped[datetime | None]
    """Since when somebody of the delegation says that it is ready to certify."""
    ready_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))

    @property
    def secretariat_may_write(self) -> bool:  # type: ignore[override]
        """Only in what it opened itself for a delegation."""
        return self.on_behalf


class AnswerRow(db.Model, Owned):
    """A row of a table in a draft. Owns existence and order; its cells are answers."""

    __tablename__ = "answer_row"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "draft_id"], ["draft.organisation_id", "draft.id"]
        ),
        Index("ix_answer_row_draft", "draft_id", "field", "position"),
    )

    draft_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    field: Mapped[str]
    position: Mapped[int]
    removed_at: Mapped[datetime | None]


class Answer(db.Model, Owned):
    """One answer of a draft: a value, or sealed bytes, and the revision that saves compare."""

    __tablename__ = "answer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "draft_id"], ["draft.organisation_id", "draft.id"]
        ),
    )

    draft_id: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True, default=NO_ROW)
    key: Mapped[str] = mapped_column(primary_key=True)
    """The field's key; for a cell `field.cell`."""
    organisation_id: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    value: Mapped[Any] = mapped_column(JSON, nullable=True)
    sealed: Mapped[bytes | None]
    saved_by: Mapped[str]
    saved_at: Mapped[datetime]


class Presence(db.Model, Owned):
    """Where in a draft a person is now. One row for each page; nothing in it is kept as history."""

    __tablename__ = "presence"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "draft_id"], ["draft.organisation_id", "draft.id"]
        ),
        Index("uq_presence_held", "draft_id", "place", unique=True, sqlite_where=text("holds"),
              postgresql_where=text("holds")),
    )  # fmt: skip

    draft_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    page: Mapped[str] = mapped_column(primary_key=True, default="")
    """The random name that the open page gave itself."""
    organisation_id: Mapped[str]
    section: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    """The input's name, `field` or `field.row.cell`; empty where the person is in no field."""
    holds: Mapped[bool] = mapped_column(default=False)
    """Whether the place is softly theirs: they came first, or took it over."""
    since: Mapped[datetime]
    seen_at: Mapped[datetime]


class Version(db.Model, Owned):
    """What was certified: immutable, numbered, hashed. Its hash covers the document's bytes."""

    __tablename__ = "version"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        UniqueConstraint("dossier_id", "number"),
        UniqueConstraint("organisation_id", "receipt"),
        ForeignKeyConstraint(
            ["organisation_id", "dossier_id"], ["dossier.organisation_id", "dossier.id"]
        ),
        ForeignKeyConstraint(
            ["organisation_id", "clearance_file"], ["attachment.organisation_id", "attachment.id"]
        ),
    )

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str]
    dossier_id: Mapped[str]
    number: Mapped[int]
    format_version: Mapped[int]
    title: Mapped[str]
    document: Mapped[str] = mapped_column(Text)
    """Canonical JSON of the answers."""
    hash: Mapped[str]
    receipt: Mapped[str]
    """Such as HND-2004-003-1."""
    lang: Mapped[str]
    """The language the words were written in."""
    certified_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    certified_name: Mapped[str]
    certified_role: Mapped[str]
    certified_at: Mapped[datetime]
    clearance_office: Mapped[str | None]
    clearance_date: Mapped[date | None]
    clearance_number: Mapped[str | None]
    clearance_file: Mapped[str | None]

    @property
    def secretariat_may_write(self) -> bool:  # type: ignore[override]
        """Only where it files the reply with which the country signed."""
        return self.certified_role == SIGNED_REPLY


class VersionSealed(db.Model, Owned):
    """A sealed answer of a certified version; its document holds what was committed to, at this place."""

    __tablename__ = "version_sealed"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "version_id"], ["version.organisation_id", "version.id"]
        ),
    )

    version_id: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True, default=NO_ROW)
    key: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    klass: Mapped[str]
    sealed: Mapped[bytes]


class Review(db.Model, Owned):
    """The Secretariat's look at one version: one for each version, decided once."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        UniqueConstraint("version_id"),
        ForeignKeyConstraint(
            ["organisation_id", "version_id"], ["version.organisation_id", "version.id"]
        ),
    )
    secretariat_may_write = True

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str]
    version_id: Mapped[str]
    dossier_id: Mapped[str] = mapped_column(index=True)
    verdict: Mapped[str]
    """accepted or returned"""
    note: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    decided_name: Mapped[str]
    decided_at: Mapped[datetime]


class ReviewSection(db.Model, Owned):
    """What is asked of one section, and why."""

    __tablename__ = "review_section"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "review_id"], ["review.organisation_id", "review.id"]
        ),
    )
    secretariat_may_write = True

    review_id: Mapped[str] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    reason: Mapped[str]
