"""What is kept of a pledge? A sponsor reads its own, and never what a country said about it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, column
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned, primary_id
from app.db.types import Hundredths
from app.extensions import db

ENDED = ("withdrawn", "expired")
"""States of a pledge that stands no more."""
UNDECIDED = ("interest", "offered", "returned", "accepted")
"""States in which an organisation has one pledge to a course; beside what it confirmed, there may be another."""
LAPSING = ("interest", "offered", "accepted")
"""States in which a pledge lapses when its day has passed."""
BESIDE = ("confirmed", "scheduled")
"""States of a pledge beside which its giver may make another to the same course."""
_UNDECIDED = column("state").in_(UNDECIDED)


class Pledge(db.Model):
    """What one organisation gives to a course: a sponsor, the host or the Secretariat."""

    __tablename__ = "pledge"
    __table_args__ = (
        Index("uq_pledge_undecided", "course_id", "organisation_id", unique=True,
              sqlite_where=_UNDECIDED, postgresql_where=_UNDECIDED),
        Index("ix_pledge_organisation", "organisation_id"),
        Index("ix_pledge_stale", "state", "expires_on"),
    )  # fmt: skip

    id: Mapped[str] = primary_id()
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[str]
    """sponsor, host or st: as whom the organisation pays, in the words of the split."""
    state: Mapped[str]
    round: Mapped[int] = mapped_column(default=0)
    """Number of the last offer; its lines are those that count."""
    expires_on: Mapped[date | None]
    """Last day of what is only interest, or of the offer as its giver says."""
    conditions: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    """Why it was last returned or withdrawn."""
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    created_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)


class PledgeLine(db.Model):
    """One cost line of one offer, in the currency it was made in and in dollars at a dated rate."""

    __tablename__ = "pledge_line"
    __table_args__ = (
        UniqueConstraint("pledge_id", "round", "line", "form"),
        CheckConstraint("amount > 0 AND usd > 0", name="amounts"),
    )

    id: Mapped[str] = primary_id()
    pledge_id: Mapped[str] = mapped_column(ForeignKey("pledge.id"))
    round: Mapped[int]
    line: Mapped[str]
    form: Mapped[str]
    """cash or in_kind"""
    amount: Mapped[Decimal] = mapped_column(Hundredths)
    currency: Mapped[str]
    rate: Mapped[str]
    rate_day: Mapped[date | None]
    """The day of the rate; None for dollars, which need none."""
    usd: Mapped[Decimal] = mapped_column(Hundredths)


class PledgeMove(db.Model):
    """One step of a pledge: which side took it, when and why. Who it was, the audit trail knows."""

    __tablename__ = "pledge_move"
    __table_args__ = (Index("ix_pledge_move_pledge", "pledge_id", "at"),)

    id: Mapped[str] = primary_id()
    pledge_id: Mapped[str] = mapped_column(ForeignKey("pledge.id"))
    verb: Mapped[str]
    state: Mapped[str]
    """Where it stood afterwards."""
    round: Mapped[int]
    side: Mapped[str]
    """giver, countries, secretariat or clock"""
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class PledgeReview(db.Model, Owned):
    """What one benefiting country says to one offer. No sponsor can read which country it was."""

    __tablename__ = "pledge_review"
    __table_args__ = (UniqueConstraint("pledge_id", "round", "organisation_id"),)

    id: Mapped[str] = primary_id()
    pledge_id: Mapped[str] = mapped_column(ForeignKey("pledge.id"))
    round: Mapped[int]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    verdict: Mapped[str]
    """accepted or returned"""
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
