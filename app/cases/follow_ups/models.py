"""What is kept of a follow-up: where it stands, its steps with what they say sealed, its handovers?"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned, primary_id
from app.extensions import db


class CaseFollowUp(db.Model, Owned):
    """One of two follow-ups of a child that travels with somebody: the child's, or that person's."""

    __tablename__ = "case_follow_up"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        UniqueConstraint("exchange_id", "unit_id", "row_id", "kind"),
        UniqueConstraint("addressee_id", "unit_id", "row_id", "kind"),
        ForeignKeyConstraint(["organisation_id", "unit_id"], ["unit.organisation_id", "unit.id"]),
        ForeignKeyConstraint(
            ["organisation_id", "exchange_id"], ["exchange.organisation_id", "exchange.id"]
        ),
        ForeignKeyConstraint(
            ["organisation_id", "addressee_id"], ["addressee.organisation_id", "addressee.id"]
        ),
        Index("ix_case_follow_up_due", "organisation_id", "unit_id", "due_on", "id"),
    )

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str]
    """The following country's delegation."""
    unit_id: Mapped[str]
    """The unit that follows; to its colleagues elsewhere in the delegation it does not exist."""
    kind: Mapped[str]
    """child or companion."""
    state: Mapped[str]
    pair_id: Mapped[str]
    """What the two follow-ups of one child have in common."""
    thread_id: Mapped[str]
    """The matter to which they belong; what another country follows after a handover is in it too."""
    exchange_id: Mapped[str | None]
    """The communication of its own unit from which it began, …"""
    addressee_id: Mapped[str | None]
    """… or the one that it received."""
    row_id: Mapped[str]
    """The row of the child in that communication."""
    label: Mapped[str]
    """Who is followed, as that communication numbers persons: P2."""
    with_label: Mapped[str]
    """The other one of the two; all that a companion's follow-up knows of the child."""
    due_on: Mapped[date]
    """The day on which somebody looks again."""
    reminded_days: Mapped[int | None]
    """For how many days before it (or, below nought, after it) its unit was last reminded."""
    outcome: Mapped[str | None]
    opened_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)


class CaseFollowUpStep(db.Model, Owned):
    """One thing that was verified, seen or decided. Written once, sealed under its follow-up's own key."""

    __tablename__ = "case_follow_up_step"
    __table_args__ = (
        UniqueConstraint("follow_up_id", "number"),
        ForeignKeyConstraint(
            ["organisation_id", "follow_up_id"],
            ["case_follow_up.organisation_id", "case_follow_up.id"],
            name="fk_case_follow_up_step_case_follow_up",
        ),
    )

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str]
    follow_up_id: Mapped[str]
    number: Mapped[int]
    """Counts the steps of a follow-up; two at once cannot be taken from the same place."""
    kind: Mapped[str]
    said: Mapped[bytes] = mapped_column(LargeBinary)
    """Codes and the day, which whoever reads the follow-up reads."""
    note: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What was written in words, opened on purpose and on record."""
    klass: Mapped[str]
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str]
    at: Mapped[datetime]


class CaseFollowUpHandover(db.Model, Owned):
    """A follow-up on its way to a unit of another country, by a communication of its own."""

    __tablename__ = "case_follow_up_handover"
    __table_args__ = (
        UniqueConstraint("exchange_id"),
        ForeignKeyConstraint(
            ["organisation_id", "follow_up_id"],
            ["case_follow_up.organisation_id", "case_follow_up.id"],
            name="fk_case_follow_up_handover_case_follow_up",
        ),
        ForeignKeyConstraint(
            ["organisation_id", "exchange_id"],
            ["exchange.organisation_id", "exchange.id"],
            name="fk_case_follow_up_handover_exchange",
        ),
        Index("ix_case_follow_up_handover_follow_up", "follow_up_id"),
    )

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str]
    follow_up_id: Mapped[str]
    exchange_id: Mapped[str]
    """The communication that asks the other unit to take over."""
    unit_id: Mapped[str]
    """The unit that is asked, which is another country's."""
    begun_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    begun_at: Mapped[datetime]
    taken_over_at: Mapped[datetime | None]
