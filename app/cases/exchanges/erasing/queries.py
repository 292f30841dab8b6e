"""Which proposals of erasure exist for this actor: of their units, or put before the legal adviser?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.cases.exchanges.erasing.models import CaseErasure
from app.cases.exchanges.models import Exchange
from app.cases.exchanges.queries import of_own_units
from app.cases.exchanges.telling import officers_of
from app.db.errors import Missing
from app.db.scoping import is_writing
from app.extensions import db
from app.organisations.models import Membership, Unit
from app.policy.actor import Actor, Role


@dataclass(frozen=True)
class ToErase:
    """A communication with the newest proposal to erase it. Nothing of what it says is in it."""

    exchange: Exchange
    unit: Unit
    erasure: CaseErasure | None

    @property
    def id(self) -> str:
        return self.exchange.id

    @property
    def organisation_id(self) -> str:
        return self.exchange.organisation_id

    @property
    def unit_id(self) -> str:
        return self.exchange.unit_id

    @property
    def open_erasure(self) -> CaseErasure | None:
        """The proposal that waits for somebody's word."""
        return self.erasure if self.erasure and self.erasure.state == "proposed" else None


def get(actor: Actor, case_id: str) -> ToErase:
    """A communication of the actor's units, or one whose erasure was put before the legal adviser.
    Raises Missing."""
    query = (
        db.select(Exchange, Unit).join(Unit, Unit.id == Exchange.unit_id)
        .where(Exchange.id == case_id, _exists_for(actor))
    )  # fmt: skip
    if is_writing():
        # Whoever proposes or decides sees it as the one before left it, and the next one waits.
        query = query.with_for_update(of=Exchange)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise Missing(case_id)
    return ToErase(row.Exchange, row.Unit, _newest(case_id))


def waiting(actor: Actor, most: int) -> Sequence[Any]:
    """(erasure, exchange, unit) of others' proposals that the actor may confirm or refuse, the oldest first."""
    return db.session.execute(
        db.select(CaseErasure, Exchange, Unit)
        .join(Exchange, Exchange.id == CaseErasure.exchange_id)
        .join(Unit, Unit.id == Exchange.unit_id)
        .where(_exists_for(actor), CaseErasure.state == "proposed",
               CaseErasure.proposed_by != actor.person_id)
        .order_by(CaseErasure.proposed_at, CaseErasure.id).limit(most)
    ).all()  # fmt: skip


def is_waiting(case_id: str) -> bool:
    """Whether somebody proposes to erase a communication, and nobody has decided yet."""
    of_it = db.select(CaseErasure.id).where(
        CaseErasure.exchange_id == case_id, CaseErasure.state == "proposed"
    )
    return db.session.scalar(of_it) is not None


def seconders_of(erasure: CaseErasure) -> list[tuple[str, str]]:
    """(person, organisation) of everybody who may confirm or refuse a proposal."""
    exchange = db.session.get_one(Exchange, erasure.exchange_id)
    found = {*officers_of(exchange.unit_id), *_advisers_of(erasure.organisation_id)}
    return sorted(each for each in found if each[0] != erasure.proposed_by)


def has_seconder(to_erase: ToErase, actor: Actor) -> bool:
    """Whether there is anybody but the actor who could confirm."""
    found = {*officers_of(to_erase.unit_id), *_advisers_of(to_erase.organisation_id)}
    return any(person_id != actor.person_id for person_id, _organisation_id in found)


def _exists_for(actor: Actor) -> ColumnElement[bool]:
    own = of_own_units(actor, Exchange)
    if Role.LEGAL_ADVISER not in actor.roles:
        return own
    proposed = aliased(CaseErasure)
    of_it = db.select(proposed.id).where(proposed.exchange_id == Exchange.id)
    return or_(own, and_(Exchange.organisation_id == actor.organisation_id, of_it.exists()))


def _newest(case_id: str) -> CaseErasure | None:
    return db.session.scalars(
        db.select(CaseErasure).where(CaseErasure.exchange_id == case_id)
        .order_by(CaseErasure.proposed_at.desc(), CaseErasure.id.desc()).limit(1)
    ).one_or_none()  # fmt: skip


def _advisers_of(organisation_id: str) -> list[tuple[str, str]]:
    rows = db.session.execute(
        db.select(Membership.person_id, Membership.organisation_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id == organisation_id, Membership.ended_at.is_(None),
               Membership.role == Role.LEGAL_ADVISER.value, Person.active)
        .distinct()
    )  # fmt: skip
    return [(row.person_id, row.organisation_id) for row in rows]
