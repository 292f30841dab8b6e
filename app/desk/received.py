"""What waits for a sponsor? The only queries of its desk: its connection knows no other tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, func, or_

from app.desk.items import ASKED
from app.extensions import db
from app.policy.actor import Actor
from app.summaries.models import (
    CountryRequest,
    CountryReveal,
    ReleasedSummary,
    Routing,
    SummaryQuestion,
)

ANSWERS_SHOWN = 3


def without_answer(actor: Actor, *, is_opened: bool) -> list[Any]:
    """Summaries sent to this sponsor that it has not answered, the newest first."""
    return list(
        db.session.execute(
            db.select(Routing.id, Routing.sent_at, Routing.why, ReleasedSummary.reference,
                      ReleasedSummary.content)
            .join(ReleasedSummary, ReleasedSummary.id == Routing.released_id)
            .where(Routing.sponsor_id == actor.organisation_id, Routing.state == "sent",
                   Routing.opened_at.is_not(None) if is_opened else Routing.opened_at.is_(None))
            .order_by(Routing.sent_at.desc(), Routing.id)
            .limit(ASKED)
        )
    )  # fmt: skip


def answers(actor: Actor) -> list[Any]:
    """What became last of this sponsor's questions: answered, or closed by a recall.

    Of what was recalled nothing but the sponsor's own question is left to read.
    """
    ended_at = func.coalesce(SummaryQuestion.closed_at, SummaryQuestion.answered_at)
    is_readable = and_(ReleasedSummary.id == Routing.released_id, Routing.state != "recalled")
    return list(
        db.session.execute(
            db.select(Routing.id, SummaryQuestion.question, SummaryQuestion.answered_at,
                      SummaryQuestion.closed_at, SummaryQuestion.closed_because,
                      ReleasedSummary.reference)
            .join(Routing, Routing.id == SummaryQuestion.routing_id)
            .outerjoin(ReleasedSummary, is_readable)
            .where(SummaryQuestion.sponsor_id == actor.organisation_id,
                   or_(and_(Routing.state != "recalled", SummaryQuestion.answer.is_not(None)),
                       SummaryQuestion.closed_at.is_not(None)))
            .order_by(ended_at.desc(), SummaryQuestion.id)
            .limit(ANSWERS_SHOWN)
        )
    )  # fmt: skip


def names(actor: Actor) -> list[Any]:
    """What countries last said to this sponsor about their name: told, or not for now."""
    told = db.select(CountryReveal.routing_id.label("routing_id"),
                     CountryReveal.revealed_at.label("at"),
                     db.literal("revealed").label("state")).where(
        CountryReveal.sponsor_id == actor.organisation_id)  # fmt: skip
    declined = db.select(CountryRequest.routing_id, CountryRequest.answered_at,
                         CountryRequest.state).where(
        CountryRequest.sponsor_id == actor.organisation_id,
        CountryRequest.state == "declined")  # fmt: skip
    said = told.union_all(declined).subquery()
    return list(
        db.session.execute(
            db.select(Routing.id, said.c.at, said.c.state, ReleasedSummary.reference,
                      ReleasedSummary.content)
            .join(Routing, Routing.id == said.c.routing_id)
            .join(ReleasedSummary, ReleasedSummary.id == Routing.released_id)
            .where(Routing.state != "recalled")
            .order_by(said.c.at.desc(), Routing.id)
            .limit(ANSWERS_SHOWN)
        )
    )  # fmt: skip
