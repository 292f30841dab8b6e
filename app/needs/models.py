"""What is kept about a training need beside its dossier, and which facts do reports count?"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned
from app.db.types import Hundredths
from app.extensions import db


class Need(db.Model, Owned):
    """A training need. Its id is its dossier's; the dossier holds its life."""

    __tablename__ = "need"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        ForeignKeyConstraint(["organisation_id", "id"], ["dossier.organisation_id", "dossier.id"]),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"), index=True)

    secretariat_may_write = True
    """It begins the needs that arrive outside Enlace; its dossier decides whether it may."""


class Consent(db.Model, Owned):
    """What the certifier decided about one version, in the same act as certifying it.

    Nothing is preselected: each answer was given. Members and sponsors are asked separately.
    """

    __tablename__ = "consent"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "version_id"], ["version.organisation_id", "version.id"]
        ),
    )

    version_id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    need_id: Mapped[str] = mapped_column(index=True)
    members: Mapped[str]
    """named, unnamed or none: how the members' edition may show the need."""
    sponsors: Mapped[str]
    """named, unnamed or none: whether a sponsor's summary may be made, and with the country's name."""
    withheld: Mapped[list[str]]
    """Keys of fields that no sponsor may see."""
    released: Mapped[list[str]]
    """Keys of free-text and contact fields that the country releases to sponsors."""
    preview_hash: Mapped[str]
    """Hash of the preview that was on the screen when the decision was taken."""
    decided_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]

    @property
    def secretariat_may_write(self) -> bool:  # type: ignore[override]
        """Only that nothing is consented to, until the country decides in Enlace."""
        return self.members == self.sponsors == "none"


class NeedFact(db.Model, Owned):
    """What is counted of one certified version, from when until when it was in force.

    Written at certification and in force from acceptance: until then `valid_from` is empty and no
    report counts it.
    """

    __tablename__ = "need_fact"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "version_id"], ["version.organisation_id", "version.id"]
        ),
        Index("ix_need_fact_in_force", "call_id", "valid_from", "valid_to"),
        Index("ix_need_fact_need", "need_id"),
    )
    secretariat_may_write = True

    version_id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    need_id: Mapped[str]
    call_id: Mapped[str]
    country: Mapped[str]
    title: Mapped[str]
    themes: Mapped[str]
    """Theme codes, parted by spaces, so that lists need not look for them."""
    urgency: Mapped[int | None]
    duration_band: Mapped[str]
    duration_unit: Mapped[str | None]
    """days or weeks, as the country wrote it; with `duration_count` of them."""
    duration_count: Mapped[int | None]
    modality: Mapped[str]
    participants: Mapped[int]
    women: Mapped[int]
    men: Mapped[int]
    not_stated: Mapped[int]
    course_hours: Mapped[Decimal] = mapped_column(Hundredths)
    participant_hours: Mapped[Decimal] = mapped_column(Hundredths)
    level: Mapped[str | None]
    window_from: Mapped[date | None]
    window_to: Mapped[date | None]
    group_min: Mapped[int | None]
    group_max: Mapped[int | None]
    can_host: Mapped[bool | None]
    joint_course: Mapped[bool | None]
    valid_from: Mapped[datetime | None]
    valid_to: Mapped[datetime | None]


class NeedCode(db.Model, Owned):
    """One code of one dimension that an accepted version carries: themes and languages overlap.

    `joint_country` is a country with which the need's own would share a course; none: with any.
    """

    __tablename__ = "need_code"
    __table_args__ = (
        ForeignKeyConstraint(["version_id"], ["need_fact.version_id"], ondelete="CASCADE"),
    )
    secretariat_may_write = True

    version_id: Mapped[str] = mapped_column(primary_key=True)
    dimension: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]


class NeedAudience(db.Model, Owned):
    """Participants of one profile in one accepted version."""

    __tablename__ = "need_audience"
    __table_args__ = (
        ForeignKeyConstraint(["version_id"], ["need_fact.version_id"], ondelete="CASCADE"),
    )
    secretariat_may_write = True

    version_id: Mapped[str] = mapped_column(primary_key=True)
    profile: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    participants: Mapped[int]
    women: Mapped[int]
    men: Mapped[int]
    not_stated: Mapped[int]


class NeedCost(db.Model, Owned):
    """One line of the costs that an accepted version estimates. No amount: none was given."""

    __tablename__ = "need_cost"
    __table_args__ = (
        ForeignKeyConstraint(["version_id"], ["need_fact.version_id"], ondelete="CASCADE"),
    )
    secretariat_may_write = True

    version_id: Mapped[str] = mapped_column(primary_key=True)
    line: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    amount: Mapped[Decimal | None] = mapped_column(Hundredths)
    currency: Mapped[str | None]
    payer: Mapped[str | None]
    form: Mapped[str | None]
