"""What is kept about a person who uses Enlace?"""

from __future__ import annotations

from datetime import date, datetime

from flask_security.core import UserMixin
from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import primary_id
from app.extensions import db


class Person(db.Model, UserMixin):
    """Somebody who can sign in. What they may do follows from their memberships alone."""

    __tablename__ = "person"

    id: Mapped[str] = primary_id()  # type: ignore[assignment]
    key: Mapped[str | None] = mapped_column(unique=True)
    """The short name by which the demonstration offers this person; empty for real people."""
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    lang: Mapped[str] = mapped_column(default="es")
    zone: Mapped[str] = mapped_column(default="America/Panama")
    factor_kinds: Mapped[str] = mapped_column(default="")
    """Which kinds of second factor the person can give now, such as "sheet totp"; read with every request."""
    created_at: Mapped[datetime]

    roles = ()  # type: ignore[assignment]
    """Flask-Security asks for roles; Enlace's live in memberships, for one organisation at a time."""


class SignIn(db.Model):
    """One signed-in browser. Ending it signs that browser out at its next request."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_person_id", "person_id"),)

    id: Mapped[str] = primary_id()
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    browser: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    factor_at: Mapped[datetime | None]
    """When a second factor was given last in this browser, for the organisation acted for."""
    former_hash: Mapped[str | None] = mapped_column(unique=True)
    """The token before the factor was given: for a minute it still carries what was under way, unfresh."""


class Invitation(db.Model):
    """A place kept for somebody until they choose a password."""

    __tablename__ = "invitation"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id", "unit_id"], ["unit.organisation_id", "unit.id"]),
        ForeignKeyConstraint(
            ["organisation_id", "note_file"], ["attachment.organisation_id", "attachment.id"]
        ),
    )

    id: Mapped[str] = primary_id()
    token_hash: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    unit_id: Mapped[str | None]
    lang: Mapped[str]
    note_number: Mapped[str | None]
    note_date: Mapped[date | None]
    note_file: Mapped[str | None]
    accepted_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    """The coordinator who accepted the designation, where there is one."""
    invited_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
