"""What is kept about a call and about those invited to it?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db.base import Owned, primary_id
from app.extensions import db


class Call(db.Model):
    """A window in which invited countries submit under one version of one format."""

    __tablename__ = "call"
    __table_args__ = (CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),)

    id: Mapped[str] = primary_id()
    code: Mapped[str] = mapped_column(unique=True)
    """Short mark in references, such as `2004`."""
    title_es: Mapped[str]
    title_en: Mapped[str]
    guidance_es: Mapped[str] = mapped_column(default="")
    guidance_en: Mapped[str] = mapped_column(default="")
    format_name: Mapped[str]
    format_version: Mapped[int]
    zone: Mapped[str]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    state: Mapped[str]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
    revision: Mapped[int] = mapped_column(default=1)

    def title(self, lang: str) -> str:
        return (self.title_en if lang == "en" else self.title_es) or self.title_es or self.title_en

    def guidance(self, lang: str) -> str:
        return (self.guidance_en if lang == "en" else self.guidance_es) or self.guidance_es


class CallInvitation(db.Model, Owned):
    """A delegation invited to a call; `late_until` is permission to submit after the close."""

    __tablename__ = "call_invitation"
    secretariat_may_write = True

    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    invited_at: Mapped[datetime]
    late_until: Mapped[datetime | None]
    late_reason: Mapped[str | None]
    """Why it was given, or revoked."""
    late_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    late_at: Mapped[datetime | None]
    """When the permission was given, given anew or revoked."""
    late_times: Mapped[int] = mapped_column(default=0)
    """How often it was given or revoked: the revisions that this delegation alone sees."""

    @property
    def is_revoked(self) -> bool:
        """Whether the delegation had late permission and no longer does."""
        return self.late_until is None and self.late_at is not None


class CallExtension(db.Model):
    """A later close, with its reason, kept for ever."""

    __tablename__ = "call_extension"

    id: Mapped[str] = primary_id()
    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"), index=True)
    closed_before: Mapped[datetime]
    closes_now: Mapped[datetime]
    reason: Mapped[str]
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


class CallTakenBack(db.Model):
    """What an announced call said when it was taken back, kept for ever: countries had read it."""

    __tablename__ = "call_taken_back"

    id: Mapped[str] = primary_id()
    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"), index=True)
    code: Mapped[str]
    closes_at: Mapped[datetime]
    revision: Mapped[int]
    """The call's, once it was taken back."""
    created_at: Mapped[datetime]


class CalendarFeed(db.Model):
    """By which secret somebody's own calendar reads the deadlines of an organisation; its hash."""

    __tablename__ = "calendar_feed"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]


class CallContact(db.Model, Owned):
    """What the Secretariat did to reach one country about a call; its own notes, kept for ever."""

    __tablename__ = "call_contact"
    __table_args__ = (
        ForeignKeyConstraint(
            ["call_id", "organisation_id"],
            ["call_invitation.call_id", "call_invitation.organisation_id"],
        ),
        Index("ix_call_contact_call", "call_id", "created_at", "id"),
    )
    secretariat_may_write = True

    id: Mapped[str] = primary_id()
    call_id: Mapped[str]
    organisation_id: Mapped[str]
    channel: Mapped[str]
    """reminder, late_permission, late_revoked, telephone, letter, email or meeting"""
    note: Mapped[str] = mapped_column(default="")
    until: Mapped[datetime | None]
    """Of a late permission: until when it was given."""
    instead_of: Mapped[datetime | None]
    """Of a late permission, or of revoking one: until when the one before it held."""
    by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    """Empty where Enlace did it by itself."""
    created_at: Mapped[datetime]
