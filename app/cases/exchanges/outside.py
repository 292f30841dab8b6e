"""Which answers of an envelope may be told outside the copy: in a list, on a desk, to the Secretariat?

What a reservation keeps from a reader it keeps there too. In lists nothing is opened: that an answer is in
the copy was noted when it was delivered, and the rules are asked that held since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.cases.common_format.format import CASE
from app.cases.exchanges import days
from app.cases.exchanges.envelopes import envelope_of, reader_of
from app.cases.reservations import kept
from app.cases.reservations import queries as reservations
from app.policy.actor import Actor
from app.reserving.decision import decide
from app.reserving.envelope import SECRETARIAT, Envelope, Reader
from app.reserving.rule import Rule
from app.reserving.targets import targets

OUTSIDE = ("reply_by", "urgency")
Told = Mapping[str, frozenset[str]]
"""Id of an addressee, or of a communication -> keys that may be told of it."""


def told(actor: Actor, rows: Sequence[Any]) -> Told:
    """For what reached the actor's units: rows with Addressee, Exchange, Delivery and Organisation (the sender)."""
    if not rows:
        return {}
    own, today = actor.country or "", days.today()
    held = kept.held(
        {own, *(row.Organisation.country or "" for row in rows),
         *(code for row in rows for code in row.Addressee.via.split())},
        min(row.Delivery.delivered_at for row in rows),
    )  # fmt: skip
    found = {}
    for row in rows:
        envelope = envelope_of(
            row.Exchange, row.Organisation, frozenset({own}), at=today,
            forwarded_by=frozenset(row.Addressee.via.split()),
        )  # fmt: skip
        reader = reader_of(row.Exchange, row.Addressee, own)
        rules = held.since(row.Delivery.delivered_at)
        found[row.Addressee.id] = _open(row.Delivery.outside.split(), envelope, reader, rules)
    return found


def told_secretariat(rows: Sequence[Any]) -> Told:
    """For envelopes: rows with Exchange and Organisation (the sender)."""
    if not rows:
        return {}
    today = days.today()
    rules = reservations.rules_of({row.Organisation.country or "" for row in rows}, today)
    return {
        row.Exchange.id: _open(
            OUTSIDE, envelope_of(row.Exchange, row.Organisation, frozenset(), at=today),
            Reader(SECRETARIAT, purpose=row.Exchange.purpose or ""), rules,
        )
        for row in rows
    }  # fmt: skip


def _open(
    keys: Sequence[str], envelope: Envelope, reader: Reader, rules: Sequence[Rule]
) -> frozenset[str]:
    return frozenset(
        key for key in keys if decide(targets(CASE)[key], envelope, reader, rules).is_open
    )
