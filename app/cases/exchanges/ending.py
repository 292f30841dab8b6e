"""How does a communication end: recalled, closed, out of reach of an addressee, forgotten?

Two clocks: until when an addressee may read it, and until when the sender keeps the case at all. What is
forgotten is forgotten by destroying keys: the sender's and those of every copy.
"""

from __future__ import annotations

from app import clock
from app.audit import trail
from app.cases.exchanges import afterwards, copies, moving, taking_back
from app.cases.exchanges.models import Addressee, Exchange, Receipt
from app.cases.exchanges.opened import OpenedCase
from app.cases.exchanges.telling import told_unit
from app.extensions import db
from app.formats.words import N_
from app.intake.actions import CLOSE_ANY
from app.intake.models import Version
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.sealing import envelope
from app.web.refusal import fits
from app.workflow.tables import ADDRESSEE, EXCHANGE

REASON_LIMIT = 1000
NO_REASON = N_("Say in a sentence why. The units that had it read this sentence.")
RETENTION_OVER, ON_REQUEST, RESTORED = "retention_over", "on_request", "restored"
"""Why something was forgotten, as a code."""


def recall(actor: Actor, case: OpenedCase, *, reason: str) -> None:
    """Take it back everywhere: no addressee reads it from now on, and each is told."""
    require(actor, Permission.CASE_RELEASE, case)
    exchange = case.exchange
    exchange.state = EXCHANGE.after(exchange.state, "recall")
    fits(reason, field="reason", most=REASON_LIMIT, missing=NO_REASON)
    exchange.recall_reason, exchange.recalled_at = reason, clock.now()
    exchange.revision += 1
    for addressee in _addressees(exchange):
        if ADDRESSEE.may(addressee.state, "recall"):
            taking_back.take_back(actor, addressee)
    trail.record(actor, "case-recalled", subject=("exchange", exchange.id),
                 owner=exchange.organisation_id)  # fmt: skip


def expire(addressee: Addressee) -> None:
    """The last day of access is over: its copies are forgotten. By the clock, reaching both countries."""
    moving.step(None, addressee, "expire", owner=addressee.organisation_id)
    copies.destroy(addressee, "access_over")


def forget(actor: Actor | None, exchange: Exchange, why: str) -> None:
    """Forget a communication for good, here and wherever it went. By the clock, which reaches both countries."""
    forget_here(actor, exchange, why)
    forget_elsewhere(exchange, why)


def forget_here(actor: Actor | None, exchange: Exchange, why: str) -> None:
    """Destroy the sender's key; a hash stays as the tombstone. Nobody reads it from now on, wherever it went."""
    exchange.state = EXCHANGE.after(exchange.state, "erase")
    version = db.session.get(Version, exchange.version_id) if exchange.version_id else None
    exchange.tombstone = version.hash if version else None
    exchange.erased_at = clock.now()
    exchange.revision += 1
    exchange.purpose = exchange.urgency = exchange.tlp = None
    exchange.reply_by, exchange.recall_reason = None, ""
    exchange.closing_outcome, exchange.closing_reason = None, ""
    db.session.execute(CLOSE_ANY, {"of_dossier": exchange.id, "now": exchange.erased_at})
    envelope.destroy(exchange.id, exchange.organisation_id, actor, why)
    trail.record(actor, "case-forgotten", subject=("exchange", exchange.id),
                 owner=exchange.organisation_id, detail={"why": why})  # fmt: skip


def forget_elsewhere(exchange: Exchange, why: str) -> None:
    """Destroy the keys of every copy, and what else stood on it. Reaches both countries: by the clock or a deed."""
    for addressee in _addressees(exchange):
        if ADDRESSEE.may(addressee.state, "expire"):
            moving.step(None, addressee, "expire", owner=addressee.organisation_id)
        copies.destroy(addressee, why)
        _forget_words(addressee)
        afterwards.forget(addressee.id, why)
    afterwards.forget(exchange.id, why)


def tell_erased(exchange: Exchange) -> None:
    """Tell the units that can read it that the unit which sent it erases it. Within a deed, which reaches them."""
    for addressee in _addressees(exchange):
        if addressee.state in moving.HELD:
            told_unit(addressee, "case-erased")


def _forget_words(addressee: Addressee) -> None:
    """Take away what somebody wrote with a receipt; that it was given, by whom and when stays."""
    addressee.reason = ""
    db.session.flush()
    of_it = db.update(Receipt).where(Receipt.addressee_id == addressee.id)
    db.session.execute(of_it.values(reason=""))


def _addressees(exchange: Exchange) -> list[Addressee]:
    return list(
        db.session.scalars(
            db.select(Addressee).where(Addressee.exchange_id == exchange.id).with_for_update()
        )
    )
