"""How does a unit pass on what reached it, by the rules of its mark and no further than its own copy?

A deed carries it out, since neither country may write for a third. What is passed on is made from the copy
of whoever forwards it, through the rules of the sender, of the forwarder and of the next reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import clock
from app.audit import trail
from app.cases.common_format import queries as format_queries
from app.cases.common_format.format import CASE
from app.cases.exchanges import days, delivering, queries
from app.cases.exchanges.envelopes import envelope_of
from app.cases.exchanges.models import Addressee, Exchange
from app.cases.exchanges.obstacles import NOT_OPTED
from app.cases.exchanges.opened import Received
from app.db.base import new_id
from app.extensions import db
from app.formats.words import N_
from app.organisations.models import Organisation, Unit
from app.outbox import post
from app.outbox.deeds import Write, deed
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.reserving import tlp
from app.reserving.envelope import RECIPIENT, Reader
from app.web.refusal import Refusal

FORWARD = "case-forward"
FORBIDDEN = N_("Its mark %(mark)s does not let it be passed on to this unit.")
NO_UNIT = N_("Choose the unit to which it is passed on.")
BACK = N_("This unit wrote it.")
NO_MORE = N_("Nothing more of it is passed on: the unit that wrote it closed it.")


def forward(actor: Actor, received: Received, unit: Unit | None, *, country: str) -> None:
    """Pass it on to a unit of this country. Raises Refusal where its mark forbids it."""
    require(actor, Permission.CASE_ANSWER, received)
    if unit is None:
        raise Refusal(NO_UNIT, field="unit")
    if received.exchange.state != "released":
        raise Refusal(NO_MORE, field="unit")
    if not received.exchange.is_exercise:
        _refuse_unless_opted_in(unit, actor.lang)
    if not mark_permits(received, actor.country or "", country):
        raise Refusal(FORBIDDEN, field="unit", mark=mark_of(received))
    if unit.id == received.exchange.unit_id:
        raise Refusal(BACK, field="unit")
    trail.record(actor, queries.FORWARDED, subject=("addressee", received.id),
                 owner=received.organisation_id, detail={"unit": unit.id})  # fmt: skip
    post.to_do(FORWARD, addressee=received.id, unit=unit.id)


def _refuse_unless_opted_in(unit: Unit, lang: str) -> None:
    """A real case passes only between countries that exchange, until the format is approved."""
    standing = format_queries.standing(CASE.name, CASE.version)
    if standing.is_approved or unit.organisation_id in format_queries.opted_in(CASE.name):
        return
    country = db.session.get_one(Organisation, unit.organisation_id)
    raise Refusal(NOT_OPTED, field="unit", countries=country.name(lang))


def mark_of(received: Received) -> str:
    """Its mark as everybody writes it, such as TLP:AMBER+STRICT."""
    return f"TLP:{(received.exchange.tlp or '').replace('_', '+')}"


def is_permitted(actor: Actor, received: Received) -> bool:
    """Whether it may be passed on at all: nothing is released of what is closed, and marks may forbid it."""
    own = actor.country or ""
    return received.exchange.state == "released" and mark_permits(received, own, own)


def mark_permits(received: Received, own: str, country: str) -> bool:
    """Whether its mark lets a unit of this country be told."""
    envelope = envelope_of(received.exchange, received.sender, frozenset({own}), at=days.today())
    reader = Reader(RECIPIENT, country, purpose=envelope.purpose, is_named=True, is_forwarded=True)
    return tlp.permits(envelope.tlp, envelope, reader)


@deed(FORWARD)
def forwarded(params: Mapping[str, Any]) -> Write:
    """Add the unit to the addressees, unless it is one already, and have it delivered."""
    held = db.session.get_one(Addressee, params["addressee"])
    unit = db.session.get_one(Unit, params["unit"])
    return lambda: _add(held, unit)


def _add(held: Addressee, unit: Unit) -> None:
    is_there = db.session.scalar(
        db.select(Addressee.id).where(Addressee.exchange_id == held.exchange_id,
                                      Addressee.unit_id == unit.id)
    )  # fmt: skip
    exchange = db.session.get_one(Exchange, held.exchange_id)
    if is_there or exchange.state != "released":
        return
    through = db.session.get_one(Organisation, held.organisation_id).country or ""
    made = Addressee(
        id=new_id(), exchange_id=held.exchange_id, sender_id=held.sender_id,
        organisation_id=unit.organisation_id, unit_id=unit.id, state="queued",
        forwarded_by_id=held.id, via=" ".join(sorted({*held.via.split(), through})),
        access_until=held.access_until, queued_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    delivering.promise(made)
