"""What is kept of an erasure that somebody proposed: on what ground, by whom, and what another decided?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, column
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned, primary_id
from app.extensions import db

IS_OPEN = column("state") == "proposed"


class CaseErasure(db.Model, Owned):
    """A proposal to erase one communication. What was proposed never changes; what was said with it, and with
    the answer to it, is forgotten with the communication."""

    __tablename__ = "case_erasure"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "exchange_id"], ["exchange.organisation_id", "exchange.id"],
            name="fk_case_erasure_exchange",
        ),
        # Whatever the code above asks: nobody confirms or refuses what they proposed themselves.
        CheckConstraint(
            "state NOT IN ('confirmed', 'refused') OR decided_by <> proposed_by", name="by_two"
        ),
        Index("uq_case_erasure_open", "exchange_id", unique=True,
              sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index("ix_case_erasure_exchange", "organisation_id", "exchange_id", "proposed_at"),
    )  # fmt: skip

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str]
    exchange_id: Mapped[str]
    state: Mapped[str]
    ground: Mapped[str]
    """A code: see grounds.py."""
    reason: Mapped[str]
    """In a sentence, without anything that lets a person be recognised."""
    proposed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    proposed_name: Mapped[str]
    proposed_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    """Who confirmed, refused or withdrew it; empty where the clock was faster."""
    decided_name: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    """Why it was refused."""
