"""What can a sponsor do about a summary that was sent to it?"""

from __future__ import annotations

from app import clock
from app.audit import trail
from app.db.base import new_id
from app.extensions import db
from app.formats.words import N_
from app.outbox import post
from app.policy.actor import Actor, OrganisationKind
from app.policy.engine import require
from app.policy.permissions import Permission
from app.policy.roles import OFFICERS
from app.summaries import moving, telling, texts
from app.summaries.models import RoutingAnswer, SummaryQuestion
from app.summaries.received import Received
from app.web.errors import Refusal

VERBS = {"interested": "be_interested", "not_now": "decline"}
MISSING_QUESTION = N_("Write a question.")


def respond(actor: Actor, received: Received, *, state: str, reason: str = "") -> None:
    """The sponsor's answer: interested, or not now. It may be changed later; both stay on record."""
    require(actor, Permission.SUMMARY_ANSWER)
    if state not in VERBS:
        raise Refusal(N_("Choose an answer."), field="state")
    moving.answer(
        received.routing, VERBS[state], reason=texts.read(reason, field="reason"),
        answered_by=actor.person_id, answered_at=clock.now(),
    )  # fmt: skip
    routing, now = received.routing, clock.now()
    db.session.add(RoutingAnswer(
        id=new_id(), routing_id=routing.id, sponsor_id=actor.organisation_id, state=routing.state,
        reason=routing.reason, answered_by=actor.person_id, answered_at=now,
    ))  # fmt: skip
    trail.record(actor, f"summary-{state.replace('_', '-')}", subject=("routing", routing.id))
    telling.answered(routing.id, routing.released_id, f"{routing.answered_at}")
    post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, "sponsor-answered", routing=routing.id)


def ask(actor: Actor, received: Received, *, text: str) -> None:
    """A sponsor's question, which goes through the Secretariat and names no country."""
    require(actor, Permission.SUMMARY_ANSWER)
    text = texts.read(text, field="question", missing=MISSING_QUESTION)
    moving.hold(received.routing, "ask")
    question = SummaryQuestion(
        id=new_id(), routing_id=received.routing.id, sponsor_id=actor.organisation_id,
        question=text, asked_by=actor.person_id, asked_at=clock.now(),
    )  # fmt: skip
    db.session.add(question)
    trail.record(actor, "question-asked", subject=("routing", received.routing.id))
    post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, "question-asked",
                 routing=received.routing.id)  # fmt: skip
