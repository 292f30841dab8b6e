"""How does a communication take a step at an addressee, and leave its receipt?

A receipt is an object of its own that both sides read: that something arrived is never guessed from what
else happened.
"""

from __future__ import annotations

from datetime import datetime

from app import clock
from app.audit import trail
from app.cases.exchanges.models import Addressee, Receipt
from app.db.base import new_id
from app.extensions import db
from app.policy.actor import Actor
from app.workflow.tables import ADDRESSEE

HELD = ("delivered", "opened", "accepted", "actioned", "rejected")
"""States of an addressee in which something can be read there."""
INSTANTS = {
    "delivered": "delivered_at",
    "opened": "opened_at",
    "accepted": "answered_at",
    "rejected": "answered_at",
    "undelivered": "ended_at",
    "recalled": "ended_at",
    "expired": "ended_at",
}
"""State -> which instant of the addressee it fills."""


def step(
    actor: Actor | None, addressee: Addressee, verb: str, *, owner: str, reason: str = ""
) -> datetime:
    """Take one step and keep its receipt; when it was. Raises NotNow.

    `owner` is the organisation on whose side the step was taken, for the audit trail.
    """
    addressee.state = ADDRESSEE.after(addressee.state, verb)
    addressee.revision += 1
    now = clock.now()
    if (instant := INSTANTS.get(addressee.state)) is not None:
        setattr(addressee, instant, now)
    db.session.flush()  # a receipt is only taken of a step that was
    db.session.add(
        Receipt(
            id=new_id(), addressee_id=addressee.id, number=addressee.revision, state=addressee.state, at=now, reason=reason,
            by=actor.person_id if actor else None, by_name=actor.name if actor else "",
        )
    )  # fmt: skip
    trail.record(actor, f"case-{addressee.state}", subject=("addressee", addressee.id), owner=owner,
                 detail={"exchange": addressee.exchange_id, "unit": addressee.unit_id})  # fmt: skip
    return now
