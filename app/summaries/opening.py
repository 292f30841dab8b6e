"""How is it put on record that a sponsor opened a summary, before the summary is shown?"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, update

from app import clock
from app.audit import trail
from app.db.base import new_id
from app.db.changing import changed
from app.extensions import db
from app.policy.actor import Actor
from app.summaries import telling
from app.summaries.models import Routing, SummaryOpening, SummaryQuestion
from app.summaries.received import Received, get
from app.web.transaction import record_now

PAUSE = timedelta(minutes=10)
"""Within it, looking again is the same opening."""


def open_on_record(actor: Actor, received: Received) -> Received:
    """Record the opening in a short transaction of its own, then read the summary again."""
    if is_on_record(actor, received.routing):
        return received
    routing_id = received.routing.id
    record_now(lambda: note_opening(actor, routing_id))
    return get(actor, routing_id)


def is_on_record(actor: Actor, routing: Routing) -> bool:
    """Whether this person opened it and has been at it within the pause.

    What the person answered or asked counts as being at it: the page comes back after that by itself.
    """
    opened = db.session.scalar(
        db.select(func.max(SummaryOpening.opened_at)).where(
            SummaryOpening.routing_id == routing.id, SummaryOpening.person_id == actor.person_id)
    )  # fmt: skip
    asked = db.session.scalar(
        db.select(func.max(SummaryQuestion.asked_at)).where(
            SummaryQuestion.routing_id == routing.id, SummaryQuestion.asked_by == actor.person_id)
    )  # fmt: skip
    answered = routing.answered_at if routing.answered_by == actor.person_id else None
    if opened is None:
        return False
    return max(at for at in (opened, asked, answered) if at) > clock.now() - PAUSE


def note_opening(actor: Actor, routing_id: str) -> None:
    """Put on record that somebody of the sponsor opens a summary now. Raises Missing."""
    now, routing = clock.now(), get(actor, routing_id).routing
    is_first = changed(
        db.session(),
        update(Routing)
        .where(Routing.id == routing.id, Routing.sponsor_id == actor.organisation_id,
               Routing.opened_at.is_(None))
        .values(opened_at=now)
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    if is_first:
        telling.read(routing_id, routing.released_id)
    db.session.expire(routing)
    db.session.add(SummaryOpening(id=new_id(), routing_id=routing_id, person_id=actor.person_id,
                                  sponsor_id=actor.organisation_id, opened_at=now))  # fmt: skip
    trail.record(actor, "summary-opened", subject=("routing", routing_id))
