"""What is kept of a country's reservations: the legal texts, and the rules by which Enlace obeys them?

A text and a rule are written once; what is changed is a new version of the same series. The text prevails:
a rule names the version of the text for which it stands, and is confirmed by whoever wrote that.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned, primary_id
from app.extensions import db


class ReservationText(db.Model, Owned):
    """One version of a legal text."""

    __tablename__ = "reservation_text"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        UniqueConstraint("series_id", "version"),
        Index("ix_reservation_text_organisation", "organisation_id", "written_at"),
    )

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    series_id: Mapped[str]
    """What the versions of a text have in common: the id of the first."""
    version: Mapped[int]
    instrument: Mapped[str]
    """Constitution, law, treaty or other instrument."""
    article: Mapped[str]
    url: Mapped[str]
    words: Mapped[str]
    """What the reservation says."""
    lang: Mapped[str]
    """The language in which it was written."""
    is_restricted: Mapped[bool]
    """Whether only the country itself reads it; of its rules the effect is known all the same."""
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    written_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    written_name: Mapped[str]
    written_at: Mapped[datetime]


class ReservationRule(db.Model, Owned):
    """One version of a rule: what Enlace does because of a text. What it says never changes."""

    __tablename__ = "reservation_rule"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        UniqueConstraint("series_id", "version"),
        ForeignKeyConstraint(
            ["organisation_id", "text_id"],
            ["reservation_text.organisation_id", "reservation_text.id"],
        ),
        Index("ix_reservation_rule_organisation", "organisation_id", "state"),
        Index("ix_reservation_rule_country", "country", "state"),
    )

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str]
    series_id: Mapped[str]
    """What the versions of a rule have in common: the id of the first."""
    version: Mapped[int]
    text_id: Mapped[str]
    state: Mapped[str]
    country: Mapped[str]
    """The code of the country whose rule it is, as its organisation has it."""
    data: Mapped[list[str]]
    """Which data: "key:persons.alias", "section:persons", "class:personal", "tlp:RED"."""
    direction: Mapped[str]
    counterparts: Mapped[list[str]]
    """Codes of countries, ST and SPONSORS; none: everybody."""
    purposes: Mapped[list[str]]
    """None: every purpose."""
    effect: Mapped[str]
    mask: Mapped[str | None]
    discloses: Mapped[bool]
    """Whether the other side may know that something is reserved."""
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    written_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    written_name: Mapped[str]
    written_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    ended_name: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    """When it was withdrawn, replaced by a later version, or discarded before it ever held."""
    reason: Mapped[str] = mapped_column(default="")
    """Why it was withdrawn."""
