"""How is an event of the audit trail kept?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import db


class AuditEvent(db.Model):
    """One event. Appended only; triggers and grants refuse every change.

    The hash covers every column: `value` and `sealed` through a salted commitment, so that erasing
    a value leaves the chain whole. A saved answer's event is also its history.
    """

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_subject", "subject_id", "part", "seq"),)

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    kind: Mapped[str]
    person_id: Mapped[str | None]
    acting_organisation_id: Mapped[str | None]
    owner_organisation_id: Mapped[str | None]
    subject_kind: Mapped[str]
    subject_id: Mapped[str]
    part: Mapped[str] = mapped_column(default="")
    row_id: Mapped[str] = mapped_column(default="")
    revision: Mapped[int | None]
    detail: Mapped[str] = mapped_column(Text, default="{}")
    """Canonical JSON without values, secrets or personal data."""
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    sealed: Mapped[bytes | None]
    salt: Mapped[str | None]
    commitment: Mapped[str | None]
    previous: Mapped[str]
    hash: Mapped[str]


class AuditHead(db.Model):
    """The end of the chain: one row, locked while events are appended."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str]
    at: Mapped[datetime | None]
