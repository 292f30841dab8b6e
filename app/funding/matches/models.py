"""What is kept of the weights by which offers are ranked, and of each ranking that was computed?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import primary_id
from app.extensions import db


class MatchWeights(db.Model):
    """One version of the weights; written once. The first came with the tables."""

    __tablename__ = "match_weights"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    weights: Mapped[dict[str, Any]] = mapped_column(JSON)
    """As `app.matching.weights` writes them."""
    note: Mapped[str]
    """Why they were changed."""
    set_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime | None]


class MatchRun(db.Model):
    """One ranking for a need, a group or an offer, as it was computed; written once."""

    __tablename__ = "match_run"
    __table_args__ = (Index("ix_match_run_subject", "subject_kind", "subject_id", "made_at"),)

    id: Mapped[str] = primary_id()
    subject_kind: Mapped[str]
    """need, group or offer"""
    subject_id: Mapped[str]
    weights_version: Mapped[int] = mapped_column(ForeignKey("match_weights.version"))
    inputs_digest: Mapped[str]
    """Differs as soon as what is asked, or an offer, came, changed or went."""
    considered: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    """Canonical JSON of what was found, with its reasons in both languages."""
    hash: Mapped[str]
    made_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
