"""Which summaries were sent to this sponsor? The only queries that a sponsor's pages make."""

from __future__ import annotations

from dataclasses import dataclass

from app.db.errors import Missing
from app.extensions import db
from app.formats.words import N_
from app.policy.actor import Actor
from app.summaries.models import ReleasedSummary, Routing, SummaryQuestion
from app.web.keyset import Page, page_of

QUESTIONS_SHOWN = 25
CLOSED_SHOWN = 5
CLOSED_BECAUSE = {
    "secretariat": N_("The Secretariat recalled the summary, so the question was closed."),
    "need": N_("The country withdrew the need or replaced it by a newer version, so the question "
               "was closed."),
    "group": N_("The needs of the group changed, so the question was closed."),
}  # fmt: skip
"""Who took a summary back -> what the sponsor reads of it; never the Secretariat's own words."""


@dataclass
class Received:
    """A summary that was sent to the sponsor acted for."""

    routing: Routing
    released: ReleasedSummary


def get(actor: Actor, routing_id: str) -> Received:
    """A summary sent to this sponsor and not recalled. Raises Missing."""
    row = db.session.execute(
        db.select(Routing, ReleasedSummary)
        .join(ReleasedSummary, ReleasedSummary.id == Routing.released_id)
        .where(Routing.id == routing_id, Routing.sponsor_id == actor.organisation_id,
               Routing.state != "recalled")
    ).one_or_none()  # fmt: skip
    if row is None:
        raise Missing(routing_id)
    return Received(*row)


def list_received(actor: Actor, after: str) -> Page:
    """Summaries sent to this sponsor, newest first."""
    query = (
        db.select(Routing.id, Routing.state, Routing.why, Routing.sent_at, Routing.opened_at,
                  ReleasedSummary.reference, ReleasedSummary.content)
        .join(ReleasedSummary, ReleasedSummary.id == Routing.released_id)
        .where(Routing.sponsor_id == actor.organisation_id, Routing.state != "recalled")
    )  # fmt: skip
    return page_of(query, Routing.sent_at, Routing.id, after)


def closed_questions(actor: Actor) -> list[SummaryQuestion]:
    """What this sponsor asked about summaries that were taken back before there was an answer."""
    return list(
        db.session.scalars(
            db.select(SummaryQuestion)
            .where(SummaryQuestion.sponsor_id == actor.organisation_id,
                   SummaryQuestion.closed_at.is_not(None))
            .order_by(SummaryQuestion.closed_at.desc(), SummaryQuestion.id)
            .limit(CLOSED_SHOWN)
        )
    )  # fmt: skip


def questions(actor: Actor, routing: Routing) -> list[SummaryQuestion]:
    """What this sponsor asked about a summary, and what the Secretariat answered."""
    return list(
        db.session.scalars(
            db.select(SummaryQuestion)
            .where(SummaryQuestion.routing_id == routing.id,
                   SummaryQuestion.sponsor_id == actor.organisation_id)
            .order_by(SummaryQuestion.asked_at.desc())
            .limit(QUESTIONS_SHOWN)
        )
    )  # fmt: skip
