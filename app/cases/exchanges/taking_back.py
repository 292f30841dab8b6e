"""How is a communication taken back from one unit: because it was recalled, or is no longer addressed to it?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.cases.exchanges import afterwards, copies, moving
from app.cases.exchanges.models import Addressee
from app.cases.exchanges.telling import told_unit
from app.extensions import db
from app.outbox import post
from app.outbox.deeds import Write, deed
from app.policy.actor import Actor

RECALL = "case-recall"


def take_back(actor: Actor | None, addressee: Addressee) -> None:
    """From now on nothing of it is read there; its copies are destroyed, and its unit is told."""
    was_there = addressee.delivered_at is not None
    moving.step(actor, addressee, "recall", owner=addressee.sender_id)
    if was_there:
        post.to_do(RECALL, addressee=addressee.id, revision=addressee.revision)


@deed(RECALL)
def recalled(params: Mapping[str, Any]) -> Write:
    """Destroy the copies, and tell the unit that it was taken back."""
    addressee = db.session.get_one(Addressee, params["addressee"])

    def write() -> None:
        if addressee.state == "recalled":
            copies.destroy(addressee, RECALL)
            afterwards.forget(addressee.id, RECALL)
            told_unit(addressee, "case-recalled")

    return write
