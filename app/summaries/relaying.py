"""How does a sponsor's question reach the country and its answer the Secretariat, and nobody else?

A country never answers a sponsor: what the sponsor reads is written by the Secretariat.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update

from app import clock
from app.audit import trail
from app.db.base import new_id
from app.db.changing import changed
from app.db.errors import Missing
from app.extensions import db
from app.formats.words import N_
from app.outbox import post
from app.policy.actor import Actor, OrganisationKind
from app.policy.engine import require
from app.policy.permissions import Permission
from app.policy.roles import CERTIFIERS, OFFICERS
from app.summaries import naming, queries, texts
from app.summaries.models import QuestionRelay, Routing, SummaryQuestion, SummaryRelease
from app.summaries.queries import OpenedSummary
from app.web.errors import Refusal
from app.workflow import tables
from app.workflow.machine import NotNow

WAITS = N_("The country was asked already. You can remind it.")
MISSING_REPLY = N_("Write an answer.")
SHOWN = 100


@dataclass
class Passed:
    """A question that was passed on, in front of the country."""

    relay: QuestionRelay
    opened: OpenedSummary

    @property
    def organisation_id(self) -> str:
        return self.relay.organisation_id


def get(actor: Actor, relay_id: str) -> Passed:
    """A question passed on to the actor's own delegation, or any for the Secretariat. Raises Missing."""
    query = (
        db.select(QuestionRelay, SummaryRelease.summary_id)
        .join(Routing, Routing.id == QuestionRelay.routing_id)
        .join(SummaryRelease, SummaryRelease.released_id == Routing.released_id)
        .where(QuestionRelay.id == relay_id,
               SummaryRelease.organisation_id == QuestionRelay.organisation_id)
        .order_by(SummaryRelease.place)
        .limit(1)
    )  # fmt: skip
    if not actor.is_secretariat:
        query = query.where(QuestionRelay.organisation_id == actor.organisation_id)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise Missing(relay_id)
    return Passed(row.QuestionRelay, queries.get(actor, row.summary_id))


def of_summary(opened: OpenedSummary) -> list[QuestionRelay]:
    """Every question about any release of a summary that was passed on to its country, newest first."""
    return list(
        db.session.scalars(
            db.select(QuestionRelay)
            .join(Routing, Routing.id == QuestionRelay.routing_id)
            .join(SummaryRelease, SummaryRelease.released_id == Routing.released_id)
            .where(SummaryRelease.summary_id == opened.id,
                   SummaryRelease.organisation_id == opened.organisation_id,
                   QuestionRelay.organisation_id == opened.organisation_id)
            .order_by(QuestionRelay.passed_at.desc(), QuestionRelay.id)
            .limit(SHOWN)
        )
    )  # fmt: skip


def pass_on(
    actor: Actor, opened: OpenedSummary, question: SummaryQuestion, *, note: str = ""
) -> QuestionRelay:
    """Ask the country of the summary for its answer; the sponsor reads that it was asked.

    The note tells it of no other country: who else asks for the like is not the Secretariat's to say.
    """
    require(actor, Permission.SUMMARY_ROUTE)
    note = texts.read(note, field="note")
    naming.refuse_others({"note": note}, opened.organisation)
    now = clock.now()
    _hold(question, now)
    if _is_waiting(question.id, opened.organisation_id):
        raise Refusal(WAITS, status=409)
    relay = QuestionRelay(
        id=new_id(), organisation_id=opened.organisation_id, question_id=question.id,
        routing_id=question.routing_id, state=tables.RELAY.initial, question=question.question, note=note,
        passed_by=actor.person_id, passed_at=now,
    )  # fmt: skip
    db.session.add(relay)
    _record(actor, "question-passed", relay)
    post.to_roles(relay.organisation_id, CERTIFIERS, "question-passed", relay=relay.id)
    return relay


def _hold(question: SummaryQuestion, now: datetime) -> None:
    """Say on the question that it is passed on. Raises NotNow where it was answered or closed."""
    passed = changed(
        db.session(),
        update(SummaryQuestion)
        .where(SummaryQuestion.id == question.id, SummaryQuestion.answer.is_(None),
               SummaryQuestion.closed_at.is_(None))
        .values(passed_at=now)
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    if not passed:
        raise NotNow("question", "answered", "pass_on")
    db.session.refresh(question)


def _is_waiting(question_id: str, organisation_id: str) -> bool:
    waiting = db.select(QuestionRelay.id).where(
        QuestionRelay.question_id == question_id, QuestionRelay.state == "waiting",
        QuestionRelay.organisation_id == organisation_id,
    )  # fmt: skip
    return db.session.scalar(waiting.limit(1)) is not None


def remind(actor: Actor, passed: Passed) -> None:
    """Remind the country of a question that waits. Raises NotNow where it does not wait any more."""
    require(actor, Permission.SUMMARY_ROUTE)
    _move(passed.relay, "remind", reminded_at=clock.now())
    _record(actor, "question-reminded", passed.relay)
    post.to_roles(passed.organisation_id, CERTIFIERS, "question-reminded", relay=passed.relay.id)


def reply(actor: Actor, passed: Passed, *, text: str) -> None:
    """The country's answer to the Secretariat, once. Raises NotNow where nobody waits for it any more."""
    require(actor, Permission.QUESTION_REPLY, passed)
    tables.RELAY.after(passed.relay.state, "reply")
    text = texts.read(text, field="reply", missing=MISSING_REPLY)
    _move(passed.relay, "reply", reply=text, replied_by=actor.person_id, replied_at=clock.now())
    _record(actor, "question-replied", passed.relay)
    post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, "question-replied",
                 routing=passed.relay.routing_id)  # fmt: skip


def close(question_id: str) -> None:
    """The sponsor was answered: the country's answer is not waited for any more."""
    changed(
        db.session(),
        update(QuestionRelay)
        .where(QuestionRelay.question_id == question_id, QuestionRelay.state == "waiting")
        .values(state=tables.RELAY.after("waiting", "close"))
        .execution_options(synchronize_session="fetch"),
    )


def _move(relay: QuestionRelay, verb: str, **values: Any) -> None:
    """Move a question that was passed on from where it was seen to stand. Raises NotNow."""
    seen = relay.state
    moved = changed(
        db.session(),
        update(QuestionRelay)
        .where(QuestionRelay.id == relay.id, QuestionRelay.state == seen,
               QuestionRelay.organisation_id == relay.organisation_id)
        .values(state=tables.RELAY.after(seen, verb), **values)
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    if not moved:
        raise NotNow(tables.RELAY.name, seen, verb)
    db.session.refresh(relay)


def _record(actor: Actor, kind: str, relay: QuestionRelay) -> None:
    trail.record(actor, kind, subject=("routing", relay.routing_id), owner=relay.organisation_id,
                 detail={"relay": relay.id})  # fmt: skip
