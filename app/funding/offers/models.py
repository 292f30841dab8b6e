"""What is kept of an offer, of what it covers by cost line, and of everything that happened to it?

An offer holds its words as they are now. Each saving makes a new edition of them: the lines of an
edition and the moves are written once, so that it can be said what was offered on any day.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned, primary_id
from app.db.types import Hundredths
from app.extensions import db


class Offer(db.Model, Owned):
    """Something that a sponsor offers, or a delegation that would host; before or after any need."""

    __tablename__ = "offer"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        Index("ix_offer_state", "state", "valid_until"),
        Index("ix_offer_organisation", "organisation_id", "changed_at"),
    )

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str]
    """standing, or one_time"""
    roles: Mapped[list[str]]
    """payer, content, technical, fund_seeker; a delegation's offer: host and nothing else"""
    provider_type: Mapped[str]
    """state, igo, ngo or academia; "" where it was not said"""
    state: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    lang: Mapped[str]
    """The language in which its words were written."""
    themes: Mapped[list[str]]
    profiles: Mapped[list[str]]
    level: Mapped[str]
    seats_min: Mapped[int | None]
    seats_max: Mapped[int | None]
    countries: Mapped[list[str]]
    """Countries eligible; none means all."""
    modalities: Mapped[list[str]]
    languages: Mapped[list[str]]
    """Languages in which it can be given; none means that it was not said."""
    days: Mapped[int | None]
    hours_per_day: Mapped[int | None]
    window_from: Mapped[date | None]
    window_to: Mapped[date | None]
    valid_until: Mapped[date | None]
    """The last day on which it stands; always there once it is open."""
    amount: Mapped[Decimal | None] = mapped_column(Hundredths)
    """The most it may cost in all, where that was said."""
    currency: Mapped[str]
    last_spending_on: Mapped[date | None]
    nomination: Mapped[str]
    vetting: Mapped[str]
    ratio: Mapped[str]
    rank: Mapped[str]
    clearance: Mapped[str]
    host_needed: Mapped[bool | None]
    materials: Mapped[str]
    licence: Mapped[str]
    certificate: Mapped[str]
    prior_editions: Mapped[str]
    contact: Mapped[str]
    date_known: Mapped[bool | None]
    """Of hosting: whether its window is said, or still to be communicated."""
    remind_on: Mapped[date | None]
    """When a host whose date is to be communicated wants to be reminded."""
    named_to_sponsors: Mapped[bool | None]
    """Whether sponsors may be told who hosts: the host's own answer, None before it gave one."""
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    edition: Mapped[int] = mapped_column(default=1)
    """Counts how often its words were saved; its lines are those of this edition."""
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    """When others could first read it; None for a draft, which is its writers' alone."""
    ended_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    """Why it was withdrawn, in the words of whoever did."""
    warned_of: Mapped[date | None]
    """The last day of which its writers were already warned that it comes."""
    reminded_on: Mapped[date | None]
    """The day for which the host was already reminded of its date."""


class OfferLine(db.Model, Owned):
    """One cost line that an edition of an offer covers."""

    __tablename__ = "offer_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "offer_id"], ["offer.organisation_id", "offer.id"]
        ),
        CheckConstraint("amount IS NULL OR amount >= 0", name="not_below_zero"),
    )

    organisation_id: Mapped[str]
    offer_id: Mapped[str] = mapped_column(primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[str] = mapped_column(primary_key=True)
    """A code of the list cost_lines."""
    form: Mapped[str]
    """cash, or in_kind"""
    amount: Mapped[Decimal | None] = mapped_column(Hundredths)
    """None: as much as is needed."""
    currency: Mapped[str]


class OfferMove(db.Model, Owned):
    """Something that happened to an offer, and what it said from then on."""

    __tablename__ = "offer_move"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "offer_id"], ["offer.organisation_id", "offer.id"]
        ),
        Index("ix_offer_move_at", "at", "offer_id"),
    )

    organisation_id: Mapped[str]
    offer_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """The offer's revision to which it led."""
    verb: Mapped[str]
    state: Mapped[str]
    edition: Mapped[int]
    valid_until: Mapped[date]
    content: Mapped[Any] = mapped_column(JSON)
    """Its words at that time; its lines stand in their own table, under this edition."""
    reason: Mapped[str]
    by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    """None: it happened by the clock."""
    by_name: Mapped[str]
    at: Mapped[datetime]
