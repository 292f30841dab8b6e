"""Which communications exist for this actor: those of their units, those that reached them, envelopes?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.audit.models import AuditEvent
from app.cases.exchanges import standing
from app.cases.exchanges.models import Addressee, Delivery, Exchange, Receipt
from app.cases.exchanges.opened import OpenedCase, Received
from app.db import beyond
from app.db.errors import Missing
from app.db.scoping import is_writing
from app.extensions import db
from app.intake.models import Dossier, Draft
from app.organisations.models import Membership, Organisation, Unit
from app.policy.actor import Actor
from app.policy.roles import CASE_OFFICERS
from app.web import locale
from app.web.keyset import Page, page_of

FORWARDED = "case-forwarded"
"""The event that says to which unit something was passed on."""
MOST_SHOWN = 200
"""Addressees of one communication, and receipts of one addressee, that a page shows at most."""


def of_own_units(actor: Actor, whose: Any) -> ColumnElement[bool]:
    """The condition under which a row of an organisation and one of its units is the actor's own."""
    return and_(
        whose.organisation_id == actor.organisation_id, whose.unit_id.in_(actor.case_unit_ids)
    )


def get(actor: Actor, case_id: str) -> OpenedCase:
    """A communication that one of the actor's units drafted. Raises Missing."""
    own_draft = and_(Draft.dossier_id == Dossier.id, Draft.closed_at.is_(None),
                     Draft.organisation_id == actor.organisation_id)  # fmt: skip
    query = (
        db.select(Dossier, Draft, Organisation, Exchange, Unit, standing.asked())
        .select_from(Exchange)
        .join(Dossier, Dossier.id == Exchange.id)
        .join(Organisation, Organisation.id == Exchange.organisation_id)
        .join(Unit, Unit.id == Exchange.unit_id)
        .outerjoin(Draft, own_draft)
        .where(Exchange.id == case_id, of_own_units(actor, Exchange))
    )
    if is_writing():
        # Whoever changes it sees it as the one before left it, and the next one waits.
        query = query.with_for_update(of=Exchange)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise Missing(case_id)
    dossier, draft, organisation, exchange, unit, state = row
    return OpenedCase(dossier, draft, organisation, None, 0, exchange, unit, standing.said(state))


def get_received(actor: Actor, addressee_id: str) -> Received:
    """A communication that reached one of the actor's units. Raises Missing.

    One that was recalled, or that nobody may read there any more, is there as what is left of it.
    """
    unit, sender_unit = aliased(Unit), aliased(Unit)
    query = (
        db.select(Addressee, Exchange, Delivery, Organisation, sender_unit, unit, standing.asked())
        .join(Exchange, Exchange.id == Addressee.exchange_id)
        .join(Delivery, newest_copy(actor))
        .join(Organisation, Organisation.id == Addressee.sender_id)
        .join(sender_unit, sender_unit.id == Exchange.unit_id)
        .join(unit, unit.id == Addressee.unit_id)
        .where(Addressee.id == addressee_id, of_own_units(actor, Addressee))
    )  # fmt: skip
    if is_writing():
        query = query.with_for_update(of=Addressee)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise Missing(addressee_id)
    addressee, exchange, delivery, sender, from_unit, to_unit, state = row
    return Received(addressee, exchange, delivery, sender, from_unit, to_unit, standing.said(state))


def newest_copy(actor: Actor) -> ColumnElement[bool]:
    """The condition under which a delivery is the newest one that the actor's country holds of an addressee's."""
    newest = (
        select(func.max(Delivery.number)).where(Delivery.addressee_id == Addressee.id)
        .correlate(Addressee).scalar_subquery()
    )  # fmt: skip
    return and_(Delivery.addressee_id == Addressee.id, Delivery.number == newest,
                Delivery.organisation_id == actor.organisation_id)  # fmt: skip


def replaced(received: Received) -> Delivery | None:
    """The copy in whose place the newest one stands; None where it is the first."""
    if received.delivery.number == 1:
        return None
    return db.session.scalars(
        db.select(Delivery).where(Delivery.addressee_id == received.id,
                                  Delivery.number == received.delivery.number - 1)
    ).one_or_none()  # fmt: skip


def is_answered() -> ColumnElement[bool]:
    """The condition under which a unit answered what reached it, since it reached it last."""
    answer = aliased(Exchange)
    return (
        select(answer.id)
        .where(answer.answers_id == Addressee.id, answer.kind == "REPLY", answer.state != "recalled",
               answer.released_at >= Addressee.delivered_at)
        .correlate(Addressee).exists()
    )  # fmt: skip


def waits() -> ColumnElement[bool]:
    """The condition under which a unit still owes something for what reached it: nobody closed the case, and
    the unit has not answered."""
    return and_(Exchange.state == "released", ~is_answered())


def has_answered(received: Received) -> bool:
    """Whether the unit answered what reached it."""
    query = select(Addressee.id).where(Addressee.id == received.id, is_answered())
    return db.session.scalar(query) is not None


def get_readable(actor: Actor, addressee_id: str) -> Received:
    """The same, where it may still be read. Raises Missing."""
    received = get_received(actor, addressee_id)
    if not received.is_readable:
        raise Missing(addressee_id)
    return received


@dataclass(frozen=True)
class Asked:
    """What a reader chose above a list; "" for no choice."""

    state: str = ""
    kind: str = ""


def list_own(actor: Actor, asked: Asked, after: str) -> Page:
    """What the actor's units drafted, the newest first, a page at a time, without its answers."""
    query = (
        db.select(Exchange, Unit, _to_whom())
        .join(Unit, Unit.id == Exchange.unit_id)
        .join(Dossier, Dossier.id == Exchange.id)
        .where(of_own_units(actor, Exchange), Dossier.state != "discarded")
    )
    query = _narrowed(query, Exchange, asked)
    return page_of(query, Exchange.created_at, Exchange.id, after)


def _to_whom() -> Any:
    """How many units it went to, and how many gave their receipt."""
    return (
        select(func.count()).where(Addressee.exchange_id == Exchange.id)
        .correlate(Exchange).scalar_subquery().label("addressees")
    )  # fmt: skip


def list_received(actor: Actor, asked: Asked, after: str) -> Page:
    """What reached the actor's units, the newest first, a page at a time."""
    sender_unit = aliased(Unit)
    query = (
        db.select(
            Addressee,
            Exchange,
            Organisation,
            sender_unit,
            Unit,
            Delivery,
            is_answered().label("is_answered"),
        )
        .join(Exchange, Exchange.id == Addressee.exchange_id)
        .join(Delivery, newest_copy(actor))
        .join(Organisation, Organisation.id == Addressee.sender_id)
        .join(sender_unit, sender_unit.id == Exchange.unit_id)
        .join(Unit, Unit.id == Addressee.unit_id)
        .where(of_own_units(actor, Addressee), Addressee.delivered_at.is_not(None))
    )
    if asked.state:
        query = query.where(Addressee.state == asked.state)
    if asked.kind:
        query = query.where(Exchange.kind == asked.kind)
    return page_of(query, Addressee.delivered_at, Addressee.id, after)


def _narrowed(query: Any, of: Any, asked: Asked) -> Any:
    if asked.state:
        query = query.where(of.state == asked.state)
    return query.where(of.kind == asked.kind) if asked.kind else query


def list_envelopes(asked: Asked, after: str) -> Page:
    """For the Secretariat: what was released, between whom, and nothing of what it says."""
    query = (
        db.select(Exchange, Organisation, Unit)
        .join(Organisation, Organisation.id == Exchange.organisation_id)
        .join(Unit, Unit.id == Exchange.unit_id)
        .where(Exchange.released_at.is_not(None))
    )
    return page_of(_narrowed(query, Exchange, asked), Exchange.released_at, Exchange.id, after)


def addressees_of(exchange_ids: Sequence[str]) -> dict[str, list[Any]]:
    """Exchange -> (addressee, country, unit) for each unit to which it was released."""
    found: dict[str, list[Any]] = {each: [] for each in exchange_ids}
    rows = db.session.execute(
        db.select(Addressee, Organisation, Unit)
        .join(Organisation, Organisation.id == Addressee.organisation_id)
        .join(Unit, Unit.id == Addressee.unit_id)
        .where(Addressee.exchange_id.in_(exchange_ids))
        .order_by(Addressee.queued_at, Addressee.id)
        .limit(MOST_SHOWN)
    )
    for row in rows:
        found[row.Addressee.exchange_id].append(row)
    return found


def receipts_of(addressee_ids: Sequence[str]) -> list[Receipt]:
    """The steps of these addressees, the oldest first."""
    return list(db.session.scalars(
        db.select(Receipt).where(Receipt.addressee_id.in_(addressee_ids))
        .order_by(Receipt.at, Receipt.number, Receipt.id).limit(MOST_SHOWN)
    ))  # fmt: skip


def units_to_choose(unit_id: str) -> list[tuple[Organisation, Unit]]:
    """Every unit of a delegation in which somebody handles cases, but this one, which writes; by country and name.

    Those of its own country too: whoever finds a child is often not who protects it.
    """
    name = Unit.name_en if locale.lang() == "en" else Unit.name_es
    return manned(
        db.select(Organisation, Unit)
        .join(Organisation, Organisation.id == Unit.organisation_id)
        .where(Organisation.kind == "delegation", Organisation.ended_at.is_(None),
               Unit.ended_at.is_(None), Unit.id != unit_id)
        .order_by(Organisation.key, name, Unit.id)
    )  # fmt: skip


def is_manned() -> ColumnElement[bool]:
    """The condition under which somebody handles cases in a unit now: in the others nobody could read."""
    return exists().where(
        Membership.unit_id == Unit.id, Membership.ended_at.is_(None),
        Membership.role.in_([role.value for role in CASE_OFFICERS]),
        Person.id == Membership.person_id, Person.active,
    )  # fmt: skip


def manned(query: Any) -> list[tuple[Organisation, Unit]]:
    """The (country, unit) of a query in which somebody handles cases. Who that is stays behind its wall."""
    rows = beyond.read(query.where(is_manned()))
    return [(row.Organisation, row.Unit) for row in rows]


def own_units(actor: Actor) -> list[Unit]:
    """The units in which the actor handles cases."""
    return list(db.session.scalars(
        db.select(Unit).where(Unit.id.in_(actor.case_unit_ids), Unit.ended_at.is_(None))
        .order_by(Unit.name_es, Unit.id)
    ))  # fmt: skip


def is_due(exchange: Exchange, today: date) -> bool:
    """Whether an answer was asked for by a day that has come."""
    return exchange.reply_by is not None and exchange.reply_by <= today


def units_to_forward(received: Received, told: Iterable[str]) -> list[tuple[Organisation, Unit]]:
    """The units to which something may be passed on: somebody handles cases there, they did not write it, and
    they have it not already as far as the copy tells (`told`) or one's own unit passed it on."""
    has_it = {received.unit_id, received.exchange.unit_id, *told, *_passed_on_to(received)}
    return manned(
        db.select(Organisation, Unit)
        .join(Organisation, Organisation.id == Unit.organisation_id)
        .where(Organisation.kind == "delegation", Organisation.ended_at.is_(None),
               Unit.ended_at.is_(None), Unit.id.not_in(has_it))
        .order_by(Organisation.key, Unit.name_es, Unit.id)
    )  # fmt: skip


def passed_on(received: Received) -> list[tuple[Organisation, Unit]]:
    """To which units this one passed it on. What became of it there is between them and who wrote it."""
    ids = _passed_on_to(received)
    if not ids:
        return []
    rows = db.session.execute(
        db.select(Organisation, Unit)
        .join(Organisation, Organisation.id == Unit.organisation_id)
        .where(Unit.id.in_(ids))
        .order_by(Organisation.key, Unit.name_es, Unit.id)
    )  # fmt: skip
    return [(organisation, unit) for organisation, unit in rows]


def _passed_on_to(received: Received) -> list[str]:
    """Ids of units, as put on record when it was passed on."""
    details = db.session.scalars(
        db.select(AuditEvent.detail).where(
            AuditEvent.subject_kind == "addressee", AuditEvent.subject_id == received.id,
            AuditEvent.kind == FORWARDED,
        ).limit(MOST_SHOWN)
    )  # fmt: skip
    return [json.loads(detail)["unit"] for detail in details]


@dataclass(frozen=True)
class InThread:
    """One communication of a thread as the reader may know it."""

    exchange: Exchange
    addressee: Addressee | None
    """How it arrived; None for one's own."""


def thread(actor: Actor, thread_id: str) -> list[InThread]:
    """What the actor's units wrote and received in a thread, the oldest first."""
    rows = db.session.execute(
        db.select(Exchange, Addressee)
        .outerjoin(Addressee, and_(Addressee.exchange_id == Exchange.id, of_own_units(actor, Addressee),
                                   Addressee.delivered_at.is_not(None)))
        .where(Exchange.thread_id == thread_id,
               or_(of_own_units(actor, Exchange), Addressee.id.is_not(None)))
        .order_by(Exchange.created_at, Exchange.id)
        .limit(MOST_SHOWN)
    )  # fmt: skip
    return [InThread(exchange, addressee) for exchange, addressee in rows]
