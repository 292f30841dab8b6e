"""What is kept of a summary on this side of the wall, and what alone lies beyond it?

`Summary` and `SummaryChange` know the need and its country. `ReleasedSummary`, `Routing` and what
hangs on them are all that a sponsor's connection can read: they name no country unless it agreed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned, primary_id
from app.extensions import db


class Summary(db.Model, Owned):
    """The way of one accepted version towards sponsors; one for each version."""

    __tablename__ = "summary"
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
    need_id: Mapped[str] = mapped_column(index=True)
    version_id: Mapped[str]
    state: Mapped[str]
    preview: Mapped[str] = mapped_column(Text)
    """Canonical JSON of what a sponsor would read now."""
    preview_hash: Mapped[str]
    released_id: Mapped[str | None]
    """The release that sponsors read now; None before the first and after a recall."""
    recall_reason: Mapped[str] = mapped_column(default="")
    """Why the Secretariat last took it back, in its own words; for itself and the country."""
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)


class SummaryChange(db.Model, Owned):
    """A preview that the Secretariat changed, and what the country said to it before the clock ran out."""

    __tablename__ = "summary_change"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "summary_id"], ["summary.organisation_id", "summary.id"]
        ),
        Index("ix_summary_change_summary", "summary_id"),
    )
    secretariat_may_write = True

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str]
    summary_id: Mapped[str]
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    kind: Mapped[str]
    """translation, generalisation, or preview: made otherwise than the country previewed it"""
    note: Mapped[str]
    proposed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    decision: Mapped[str | None]
    """consented, objected, withheld, silence or superseded; never changed afterwards"""
    reason: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]


class SummaryRelease(db.Model, Owned):
    """Which summary each release came of, recalled ones too; no sponsor can read it."""

    __tablename__ = "summary_release"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "summary_id"], ["summary.organisation_id", "summary.id"]
        ),
        Index("ix_summary_release_summary", "summary_id"),
    )
    secretariat_may_write = True

    released_id: Mapped[str] = mapped_column(ForeignKey("released_summary.id"), primary_key=True)
    organisation_id: Mapped[str]
    summary_id: Mapped[str]
    released_at: Mapped[datetime]


class ReleasedSummary(db.Model):
    """What a sponsor reads: written once at release, in both languages, never changed."""

    __tablename__ = "released_summary"

    id: Mapped[str] = primary_id()
    reference: Mapped[str] = mapped_column(unique=True)
    """Random, so that nothing can be counted or guessed from it."""
    content: Mapped[Any] = mapped_column(JSON)
    hash: Mapped[str]
    released_at: Mapped[datetime]


class Routing(db.Model):
    """One released summary sent to one sponsor, with what the sponsor answered."""

    __tablename__ = "routing"
    __table_args__ = (
        UniqueConstraint("released_id", "sponsor_id"),
        Index("ix_routing_sponsor", "sponsor_id", "sent_at"),
    )

    id: Mapped[str] = primary_id()
    released_id: Mapped[str] = mapped_column(ForeignKey("released_summary.id"))
    sponsor_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[str]
    why: Mapped[str]
    """The Secretariat's reason for sending it to this sponsor, which the sponsor reads."""
    sent_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")


class SummaryOpening(db.Model):
    """Somebody of a sponsor opened a summary."""

    __tablename__ = "summary_opening"

    id: Mapped[str] = primary_id()
    routing_id: Mapped[str] = mapped_column(ForeignKey("routing.id"), index=True)
    sponsor_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]


class SummaryQuestion(db.Model):
    """A sponsor's question through the Secretariat, and its answer."""

    __tablename__ = "summary_question"

    id: Mapped[str] = primary_id()
    routing_id: Mapped[str] = mapped_column(ForeignKey("routing.id"), index=True)
    sponsor_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    question: Mapped[str]
    asked_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_because: Mapped[str | None]
    """secretariat or need: who took the summary back before there was an answer"""
