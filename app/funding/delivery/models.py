"""What is kept of a course that takes place? Numbers and roles, and no participant's name."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned, primary_id
from app.db.types import Hundredths
from app.extensions import db


class CourseStep(db.Model):
    """One step of a course's life, and when it was taken. Who took it, the audit trail knows."""

    __tablename__ = "course_step"

    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    verb: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class CourseSession(db.Model):
    """One session of a course: a day, its hours and what it is about."""

    __tablename__ = "course_session"
    __table_args__ = (
        CheckConstraint("ends > starts", name="hours"),
        Index("ix_course_session_course", "course_id", "day", "starts"),
    )

    id: Mapped[str] = primary_id()
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    day: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]
    """On the clocks of the place where the course is held."""
    topic_es: Mapped[str]
    topic_en: Mapped[str]
    component: Mapped[int | None]
    """Position of the part of the course that it belongs to."""
    provider_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    changed_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    """When it was taken out of the timetable; kept, so that calendars learn of it."""
    revision: Mapped[int] = mapped_column(default=1)

    def topic(self, lang: str) -> str:
        """Its topic in a language, in the other where there is none."""
        return (
            (self.topic_es or self.topic_en) if lang == "es" else (self.topic_en or self.topic_es)
        )


class Nomination(db.Model, Owned):
    """That a delegation said whom it sends; the numbers stand in its rows."""

    __tablename__ = "nomination"

    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    host_told: Mapped[bool] = mapped_column(default=False)
    """Whether the host may read it, and write down who came: the delegation's own choice."""
    sent_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)


class NominationRow(db.Model, Owned):
    """How many people of one profile and rank a delegation sends. No names: nobody needs them here."""

    __tablename__ = "nomination_row"
    __table_args__ = (
        ForeignKeyConstraint(
            ["course_id", "organisation_id"], ["nomination.course_id", "nomination.organisation_id"]
        ),
        CheckConstraint("women >= 0 AND men >= 0 AND not_stated >= 0", name="counts"),
        CheckConstraint("women + men + not_stated > 0", name="somebody"),
    )

    course_id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    profile: Mapped[str]
    """Code of a profile, from the needs' list."""
    rank: Mapped[str] = mapped_column(default="")
    women: Mapped[int] = mapped_column(default=0)
    men: Mapped[int] = mapped_column(default=0)
    not_stated: Mapped[int] = mapped_column(default=0)


class Attendance(db.Model):
    """How many people of a delegation came to a course, and how many finished it."""

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint(
            "finished_women >= 0 AND finished_men >= 0 AND finished_not_stated >= 0", name="counts"
        ),
        CheckConstraint(
            "finished_women <= women AND finished_men <= men AND finished_not_stated <= not_stated",
            name="finished",
        ),
    )

    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    women: Mapped[int] = mapped_column(default=0)
    men: Mapped[int] = mapped_column(default=0)
    not_stated: Mapped[int] = mapped_column(default=0)
    finished_women: Mapped[int] = mapped_column(default=0)
    finished_men: Mapped[int] = mapped_column(default=0)
    finished_not_stated: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")
    """Why somebody did not come or did not finish: a code of reasons.py."""
    note: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)


class CourseEvaluation(db.Model):
    """What participants answered to one question before and after, counted; nobody's own answer."""

    __tablename__ = "course_evaluation"
    __table_args__ = (
        CheckConstraint("before_answers >= 0 AND after_answers >= 0", name="answers"),
        Index("ix_course_evaluation_course", "course_id"),
    )

    id: Mapped[str] = primary_id()
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    kind: Mapped[str]
    """knowledge, confidence or satisfaction"""
    question_es: Mapped[str]
    question_en: Mapped[str]
    before_answers: Mapped[int] = mapped_column(default=0)
    before_average: Mapped[Decimal | None] = mapped_column(Hundredths)
    before_counts: Mapped[list[int] | None] = mapped_column(JSON)
    """How many gave each score from 1 to 5, where that is known; the average follows from it."""
    after_answers: Mapped[int] = mapped_column(default=0)
    after_average: Mapped[Decimal | None] = mapped_column(Hundredths)
    after_counts: Mapped[list[int] | None] = mapped_column(JSON)
    recorded_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)

    def question(self, lang: str) -> str:
        """Its question in a language, in the other where there is none."""
        both = (self.question_es, self.question_en)
        return (both[0] or both[1]) if lang == "es" else (both[1] or both[0])


class CourseReplication(db.Model, Owned):
    """That a country gave the course again by its own means."""

    __tablename__ = "course_replication"
    __table_args__ = (
        CheckConstraint("participants >= 0", name="participants"),
        Index("ix_course_replication_course", "course_id", "held_on"),
    )
    secretariat_may_write = True

    id: Mapped[str] = primary_id()
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    held_on: Mapped[date]
    institution: Mapped[str]
    """Which institution gave it."""
    participants: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]


class FollowUp(db.Model, Owned):
    """The question whether the need was met, a year later, to one organisation of either side."""

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("course_id", "organisation_id"),
        CheckConstraint("reminders >= 0 AND reminders <= 2", name="reminders"),
        Index("ix_follow_up_organisation", "organisation_id", "answered_at"),
    )

    id: Mapped[str] = primary_id()
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    side: Mapped[str]
    """country or sponsor"""
    asked_at: Mapped[datetime]
    due_on: Mapped[date]
    reminders: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    """met, partly, not or too_early"""
    text: Mapped[str] = mapped_column(default="")
    lang: Mapped[str | None]
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]


class YearFigure(db.Model):
    """One total of one year, counted by the clock for those who may not read what it counts."""

    __tablename__ = "year_figure"

    year: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    counted_at: Mapped[datetime]
