"""What does an addressed unit do with what reached it: open, give its receipt, act, forward?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from app.cases.exchanges import afterwards, copies, moving, purposes
from app.cases.exchanges.models import Addressee, Exchange
from app.cases.exchanges.opened import Received
from app.cases.exchanges.telling import to_tell_holder
from app.extensions import db
from app.formats.words import N_
from app.intake.sealed import opening
from app.outbox import post
from app.outbox.deeds import Write, deed
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.refusal import Refusal, fits

ANSWERED = "case-answered"
TOLD = {"opened": "case-opened", "rejected": "case-rejected"}
"""State of an addressee -> which notice its sender gets; of any other, that there is a receipt."""
REASON_LIMIT = 1000
VERBS = ("accept", "reject", "act")
NO_REASON = N_("Say in a sentence why. The unit that sent it reads this sentence.")
UNDECIDED = N_("Choose one of these.")


def open_first(actor: Actor, received: Received) -> None:
    """Note that the unit opened it; once, when the first of its people does."""
    require(actor, Permission.CASE_RECEIVE, received)
    if received.addressee.state == "delivered":
        moving.step(actor, received.addressee, "open", owner=received.organisation_id)
        _tell_sender(received)


def answer(actor: Actor, received: Received, *, verb: str, reason: str = "") -> None:
    """Give the receipt, say that it was acted upon, or reject it with a reason. Raises Refusal or NotNow."""
    require(actor, Permission.CASE_ANSWER, received)
    if verb not in VERBS:
        raise Refusal(UNDECIDED, field="verb")
    fits(reason, field="reason", most=REASON_LIMIT, missing=NO_REASON if verb == "reject" else "")
    moving.step(actor, received.addressee, verb, owner=received.organisation_id, reason=reason)
    received.addressee.reason = reason if verb == "reject" else ""
    _tell_sender(received)


def open_sealed(
    actor: Actor, received: Received, *, purpose: str, visible: Collection[str]
) -> dict[copies.Place, Any]:
    """What the sealed values of the copy say, put on record first.

    `visible` are the keys that this reader may see by the rules of now: no other is opened. Raises
    FactorNeeded, and Refusal where no purpose was chosen.
    """
    require(actor, Permission.CASE_RECEIVED_OPEN, received)
    among = purposes.fitting(received.exchange.purpose)
    opening.allow(actor, purpose, among)
    values = copies.opened(received.delivery, visible)
    opening.put_on_record(
        actor, purpose, {key for _row, key in values}, subject=("addressee", received.id),
        owner=received.organisation_id, among=among, delivery=received.delivery.id,
    )  # fmt: skip
    return values


def _tell_sender(received: Received) -> None:
    post.to_do(ANSWERED, exchange=received.exchange.id, addressee=received.id,
               revision=received.addressee.revision, state=received.state)  # fmt: skip


@deed(ANSWERED)
def answered(params: Mapping[str, Any]) -> Write:
    """Tell the unit that sent it what its addressee did with it, and let follow what follows from it."""
    exchange = db.session.get_one(Exchange, params["exchange"])
    more = f"{params['addressee']}:{params['revision']}"
    follows = afterwards.look_at_receipt(db.session.get_one(Addressee, params["addressee"]))

    kind = TOLD.get(params["state"], ANSWERED)
    tell_holder = to_tell_holder(exchange, kind, more=more)

    def write() -> None:
        tell_holder()
        for each in follows:
            each()

    return write
