"""What does the installation remember about itself and about repeated requests?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import db


class Installation(db.Model):
    """One row: whether this database is a demonstration, and how far its clock is moved."""

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mode: Mapped[str]
    clock_offset_seconds: Mapped[int]
    prepared_at: Mapped[datetime]


class IdempotencyKey(db.Model):
    """An unsafe request that had its effect: repeated, it gets the same answer and no second effect."""

    __tablename__ = "idempotency_key"
    __table_args__ = (Index("ix_idempotency_key_created_at", "created_at"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    """A hash of it: the key itself is the browser's, and what stands here is kept under it."""
    request_hash: Mapped[str]
    status: Mapped[int]
    location: Mapped[str | None]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    """A fragment of at most two kilobytes, locked."""
    created_at: Mapped[datetime]


class LimitCounter(db.Model):
    """How often something was tried within a window, counted for all processes together."""

    __tablename__ = "limit_counter"

    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[datetime]
