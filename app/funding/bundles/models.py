"""What is kept of a proposal of regional courses, of what came of it, and of what lines are planned to cost?"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import primary_id
from app.db.types import Hundredths
from app.extensions import db


class Bundle(db.Model):
    """Courses that Enlace proposes together, with all that they were computed from."""

    __tablename__ = "bundle"
    __table_args__ = (Index("ix_bundle_newest", "made_at", "id"),)

    id: Mapped[str] = primary_id()
    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"))
    state: Mapped[str]
    made_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    inputs: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The world as `app.bundling.record` writes it, and how its keys are called."""
    digest: Mapped[str]
    """The same for the same world, in whatever order it was told."""
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """The plan, as `app.bundling.record` writes it."""
    gist: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Its figures, for lists."""
    ready_at: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None]
    """Since when a job is at it."""
    revision: Mapped[int] = mapped_column(default=1)


class BundleAdoption(db.Model):
    """A proposed course that became a planned one; written once."""

    __tablename__ = "bundle_adoption"

    bundle_id: Mapped[str] = mapped_column(ForeignKey("bundle.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Its place among the courses of the proposal, from 1."""
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), unique=True)
    host_offer_id: Mapped[str] = mapped_column(ForeignKey("offer.id"))
    """The offer to host that it uses."""
    seats: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Places by need, as they were adopted."""
    payments: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """What it takes of each sponsor's offer, line by line, in cents."""
    adopted_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    adopted_at: Mapped[datetime]


class CostBasis(db.Model):
    """What a cost line is planned to cost, once the Secretariat has said so."""

    __tablename__ = "cost_basis"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount"),)

    line: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[Decimal] = mapped_column(Hundredths)
    """In US dollars."""
    per: Mapped[str]
    """course, participant or participant_day"""
    note: Mapped[str] = mapped_column(default="")
    set_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime]
