"""How is it put on record that a sponsor opened a summary, before the summary is shown?"""

from __future__ import annotations

from app import clock
from app.audit import trail
from app.db.base import new_id
from app.extensions import db
from app.policy.actor import Actor
from app.summaries.models import SummaryOpening
from app.summaries.received import Received, get
from app.web.transaction import record_now


def open_on_record(actor: Actor, received: Received) -> Received:
    """Record the opening in a short transaction of its own, then read the summary again."""
    routing_id = received.routing.id
    record_now(lambda: note_opening(actor, routing_id))
    return get(actor, routing_id)


def note_opening(actor: Actor, routing_id: str) -> None:
    """Put on record that somebody of the sponsor opens a summary now. Raises Missing."""
    now, routing = clock.now(), get(actor, routing_id).routing
    if routing.opened_at is None:
        routing.opened_at = now
    db.session.add(SummaryOpening(id=new_id(), routing_id=routing_id, person_id=actor.person_id,
                                  sponsor_id=actor.organisation_id, opened_at=now))  # fmt: skip
    trail.record(actor, "summary-opened", subject=("routing", routing_id))
