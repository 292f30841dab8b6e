"""What is kept of an edition of the needs report?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    column,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import primary_id
from app.extensions import db

_KEPT = column("asked_by").is_(None)


class Edition(db.Model):
    """One edition for one call. Editable until it is published, immutable afterwards."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("call_id", "number"),)

    id: Mapped[str] = primary_id()
    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"))
    number: Mapped[int]
    state: Mapped[str]
    as_of: Mapped[datetime | None]
    """Empty while the edition follows the present; fixed when it is published."""
    title_es: Mapped[str]
    title_en: Mapped[str]
    """Kept here, since whoever reads an edition need not know of its call."""
    meeting: Mapped[str] = mapped_column(default="")
    agenda_item: Mapped[str] = mapped_column(default="")
    introduction_es: Mapped[str] = mapped_column(Text, default="")
    introduction_en: Mapped[str] = mapped_column(Text, default="")
    conclusion_es: Mapped[str] = mapped_column(Text, default="")
    conclusion_en: Mapped[str] = mapped_column(Text, default="")
    proposals_es: Mapped[str] = mapped_column(Text, default="")
    """Draft paragraphs of the Secretariat ("Agradecer…", "Tomar nota…"), marked as its proposal."""
    proposals_en: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=1)
    """Counts the savings of the texts, so that nobody's are overwritten unseen."""
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    hash: Mapped[str | None]
    """Over the hashes of what all audiences read."""

    def title(self, lang: str) -> str:
        return (self.title_en if lang == "en" else self.title_es) or self.title_es or self.title_en


class EditionNeed(db.Model):
    """Under which number the members' edition lists a need that it names the country of."""

    __tablename__ = "edition_need"

    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    need_id: Mapped[str] = mapped_column(ForeignKey("need.id"), primary_key=True)
    number: Mapped[int]


class ReportFile(db.Model):
    """A file of a report that a job makes, or has made."""

    __tablename__ = "report_file"
    __table_args__ = (
        Index("uq_report_file_kept", "edition_id", "audience", "lang", "ending", unique=True,
              sqlite_where=_KEPT, postgresql_where=_KEPT),
        Index("uq_report_file_asked_by", "asked_by", unique=True),
    )  # fmt: skip

    id: Mapped[str] = primary_id()
    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"))
    edition_id: Mapped[str | None] = mapped_column(ForeignKey("edition.id"))
    audience: Mapped[str]
    lang: Mapped[str]
    ending: Mapped[str]
    as_of: Mapped[datetime | None]
    since: Mapped[str]
    asked_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    """None where it is kept for all readers of a published edition."""
    asked_at: Mapped[datetime]
    state: Mapped[str]
    """waiting, ready or failed"""
    name: Mapped[str] = mapped_column(default="")
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    ready_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None]
    """Since when a job is at it."""


class EditionDocument(db.Model):
    """What one audience reads of a published edition: canonical JSON, hashed."""

    __tablename__ = "edition_document"

    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    audience: Mapped[str] = mapped_column(primary_key=True)
    """full or members"""
    content: Mapped[str] = mapped_column(Text)
    hash: Mapped[str]
