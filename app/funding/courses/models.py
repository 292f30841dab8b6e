"""What is kept of a course on this side of the wall, and what alone of it lies beyond?

`CourseSheet`, `CourseInvitation`, `CourseStanding` and `ExchangeRate` are all that a sponsor's
connection reads of a course: they name no country unless it agreed, and lead to no need.
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
    column,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned, primary_id
from app.db.types import Hundredths
from app.extensions import db

_HOLDS = column("valid_to").is_(None)


class ExchangeRate(db.Model):
    """What one unit of a currency was worth in US dollars on a day, and who says so."""

    __tablename__ = "exchange_rate"
    __table_args__ = (Index("ix_exchange_rate_currency", "currency", "day"),)

    id: Mapped[str] = primary_id()
    currency: Mapped[str]
    usd: Mapped[str]
    """An exact decimal, as it was written."""
    day: Mapped[date]
    source: Mapped[str]
    entered_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime]


class Course(db.Model):
    """One regional course, from its plan to its end."""

    __tablename__ = "course"
    __table_args__ = (
        CheckConstraint("seats >= 0 AND countries >= 0", name="counts"),
        Index("ix_course_newest", "created_at", "id"),
    )

    id: Mapped[str] = primary_id()
    reference: Mapped[str] = mapped_column(unique=True)
    """Random, so that nothing can be counted or guessed from it."""
    state: Mapped[str]
    title_es: Mapped[str]
    title_en: Mapped[str]
    lang: Mapped[str | None]
    """Code of the language of delivery, from the needs' list of languages."""
    days: Mapped[int | None]
    hours_per_day: Mapped[Decimal | None] = mapped_column(Hundredths)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(default="")
    host_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    seats_min: Mapped[int | None]
    seats_max: Mapped[int | None]
    seats: Mapped[int] = mapped_column(default=0)
    """How many take part: the sum of what each country has. Kept for those who may not know which."""
    countries: Mapped[int] = mapped_column(default=0)
    """How many delegations have seats."""
    vetting: Mapped[str] = mapped_column(default="")
    decide_by: Mapped[date | None]
    """Last day on which pledges are taken."""
    replicates_id: Mapped[str | None] = mapped_column(ForeignKey("course.id"))
    bundle_id: Mapped[str | None]
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    """Why it was cancelled; whoever may read the course reads it."""
    cancelled_at: Mapped[datetime | None]
    created_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)

    def title(self, lang: str) -> str:
        """Its title in a language, in the other where there is none."""
        return (
            (self.title_es or self.title_en) if lang == "es" else (self.title_en or self.title_es)
        )


class CourseComponent(db.Model):
    """A part of a course, and who gives it."""

    __tablename__ = "course_component"

    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    title_es: Mapped[str]
    title_en: Mapped[str]
    provider_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    provider: Mapped[str] = mapped_column(default="")
    """Who gives it, where that is no organisation of this network."""
    hours: Mapped[Decimal | None] = mapped_column(Hundredths)


class CourseRole(db.Model):
    """What an organisation is to a course: payer, content, technical, fund_seeker or host."""

    __tablename__ = "course_role"

    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)


class CourseSeat(db.Model, Owned):
    """Seats that a course gives to one need of a delegation; no other delegation can read of them."""

    __tablename__ = "course_seat"
    __table_args__ = (
        CheckConstraint("seats > 0", name="seats"),
        ForeignKeyConstraint(["organisation_id", "need_id"], ["need.organisation_id", "need.id"]),
        Index("ix_course_seat_organisation", "organisation_id"),
        Index("ix_course_seat_need", "need_id"),
    )
    secretariat_may_write = True

    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    need_id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    seats: Mapped[int]


class CourseCost(db.Model):
    """What one line costs in US dollars: once, or for each participant."""

    __tablename__ = "course_cost"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount"),)

    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    line: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[Decimal] = mapped_column(Hundredths)
    per_participant: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")


class CourseSplit(db.Model):
    """From whom a line is expected; a plan, and no commitment in anybody's name."""

    __tablename__ = "course_split"

    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    line: Mapped[str] = mapped_column(primary_key=True)
    payer: Mapped[str] = mapped_column(primary_key=True)


class CourseHostWord(db.Model, Owned):
    """Whether sponsors may be told that a delegation hosts: its own word, which nobody else can write."""

    __tablename__ = "course_host_word"

    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    named: Mapped[bool]
    said_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    said_at: Mapped[datetime]


class CourseSheet(db.Model):
    """What sponsors read of a course: anonymised, in both languages, written once."""

    __tablename__ = "course_sheet"
    __table_args__ = (UniqueConstraint("course_id", "number"),)

    id: Mapped[str] = primary_id()
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]
    content: Mapped[Any] = mapped_column(JSON)
    hash: Mapped[str]
    released_at: Mapped[datetime]


class CourseInvitation(db.Model):
    """A course that was sent to one sponsor, with the reason that it reads."""

    __tablename__ = "course_invitation"
    __table_args__ = (
        UniqueConstraint("course_id", "sponsor_id"),
        Index("ix_course_invitation_sponsor", "sponsor_id", "sent_at"),
    )

    id: Mapped[str] = primary_id()
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    sponsor_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    why: Mapped[str]
    sent_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    countries_asked_at: Mapped[datetime | None]
    """When the sponsor asked to know the countries that go unnamed."""
    closed_at: Mapped[datetime | None]
    """When the course was cancelled; from then on the sponsor reads nothing of it any more."""
    pledges_closed_at: Mapped[datetime | None]
    """When the course was held; it is read further, and takes no pledges any more."""
    state: Mapped[str]
    """Where the course stands: a sponsor reads it here, and not in the course."""
    starts_on: Mapped[date | None]
    """Its first day once that is fixed, and in the end the true one."""
    ends_on: Mapped[date | None]
    remains: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    """What is read of a course that was cancelled: its reference, its title, and why."""


class CourseCountryWord(db.Model, Owned):
    """What a country said to a sponsor that asks who takes part: its own word, which no sponsor reads."""

    __tablename__ = "course_country_word"

    invitation_id: Mapped[str] = mapped_column(ForeignKey("course_invitation.id"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    named: Mapped[bool]
    said_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    said_at: Mapped[datetime]


class CourseCountryTold(db.Model):
    """That a country let one sponsor know that it takes part; read by that sponsor alone."""

    __tablename__ = "course_country_told"

    invitation_id: Mapped[str] = mapped_column(ForeignKey("course_invitation.id"), primary_key=True)
    country: Mapped[str] = mapped_column(primary_key=True)
    sponsor_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    told_at: Mapped[datetime]


class CoursePart(db.Model, Owned):
    """What a course that was sent to an organisation asks of it apart from money, and its word on that."""

    __tablename__ = "course_part"
    secretariat_may_write = True

    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    roles: Mapped[list[str]] = mapped_column(JSON)
    components: Mapped[list[int]] = mapped_column(JSON)
    """Places of the components that it gives, in the sheet that sponsors read."""
    hash: Mapped[str]
    """Of all that it was asked: another part, or another title, is another question."""
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    said_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    said_at: Mapped[datetime | None]


class CourseStanding(db.Model):
    """How far one line is covered, in US dollars: what nobody can promise beyond.

    Whoever changes a pledge changes this in the same transaction, by one statement that holds only
    while the line has room; that is what two sponsors who take the last part at once meet.
    """

    __tablename__ = "course_standing"
    __table_args__ = (
        CheckConstraint("funded >= 0 AND promised >= 0", name="parts"),
        CheckConstraint("funded + promised <= cost", name="room"),
    )

    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    line: Mapped[str] = mapped_column(primary_key=True)
    cost: Mapped[Decimal] = mapped_column(Hundredths)
    funded: Mapped[Decimal] = mapped_column(Hundredths, default=Decimal(0))
    """Of confirmed pledges, and of what became of them since."""
    promised: Mapped[Decimal] = mapped_column(Hundredths, default=Decimal(0))
    """Of pledges that are offered or accepted."""
    changes: Mapped[int] = mapped_column(default=1)
    """The number of its newest record in `CourseStandingChange`."""


class CourseStandingChange(db.Model):
    """How far one line was covered from an instant on; written with each change, and never again.

    A line that was taken out of a course costs nothing from then on.
    """

    __tablename__ = "course_standing_change"

    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    line: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    cost: Mapped[Decimal] = mapped_column(Hundredths)
    funded: Mapped[Decimal] = mapped_column(Hundredths)
    promised: Mapped[Decimal] = mapped_column(Hundredths)
    at: Mapped[datetime]


class CourseNeed(db.Model):
    """From when until when a need had seats in a course that sponsors were sent and nobody cancelled."""

    __tablename__ = "course_need"
    __table_args__ = (
        Index("uq_course_need_now", "course_id", "need_id", unique=True,
              sqlite_where=_HOLDS, postgresql_where=_HOLDS),
        Index("ix_course_need_call", "call_id"),
    )  # fmt: skip

    id: Mapped[str] = primary_id()
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    need_id: Mapped[str] = mapped_column(ForeignKey("dossier.id"))
    call_id: Mapped[str] = mapped_column(ForeignKey("call.id"))
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
