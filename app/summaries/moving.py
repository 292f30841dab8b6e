"""How does a summary, or a routing, move on only from where it was seen to stand?

Between looking and writing somebody else may be faster. Each move names what was seen, so that of two
who moved from the same place the second is refused, on PostgreSQL too.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from app.db.changing import changed
from app.extensions import db
from app.summaries.models import Routing, Summary
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


def recall_all(released_id: str) -> None:
    """Recall a release from every sponsor, whatever each answered meanwhile."""
    verbs = tables.ROUTING.moves
    movable = [state for state in tables.ROUTING.states if (state, "recall") in verbs]
    changed(
        db.session(),
        update(Routing)
        .where(Routing.released_id == released_id, Routing.state.in_(movable))
        .values(state="recalled")
        .execution_options(synchronize_session="fetch"),
    )  # fmt: skip
