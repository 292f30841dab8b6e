"""What does the law of the sending country take out of a communication, and who had read it before it did?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased

from app.cases.exchanges import days, naming
from app.cases.exchanges.envelopes import envelope_of_draft
from app.cases.exchanges.models import Addressee, Exchange
from app.cases.reservations import queries as reservations
from app.cases.reservations import terms
from app.cases.reservations.models import ReservationRule
from app.cases.reservations.readers import Read, finds_readers
from app.cases.reservations.terms import Terms
from app.extensions import db
from app.organisations.models import Organisation, Unit
from app.policy.actor import Actor
from app.policy.engine import allowed
from app.policy.permissions import Permission
from app.reserving.owed import reserved_places
from app.reserving.rule import Direction, Of

MOST = 50
"""How many that had read it are named: the latest of those whom a rule concerns."""


def places(case: Any, said: Mapping[str, Any]) -> frozenset[str]:
    """What is not asked for, since the sender's own reservations keep it from every addressee; `said` are
    the answers as anybody of the unit reads them."""
    today, own = days.today(), case.organisation.country or ""
    countries = db.session.scalars(
        db.select(Organisation.country).join(Unit, Unit.organisation_id == Organisation.id)
        .where(Unit.id.in_(said.get("recipient_units") or []))
    )  # fmt: skip
    envelope = envelope_of_draft(
        said, case.organisation, frozenset(code or "" for code in countries), at=today
    )
    return reserved_places(case.format, envelope, reservations.rules_of({own}, today))


@finds_readers
def readers(actor: Actor, rule: ReservationRule) -> Sequence[Read]:
    """Units elsewhere that opened what this country sent before the rule, to whom it applies."""
    about = terms.of_record(rule)
    if about.direction not in (Direction.SEND, Direction.ONWARD):
        return ()
    sender_unit = aliased(Unit, name="sender_unit")
    rows = db.session.execute(
        db.select(Exchange, Addressee, Organisation, Unit, sender_unit)
        .join(Addressee, Addressee.exchange_id == Exchange.id)
        .join(Organisation, Organisation.id == Addressee.organisation_id)
        .join(Unit, Unit.id == Addressee.unit_id)
        .join(sender_unit, sender_unit.id == Exchange.unit_id)
        .where(Exchange.organisation_id == actor.organisation_id, Addressee.opened_at.is_not(None),
               Addressee.organisation_id != actor.organisation_id, *_concerned(about))
        .order_by(Addressee.opened_at.desc(), Addressee.id)
        .limit(MOST)
    )  # fmt: skip
    return [_read(actor, row) for row in rows]


def _concerned(about: Terms) -> Iterator[ColumnElement[bool]]:
    """That it went to whom, for what and under which mark the rule is about. What was read of it stays
    sealed."""
    if about.counterparts:
        yield Organisation.country.in_(about.counterparts)
    if about.purposes:
        yield Exchange.purpose.in_(about.purposes)
    if about.direction == Direction.ONWARD:
        yield Addressee.forwarded_by_id.is_not(None)
    named = [terms.selector(each) for each in about.data]
    if all(each.of is Of.TLP for each in named):
        yield Exchange.tlp.in_([each.value for each in named])


def _read(actor: Actor, row: Any) -> Read:
    may = allowed(actor, Permission.CASE_READ, row.Exchange)
    url = url_for("cases.show", case_id=row.Exchange.id) if may else ""
    who = naming.unit_words(row.Organisation, row.Unit, actor.lang)
    ask = "" if may else row.sender_unit.name(actor.lang)
    return Read(row.Exchange.reference, who, row.Addressee.opened_at, url, ask)
