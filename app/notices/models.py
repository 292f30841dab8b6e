"""How is it kept that somebody is told of something, and which mail they do without?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, column
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import primary_id
from app.extensions import db

IS_UNREAD = column("read_at").is_(None)


class Notice(db.Model):
    """One person, acting for one organisation, is told of one event: once. Holds ids, no content."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("person_id", "organisation_id", "event"),
        Index("ix_notice_newest", "person_id", "organisation_id", "at", "id"),
        Index("ix_notice_unread", "person_id", "organisation_id",
              sqlite_where=IS_UNREAD, postgresql_where=IS_UNREAD),
    )  # fmt: skip

    id: Mapped[str] = primary_id()
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    """For which organisation the person is told; acting for another one they do not see it."""
    kind: Mapped[str]
    """See kinds.py."""
    subject_id: Mapped[str]
    dossier_id: Mapped[str | None]
    """Which record it is about, so that a list can name its reference."""
    event: Mapped[str]
    """Which event it was: what is told again is no second notice."""
    is_mailed: Mapped[bool]
    """False where a letter of its own tells of it already."""
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class MailChoice(db.Model):
    """A family of mail that a person does without."""

    __tablename__ = "mail_choice"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    family: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
