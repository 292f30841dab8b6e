"""To which units does a release go, until when may each read it, and who no longer gets it?

A release is for the units it names, and for those to which they passed it on. From every other unit that
has an older version it is taken back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app import clock
from app.cases.exchanges import days, delivering, moving, taking_back
from app.cases.exchanges.models import Addressee, Exchange
from app.db.base import new_id
from app.extensions import db
from app.formats.words import N_
from app.organisations.models import Organisation, Unit
from app.policy.actor import Actor
from app.web.refusal import Refusal
from app.workflow.tables import ADDRESSEE

ACCESS_LASTS = timedelta(days=90)
"""How long an addressee may read it where the sender wrote no day. A proposal of this product."""
ACCESS_PAST = N_("The last day of access must be today or later.")
ACCESS_OUTLASTS = N_("Access cannot last longer than the case is kept.")


@dataclass(frozen=True)
class Sending:
    """What the sender decides for one unit: the last day of access, and the secrets it may know."""

    access_until: date | None = None
    released: frozenset[str] = frozenset()


def address(
    actor: Actor, exchange: Exchange, units: Sequence[tuple[Organisation, Unit]],
    sendings: Mapping[str, Sending],
) -> None:  # fmt: skip
    """Queue it for the units that are named; what was passed on follows, the rest is taken back."""
    there = _addressees(exchange)
    by_unit = {each.unit_id: each for each in there}
    for organisation, unit in units:
        addressee = by_unit.get(unit.id) or _new(exchange, organisation, unit)
        _queue(actor, exchange, addressee, sendings.get(unit.id, Sending()))
    named, gone = {unit.id for _organisation, unit in units}, set()
    for each in there:  # whoever passed something on stands before those who got it
        if each.unit_id in named:
            continue
        if each.forwarded_by_id is None or each.forwarded_by_id in gone:
            gone.add(each.id)
            if ADDRESSEE.may(each.state, "recall"):
                taking_back.take_back(actor, each)
        elif each.state in moving.HELD:
            moving.step(actor, each, "queue", owner=exchange.organisation_id)


def _addressees(exchange: Exchange) -> Sequence[Addressee]:
    return db.session.scalars(
        db.select(Addressee).where(Addressee.exchange_id == exchange.id)
        .order_by(Addressee.queued_at, Addressee.id).with_for_update()
    ).all()  # fmt: skip


def _new(exchange: Exchange, organisation: Organisation, unit: Unit) -> Addressee:
    made = Addressee(
        id=new_id(), exchange_id=exchange.id, sender_id=exchange.organisation_id,
        organisation_id=organisation.id, unit_id=unit.id, state=ADDRESSEE.initial, queued_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    return made


def _queue(actor: Actor, exchange: Exchange, addressee: Addressee, sending: Sending) -> None:
    addressee.access_until = _access(exchange, sending)
    addressee.released = " ".join(sorted(sending.released))
    addressee.forwarded_by_id, addressee.via = None, ""  # whoever is named gets it from the sender
    if addressee.state == ADDRESSEE.initial:
        addressee.revision = (
            addressee.revision or 0
        ) + 1  # a delivery under way is none of this release
    else:
        moving.step(actor, addressee, "queue", owner=exchange.organisation_id)
    db.session.flush()
    delivering.promise(addressee)


def _access(exchange: Exchange, sending: Sending) -> date:
    """The last day of access: as written, else for a while; never beyond the case itself."""
    ends, today = exchange.retention_until, days.today()
    if sending.access_until is None:
        usual = today + ACCESS_LASTS
        return min(usual, ends) if ends else usual
    if sending.access_until < today:
        raise Refusal(ACCESS_PAST, field="access_until")
    if ends and sending.access_until > ends:
        raise Refusal(ACCESS_OUTLASTS, field="access_until")
    return sending.access_until
