"""What is kept about organisations and about those who act for them?"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import primary_id
from app.extensions import db


class Organisation(db.Model):
    """A delegation, the Secretariat, a sponsor, an observer … A state that is both member and
    sponsor is two organisations of one country, and nothing crosses between them but by release."""

    __tablename__ = "organisation"

    id: Mapped[str] = primary_id()
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    country: Mapped[str | None]
    """ISO 3166-1 alpha-2, empty for what is not a state."""
    name_es: Mapped[str]
    name_en: Mapped[str]
    zone: Mapped[str] = mapped_column(default="America/Panama")
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    def name(self, lang: str) -> str:
        return self.name_en if lang == "en" else self.name_es


class Unit(db.Model):
    """A named unit of an organisation: a prosecution office, a border post …"""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("organisation_id", "id"),)

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str]
    name_es: Mapped[str]
    name_en: Mapped[str]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    def name(self, lang: str) -> str:
        return self.name_en if lang == "en" else self.name_es


class Membership(db.Model):
    """One role of one person in one organisation, for a time, with the note that designated it."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("person_id", "organisation_id", "role"),
        UniqueConstraint("organisation_id", "id"),
        ForeignKeyConstraint(["organisation_id", "unit_id"], ["unit.organisation_id", "unit.id"]),
        ForeignKeyConstraint(
            ["organisation_id", "note_file"], ["attachment.organisation_id", "attachment.id"]
        ),
    )

    id: Mapped[str] = primary_id()
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    unit_id: Mapped[str | None]
    role: Mapped[str]
    note_number: Mapped[str | None]
    note_date: Mapped[date | None]
    note_file: Mapped[str | None]
    accepted_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
