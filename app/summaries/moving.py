"""How does a summary, a routing or a question move on only from where it was seen to stand?

Between looking and writing somebody else may be faster. Each move names what was seen, so that of two
who moved from the same place the second is refused, on PostgreSQL too.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update

from app.db.changing import changed
from app.extensions import db
from app.summaries.models import (
    CountryRequest,
    QuestionRelay,
    Routing,
    Summary,
    SummaryQuestion,
)
from app.workflow import tables
from app.workflow.machine import NotNow


def move(summary: Summary, verb: str, **values: Any) -> None:
    """Move a summary, with other values of it. Raises NotNow where it stands elsewhere by now."""
    seen, revision = summary.state, summary.revision
    state = tables.SUMMARY.after(seen, verb)
    moved = changed(
        db.session(),
        update(Summary)
        .where(Summary.id == summary.id, Summary.organisation_id == summary.organisation_id,
               Summary.state == seen, Summary.revision == revision)
        .values(state=state, revision=revision + 1, **values)
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    if not moved:
        raise NotNow(tables.SUMMARY.name, seen, verb)
    db.session.refresh(summary)


def answer(routing: Routing, verb: str, **values: Any) -> None:
    """Move a sponsor's routing. Raises NotNow where it was recalled, or answered, in between."""
    seen = routing.state
    state = tables.ROUTING.after(seen, verb)
    moved = changed(
        db.session(),
        update(Routing)
        .where(Routing.id == routing.id, Routing.sponsor_id == routing.sponsor_id,
               Routing.state == seen)
        .values(state=state, **values)
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    if not moved:
        raise NotNow(tables.ROUTING.name, seen, verb)
    db.session.refresh(routing)


def hold(routing: Routing, verb: str) -> None:
    """Keep a routing from being recalled until this transaction ends.

    Raises NotNow where it was recalled in between.
    """
    state = db.session.scalar(
        db.select(Routing.state)
        .where(Routing.id == routing.id, Routing.sponsor_id == routing.sponsor_id)
        .with_for_update()
    )
    if state is None or state == "recalled":
        raise NotNow(tables.ROUTING.name, "recalled", verb)


def recall_all(released_id: str, *, because: str, at: datetime) -> None:
    """Recall a release from every sponsor, whatever each answered or asked meanwhile.

    Whoever asks holds the routing, so that the questions closed here are all there are.
    """
    verbs = tables.ROUTING.moves
    movable = [state for state in tables.ROUTING.states if (state, "recall") in verbs]
    changed(
        db.session(),
        update(Routing)
        .where(Routing.released_id == released_id, Routing.state.in_(movable))
        .values(state="recalled", recalled_at=at)
        .execution_options(synchronize_session="fetch"),
    )  # fmt: skip
    of_release = db.select(Routing.id).where(Routing.released_id == released_id)
    changed(
        db.session(),
        update(SummaryQuestion)
        .where(SummaryQuestion.routing_id.in_(of_release), SummaryQuestion.answer.is_(None))
        .values(closed_at=at, closed_because=because)
        .execution_options(synchronize_session="fetch"),
    )  # fmt: skip
    changed(
        db.session(),
        update(QuestionRelay)
        .where(QuestionRelay.routing_id.in_(of_release), QuestionRelay.state == "waiting")
        .values(state=tables.RELAY.after("waiting", "close"))
        .execution_options(synchronize_session="fetch"),
    )  # fmt: skip
    changed(
        db.session(),
        update(CountryRequest)
        .where(CountryRequest.routing_id.in_(of_release), CountryRequest.state == "asked")
        .values(state=tables.REVEAL.after("asked", "close"), answered_at=at)
        .execution_options(synchronize_session="fetch"),
    )  # fmt: skip
