"""How is a message kept between the act that caused it and its delivery?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import primary_id
from app.extensions import db


class OutboxMessage(db.Model):
    """A message written in the transaction that causes it. Holds ids and never content; whom it
    reaches and what it says is found out when it is delivered."""

    __tablename__ = "outbox_message"
    __table_args__ = (Index("ix_outbox_message_due", "state", "due_at"),)

    id: Mapped[str] = primary_id()
    kind: Mapped[str]
    """The name of a mail template."""
    recipient: Mapped[str]
    """person:<id>, role:<organisation id>:<roles> or address:<invitation id>."""
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str]
    """See states.py."""
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    fault: Mapped[str | None]


class DeliveredMail(db.Model):
    """Mail of the demonstration, kept to be read at /demo/mail instead of being sent."""

    __tablename__ = "delivered_mail"
    __table_args__ = (Index("ix_delivered_mail_newest", "sent_at", "id"),)

    id: Mapped[str] = primary_id()
    message_id: Mapped[str]
    to: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    sent_at: Mapped[datetime]
