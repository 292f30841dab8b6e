"""How far is the shipped Common Format agreed upon, and which countries exchange under it meanwhile?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import primary_id
from app.extensions import db


class FormatStanding(db.Model):
    """One step in the life of a version of the format: proposed, under observation, approved.

    Written once; the newest row of a version says where it stands. Without any it is proposed.
    """

    __tablename__ = "format_standing"
    __table_args__ = (UniqueConstraint("format_name", "version", "number"),)

    id: Mapped[str] = primary_id()
    format_name: Mapped[str]
    version: Mapped[int]
    number: Mapped[int]
    """Counts the steps of a version."""
    state: Mapped[str]
    reason: Mapped[str]
    """On what ground: the meeting, its record and its date."""
    decided_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class FormatOptIn(db.Model):
    """A country's word that it exchanges real cases under a format not yet approved, or no longer.

    Written once; the newest row of a country says where it stands. Every member reads it, since it says
    with whom one may exchange.
    """

    __tablename__ = "format_opt_in"
    __table_args__ = (UniqueConstraint("organisation_id", "format_name", "number"),)

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    format_name: Mapped[str]
    version: Mapped[int]
    number: Mapped[int]
    """Counts the words of a country."""
    is_in: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")
    """The note or agreement with which the country said so."""
    said_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
