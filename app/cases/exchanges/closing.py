"""How does a unit say that a case is closed, and who is told how it ended?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import clock
from app.audit import trail
from app.cases.common_format.format import CASE
from app.cases.exchanges.models import Addressee, Exchange
from app.cases.exchanges.opened import UNREADABLE, OpenedCase
from app.cases.exchanges.telling import to_tell_unit
from app.extensions import db
from app.formats.words import N_
from app.outbox import post
from app.outbox.deeds import Write, deed
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.refusal import Refusal
from app.workflow.tables import EXCHANGE

CLOSE = "case-close"
REASON_LIMIT = 1000
NO_OUTCOME = N_("Say how it ended. The units that had it read this.")
TOO_LONG = N_("This is too long: at most %(most)s characters.")


def close(actor: Actor, case: OpenedCase, *, outcome: str, reason: str) -> None:
    """Say that the case is closed, and how: nothing more is released of it; it is kept until its day.

    Every unit that had it is told. Raises Refusal or NotNow.
    """
    require(actor, Permission.CASE_RELEASE, case)
    exchange = case.exchange
    exchange.state = EXCHANGE.after(exchange.state, "close")
    if outcome not in CASE.code_lists["outcome"]:
        raise Refusal(NO_OUTCOME, field="outcome")
    if len(reason) > REASON_LIMIT:
        raise Refusal(TOO_LONG, field="reason", most=REASON_LIMIT)
    exchange.closed_at = clock.now()
    exchange.closing_outcome, exchange.closing_reason = outcome, reason
    exchange.revision += 1
    post.to_do(CLOSE, exchange=exchange.id, revision=exchange.revision)
    trail.record(actor, "case-closed", subject=("exchange", exchange.id),
                 owner=exchange.organisation_id)  # fmt: skip


@deed(CLOSE)
def closed(params: Mapping[str, Any]) -> Write:
    """Tell every unit that can read it that the case was closed."""
    exchange = db.session.get_one(Exchange, params["exchange"])
    tells = [
        to_tell_unit(each, "case-closed", more=str(params["revision"]))
        for each in db.session.scalars(
            db.select(Addressee).where(Addressee.exchange_id == exchange.id)
        )
        if each.delivered_at is not None and each.state not in UNREADABLE
    ]

    def write() -> None:
        for tell in tells:
            tell()

    return write
