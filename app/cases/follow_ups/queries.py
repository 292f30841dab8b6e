"""Which follow-ups exist for this actor: those of their units, and a child's only where it is protected?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_

from app.cases.exchanges import standing
from app.cases.exchanges.models import Addressee, Delivery, Exchange
from app.cases.exchanges.opened import Received
from app.cases.exchanges.queries import manned, newest_copy, of_own_units
from app.cases.follow_ups.kinds import COMPANION, TAKEN
from app.cases.follow_ups.models import CaseFollowUp, CaseFollowUpHandover, CaseFollowUpStep
from app.cases.follow_ups.opened import OpenedFollowUp, Source
from app.db.errors import Missing
from app.db.scoping import is_writing
from app.extensions import db
from app.intake.models import Dossier
from app.organisations.models import Organisation, Unit
from app.organisations.units import PROTECTING
from app.policy.actor import Actor
from app.web import locale
from app.web.keyset import Page, page_of

MOST_SHOWN = 200
"""Steps and handovers of one follow-up that its page shows at most."""
SOON = timedelta(days=7)


def exists_for(actor: Actor) -> ColumnElement[bool]:
    """The condition under which a follow-up, joined with its unit, is there for the actor at all."""
    is_apart = or_(CaseFollowUp.kind == COMPANION, Unit.kind.in_(PROTECTING))
    return and_(of_own_units(actor, CaseFollowUp), is_apart)


def _visible(actor: Actor) -> Any:
    return (
        db.select(CaseFollowUp, Unit, Exchange)
        .join(Unit, Unit.id == CaseFollowUp.unit_id)
        .outerjoin(Addressee, Addressee.id == CaseFollowUp.addressee_id)
        .join(Exchange, Exchange.id == func.coalesce(CaseFollowUp.exchange_id, Addressee.exchange_id))
        .where(exists_for(actor))
    )  # fmt: skip


def get(actor: Actor, follow_up_id: str) -> OpenedFollowUp:
    """A follow-up of one of the actor's units. Raises Missing."""
    query = _visible(actor).add_columns(standing.asked()).where(CaseFollowUp.id == follow_up_id)
    if is_writing():
        query = query.with_for_update(of=CaseFollowUp)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise Missing(follow_up_id)
    followed, unit, exchange, state = row
    return OpenedFollowUp(followed, unit, exchange, standing.said(state))


@dataclass(frozen=True)
class Asked:
    """What a reader chose above the list; "" for no choice."""

    state: str = ""
    kind: str = ""


def list_by_day(actor: Actor, asked: Asked, after: str) -> Page:
    """The follow-ups of the actor's units, the nearest day first, a page at a time."""
    query = _visible(actor)
    if asked.state:
        query = query.where(CaseFollowUp.state == asked.state)
    if asked.kind:
        query = query.where(CaseFollowUp.kind == asked.kind)
    return page_of(query, CaseFollowUp.due_on, CaseFollowUp.id, after, ascending=True)


def due_soon(actor: Actor, today: date, most: int) -> Sequence[Any]:
    """What is open and due within a week, or was due before, the nearest first."""
    return db.session.execute(
        _visible(actor)
        .where(CaseFollowUp.state == "open", CaseFollowUp.due_on <= today + SOON)
        .order_by(CaseFollowUp.due_on, CaseFollowUp.id).limit(most)
    ).all()  # fmt: skip


def open_of(actor: Actor, exchange: Exchange) -> Sequence[Any]:
    """What is open and began from this communication, the nearest day first."""
    return db.session.execute(
        _visible(actor)
        .where(CaseFollowUp.state == "open", CaseFollowUp.exchange_id == exchange.id)
        .order_by(CaseFollowUp.due_on, CaseFollowUp.id).limit(MOST_SHOWN)
    ).all()  # fmt: skip


def companion_of(actor: Actor, opened: OpenedFollowUp) -> CaseFollowUp | None:
    """The other follow-up of a child's pair. Nothing leads the other way."""
    if opened.is_of_companion:
        return None
    return db.session.scalars(
        db.select(CaseFollowUp).where(
            CaseFollowUp.pair_id == opened.row.pair_id, CaseFollowUp.kind == COMPANION,
            of_own_units(actor, CaseFollowUp),
        )
    ).one_or_none()  # fmt: skip


def followed_rows(source: Source) -> frozenset[tuple[str, str]]:
    """(row, kind) of what the unit follows already from this communication."""
    began = (
        CaseFollowUp.addressee_id == source.addressee_id if source.addressee_id
        else CaseFollowUp.exchange_id == source.exchange.id
    )  # fmt: skip
    rows = db.session.execute(
        db.select(CaseFollowUp.row_id, CaseFollowUp.kind)
        .where(began, CaseFollowUp.unit_id == source.unit_id,
               CaseFollowUp.organisation_id == source.organisation_id)
    )  # fmt: skip
    return frozenset((row.row_id, row.kind) for row in rows)


def steps_of(opened: OpenedFollowUp) -> list[CaseFollowUpStep]:
    """What was verified, seen or decided, the oldest first."""
    return list(db.session.scalars(
        db.select(CaseFollowUpStep).where(CaseFollowUpStep.follow_up_id == opened.id)
        .order_by(CaseFollowUpStep.number).limit(MOST_SHOWN)
    ))  # fmt: skip


@dataclass(frozen=True)
class Handing:
    """A handover with the unit that is asked, and how far the communication got there."""

    handover: CaseFollowUpHandover
    exchange: Exchange
    organisation: Organisation
    unit: Unit
    addressee: Addressee | None
    is_discarded: bool

    @property
    def is_awaited(self) -> bool:
        """Whether the unit accepted, and has not begun its own follow-up yet."""
        is_accepted = self.addressee is not None and self.addressee.state in TAKEN
        return is_accepted and self.handover.taken_over_at is None

    @property
    def is_pending(self) -> bool:
        """Whether the unit that is asked may still take over."""
        if self.handover.taken_over_at is not None or self.is_discarded:
            return False
        has_ended = self.addressee is not None and self.addressee.state in (
            "rejected", "undelivered", "recalled", "expired"
        )  # fmt: skip
        return self.exchange.state in ("draft", "released") and not has_ended


def handovers_of(opened: OpenedFollowUp) -> list[Handing]:
    """The handovers of a follow-up, the newest first."""
    rows = db.session.execute(
        db.select(CaseFollowUpHandover, Exchange, Organisation, Unit, Addressee, Dossier.state)
        .join(Exchange, Exchange.id == CaseFollowUpHandover.exchange_id)
        .join(Dossier, Dossier.id == Exchange.id)
        .join(Unit, Unit.id == CaseFollowUpHandover.unit_id)
        .join(Organisation, Organisation.id == Unit.organisation_id)
        .outerjoin(Addressee, and_(Addressee.exchange_id == Exchange.id,
                                   Addressee.unit_id == CaseFollowUpHandover.unit_id))
        .where(CaseFollowUpHandover.follow_up_id == opened.id)
        .order_by(CaseFollowUpHandover.begun_at.desc(), CaseFollowUpHandover.id)
        .limit(MOST_SHOWN)
    )  # fmt: skip
    return [
        Handing(handover, exchange, organisation, unit, addressee, state == "discarded")
        for handover, exchange, organisation, unit, addressee, state in rows
    ]


def awaited(follow_ups: Sequence[CaseFollowUp]) -> frozenset[str]:
    """Of these, the ids of those that another unit accepted to take over, and does not follow yet."""
    asked = [each.id for each in follow_ups if each.state == "open"]
    if not asked:
        return frozenset()
    return frozenset(db.session.scalars(
        db.select(CaseFollowUpHandover.follow_up_id)
        .join(Addressee, and_(Addressee.exchange_id == CaseFollowUpHandover.exchange_id,
                              Addressee.unit_id == CaseFollowUpHandover.unit_id))
        .where(CaseFollowUpHandover.follow_up_id.in_(asked), Addressee.state.in_(TAKEN),
               CaseFollowUpHandover.taken_over_at.is_(None))
    ))  # fmt: skip


@dataclass(frozen=True)
class AskedHere:
    """What arrived asks this unit to take a follow-up over."""

    begun: str
    """The follow-up that the unit began from it; the child's, where it keeps both. "" for none yet."""
    has_passed: bool
    """Whether the other unit's has ended by it."""


def asked_here(received: Received) -> AskedHere | None:
    """Whether what arrived asks its unit to take a follow-up over, and whether the unit has begun."""
    handover = db.session.scalars(
        db.select(CaseFollowUpHandover).where(_asks(received.addressee))
    ).one_or_none()
    if handover is None:
        return None
    begun = db.session.scalar(
        db.select(CaseFollowUp.id).where(_began_there(received.addressee))
        .order_by(CaseFollowUp.kind, CaseFollowUp.opened_at).limit(1)
    )  # fmt: skip
    return AskedHere(begun or "", handover.taken_over_at is not None)


def to_begin(actor: Actor, most: int) -> Sequence[Any]:
    """What the actor's units accepted to take over and do not follow yet, the oldest answer first."""
    return db.session.execute(
        db.select(Addressee, Exchange, Organisation)
        .join(Exchange, Exchange.id == Addressee.exchange_id)
        .join(Organisation, Organisation.id == Addressee.sender_id)
        .join(Delivery, newest_copy(actor))
        .where(of_own_units(actor, Addressee), Addressee.state.in_(TAKEN),
               exists().where(_asks(Addressee)), ~exists().where(_began_there(Addressee)))
        .order_by(Addressee.answered_at, Addressee.id).limit(most)
    ).all()  # fmt: skip


def _asks(addressee: Any) -> ColumnElement[bool]:
    return and_(CaseFollowUpHandover.exchange_id == addressee.exchange_id,
                CaseFollowUpHandover.unit_id == addressee.unit_id)  # fmt: skip


def _began_there(addressee: Any) -> ColumnElement[bool]:
    return and_(CaseFollowUp.addressee_id == addressee.id,
                CaseFollowUp.unit_id == addressee.unit_id, CaseFollowUp.state != "erased")  # fmt: skip


def units_to_ask(actor: Actor, kind: str) -> list[tuple[Organisation, Unit]]:
    """The units of other countries that may take over: a child's follow-up only those that protect."""
    name = Unit.name_en if locale.lang() == "en" else Unit.name_es
    query = (
        db.select(Organisation, Unit)
        .join(Organisation, Organisation.id == Unit.organisation_id)
        .where(Organisation.kind == "delegation", Organisation.ended_at.is_(None),
               Unit.ended_at.is_(None), Organisation.id != actor.organisation_id)
        .order_by(Organisation.key, name, Unit.id)
    )  # fmt: skip
    if kind != COMPANION:
        query = query.where(Unit.kind.in_(PROTECTING))
    return manned(query)
