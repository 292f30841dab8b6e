"""What is kept of a summary on this side of the wall, and what alone lies beyond it?

`Summary` and `SummaryChange` know the need and its country. `ReleasedSummary`, `Routing` and what
hangs on them are all that a sponsor's connection can read: they name no country unless it agreed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    column,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Owned, primary_id
from app.extensions import db

_WAITING, _ASKED = column("state") == "waiting", column("state") == "asked"
_CURRENT = column("state") != "ended"


class GroupSummary(db.Model):
    """The way of a group's needs towards sponsors as one; each member's country is asked by a change."""

    __tablename__ = "group_summary"
    __table_args__ = (
        Index("uq_group_summary_current", "group_id", unique=True,
              sqlite_where=_CURRENT, postgresql_where=_CURRENT),
    )  # fmt: skip

    id: Mapped[str] = primary_id()
    group_id: Mapped[str] = mapped_column(ForeignKey("need_group.id"))
    needs: Mapped[Any] = mapped_column(JSON)
    """Ids of all that stood in the group when it was prepared, those too that may not be told."""
    state: Mapped[str]
    released_id: Mapped[str | None]
    """The release that sponsors read, or read before it was taken back."""
    prepared_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    prepared_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    """Why the Secretariat ended it, in its own words; empty where needs or the group changed."""
    revision: Mapped[int] = mapped_column(default=1)


class Summary(db.Model, Owned):
    """The way of one accepted version towards sponsors; one for each version."""

    __tablename__ = "summary"
    __table_args__ = (
        UniqueConstraint("organisation_id", "id"),
        UniqueConstraint("version_id"),
        ForeignKeyConstraint(
            ["organisation_id", "version_id"], ["version.organisation_id", "version.id"]
        ),
    )
    secretariat_may_write = True

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str]
    need_id: Mapped[str] = mapped_column(index=True)
    version_id: Mapped[str]
    state: Mapped[str]
    preview: Mapped[str] = mapped_column(Text)
    """Canonical JSON of what a sponsor would read now."""
    preview_hash: Mapped[str]
    released_id: Mapped[str | None]
    """The release that sponsors read now; None before the first and after a recall."""
    recall_reason: Mapped[str] = mapped_column(default="")
    """Why the Secretariat last took it back, in its own words; for itself and the country."""
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)


class SummaryChange(db.Model, Owned):
    """A preview that the Secretariat changed, and what the country said to it before the clock ran out."""

    __tablename__ = "summary_change"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "summary_id"], ["summary.organisation_id", "summary.id"]
        ),
        Index("ix_summary_change_summary", "summary_id"),
        Index("ix_summary_change_grouping", "grouping_id"),
    )
    secretariat_may_write = True

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str]
    summary_id: Mapped[str]
    grouping_id: Mapped[str | None] = mapped_column(ForeignKey("group_summary.id"))
    """The group's summary of which the need would be a part; such a change leaves its own as it is."""
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    kind: Mapped[str]
    """translation, generalisation, grouping, or preview: made otherwise than the country previewed it"""
    note: Mapped[str]
    proposed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    days_off: Mapped[Any] = mapped_column(JSON, default=list)
    """Weekdays that did not count when the country was told: [ISO date, name es, name en] each."""
    decision: Mapped[str | None]
    """consented, objected, withheld, silence or superseded; never changed afterwards"""
    reason: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]


class SummaryRelease(db.Model, Owned):
    """Of which summaries each release came, recalled ones too: one, or a group's; no sponsor reads it."""

    __tablename__ = "summary_release"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "summary_id"], ["summary.organisation_id", "summary.id"]
        ),
        Index("ix_summary_release_summary", "summary_id"),
    )
    secretariat_may_write = True

    released_id: Mapped[str] = mapped_column(ForeignKey("released_summary.id"), primary_key=True)
    organisation_id: Mapped[str]
    summary_id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(default=0)
    """Its place among the members of a release; 0 stands once for each release."""
    is_named: Mapped[bool]
    """Whether the release says the country."""
    released_at: Mapped[datetime]


class ReleasedSummary(db.Model):
    """What a sponsor reads: written once at release, in both languages, never changed."""

    __tablename__ = "released_summary"

    id: Mapped[str] = primary_id()
    reference: Mapped[str] = mapped_column(unique=True)
    """Random, so that nothing can be counted or guessed from it."""
    content: Mapped[Any] = mapped_column(JSON)
    hash: Mapped[str]
    released_at: Mapped[datetime]


class Routing(db.Model):
    """One released summary sent to one sponsor, with what the sponsor answered."""

    __tablename__ = "routing"
    __table_args__ = (
        UniqueConstraint("released_id", "sponsor_id"),
        Index("ix_routing_sponsor", "sponsor_id", "sent_at"),
    )

    id: Mapped[str] = primary_id()
    released_id: Mapped[str] = mapped_column(ForeignKey("released_summary.id"))
    sponsor_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[str]
    why: Mapped[str]
    """The Secretariat's reason for sending it to this sponsor, which the sponsor reads."""
    sent_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    recalled_at: Mapped[datetime | None]


class RoutingAnswer(db.Model):
    """What a sponsor answered at one time; the routing has the last one alone."""

    __tablename__ = "routing_answer"
    __table_args__ = (Index("ix_routing_answer_sponsor", "sponsor_id", "answered_at"),)

    id: Mapped[str] = primary_id()
    routing_id: Mapped[str] = mapped_column(ForeignKey("routing.id"))
    sponsor_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[str]
    reason: Mapped[str]
    answered_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime]


class SummaryOpening(db.Model):
    """Somebody of a sponsor opened a summary."""

    __tablename__ = "summary_opening"

    id: Mapped[str] = primary_id()
    routing_id: Mapped[str] = mapped_column(ForeignKey("routing.id"), index=True)
    sponsor_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]


class SummaryQuestion(db.Model):
    """A sponsor's question through the Secretariat, and its answer."""

    __tablename__ = "summary_question"

    id: Mapped[str] = primary_id()
    routing_id: Mapped[str] = mapped_column(ForeignKey("routing.id"), index=True)
    sponsor_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    question: Mapped[str]
    asked_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    passed_at: Mapped[datetime | None]
    """When the Secretariat last passed it on to the country."""
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_because: Mapped[str | None]
    """secretariat, need or group: who took the summary back before there was an answer"""


class QuestionRelay(db.Model, Owned):
    """A sponsor's question on its way to the country and back; the country answers the Secretariat."""

    __tablename__ = "question_relay"
    __table_args__ = (
        Index("uq_question_relay_waiting", "question_id", "organisation_id", unique=True,
              sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_question_relay_routing", "routing_id"),
        Index("ix_question_relay_organisation", "organisation_id", "state"),
    )  # fmt: skip
    secretariat_may_write = True

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str]
    question_id: Mapped[str] = mapped_column(ForeignKey("summary_question.id"))
    routing_id: Mapped[str] = mapped_column(ForeignKey("routing.id"))
    state: Mapped[str]
    question: Mapped[str]
    """The sponsor's words, copied: the country reads no table of sponsors' questions."""
    note: Mapped[str] = mapped_column(default="")
    passed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    passed_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    reply: Mapped[str | None]
    """What the country answers to the Secretariat; never sent to a sponsor as it stands."""
    replied_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    replied_at: Mapped[datetime | None]


class CountryRequest(db.Model):
    """A sponsor asks to know the country of a summary; one at a time."""

    __tablename__ = "country_request"
    __table_args__ = (
        Index("uq_country_request_asked", "routing_id", unique=True,
              sqlite_where=_ASKED, postgresql_where=_ASKED),
        Index("ix_country_request_routing", "routing_id", "asked_at"),
        Index("ix_country_request_sponsor", "sponsor_id", "asked_at"),
    )  # fmt: skip

    id: Mapped[str] = primary_id()
    routing_id: Mapped[str] = mapped_column(ForeignKey("routing.id"))
    sponsor_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[str]
    asked_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class CountryDecision(db.Model, Owned):
    """What a country said about being named to one sponsor; its reason is for the Secretariat."""

    __tablename__ = "country_decision"
    __table_args__ = (Index("ix_country_decision_routing", "routing_id", "decided_at"),)

    id: Mapped[str] = primary_id()
    organisation_id: Mapped[str]
    routing_id: Mapped[str] = mapped_column(ForeignKey("routing.id"))
    request_id: Mapped[str | None] = mapped_column(ForeignKey("country_request.id"))
    """None where nobody had asked."""
    decision: Mapped[str]
    """revealed or declined"""
    reason: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]


class CountryReveal(db.Model):
    """That a country let one sponsor know its name on one summary; read by that sponsor alone."""

    __tablename__ = "country_reveal"
    __table_args__ = (Index("ix_country_reveal_sponsor", "sponsor_id", "revealed_at"),)

    routing_id: Mapped[str] = mapped_column(ForeignKey("routing.id"), primary_key=True)
    country: Mapped[str] = mapped_column(primary_key=True)
    sponsor_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    revealed_at: Mapped[datetime]
