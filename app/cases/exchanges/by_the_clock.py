"""What happens to communications by themselves? Access ends, what is kept too long is forgotten, both after
warnings fifteen, five and one day before; a draft that was thrown away is forgotten without one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_

from app import clock
from app.audit.commit import committed
from app.cases.exchanges import days, ending, moving, unreleased
from app.cases.exchanges.models import Addressee, Exchange
from app.cases.exchanges.telling import told_holder, told_unit
from app.db.transactions import transaction
from app.extensions import db
from app.jobs.registry import Times, job
from app.sealing.models import Erasure

WARNED = (15, 5, 1)
"""How many days before its end something is warned of."""
AT_ONCE = 200
"""How many are looked at in one go; the rest follows an hour later."""


@job("cases-by-the-clock", times=Times(minute="41"))
def keep_up() -> None:
    """Once an hour: end what is over, then warn of what ends soon."""
    today = days.today()
    for addressee_id in _ids(Addressee, _access_over(today)):
        with committed():
            _with(Addressee, addressee_id, _access_over(today), ending.expire)
    for is_over in (_retention_over(today), unreleased.is_thrown_away(clock.now())):
        for exchange_id in _ids(Exchange, is_over):
            with committed():
                _with(Exchange, exchange_id, is_over, _forget)
    for exchange_id in _ids(Exchange, _came_back()):
        with committed():
            _with(Exchange, exchange_id, _came_back(), _forget_again)
    for model in (Addressee, Exchange):
        for id in _ids(model, _is_put_off(model, today)):
            with committed():
                _with(model, id, _is_put_off(model, today), _unwarn)
    for before in reversed(WARNED):
        warn(today, before)


def warn(today: date, before: int) -> None:
    """Warn of what ends in at most so many days and was not warned of so late."""
    for addressee_id in _ids(Addressee, _ends_soon(Addressee, today, before)):
        with committed():
            _with(Addressee, addressee_id, _ends_soon(Addressee, today, before), _warn_unit(before))
    for exchange_id in _ids(Exchange, _ends_soon(Exchange, today, before)):
        with committed():
            _with(Exchange, exchange_id, _ends_soon(Exchange, today, before), _warn_holder(before))


def _ids(model: Any, where: ColumnElement[bool]) -> Sequence[str]:
    with transaction(writing=False) as session:
        return session.scalars(
            db.select(model.id).where(where).order_by(model.id).limit(AT_ONCE)
        ).all()


def _with(model: Any, id: str, where: ColumnElement[bool], act: Any) -> None:
    """Do it to the record, unless somebody was faster."""
    held = db.session.scalars(
        db.select(model).where(model.id == id, where).with_for_update()
    ).one_or_none()
    if held is not None:
        act(held)


def _access_over(today: date) -> ColumnElement[bool]:
    return and_(Addressee.state.in_((*moving.HELD, "queued")), Addressee.access_until < today)


def _retention_over(today: date) -> ColumnElement[bool]:
    kept = and_(Exchange.state != "erased", Exchange.retention_until < today)
    return or_(kept, unreleased.ends_by(today - unreleased.DAY))


def _came_back() -> ColumnElement[bool]:
    """Was forgotten, and stands in a database that a backup brought back: its key is gone, its envelope not."""
    ledger = exists().where(
        Erasure.record_id == Exchange.id, Erasure.organisation_id == Exchange.organisation_id
    )
    return and_(Exchange.state != "erased", ledger)


def _ends_soon(model: Any, today: date, before: int) -> ColumnElement[bool]:
    """Ends within the days, was not warned of since, and still holds something."""
    holds = model.state.in_(moving.HELD) if model is Addressee else model.state != "erased"
    unwarned = or_(model.warned_days.is_(None), model.warned_days > before)
    return and_(holds, unwarned, _ends_within(model, today, before))


def _ends_within(model: Any, today: date, before: int) -> ColumnElement[bool]:
    last, until = _last_day(model), today + timedelta(days=before)
    is_near = and_(last >= today, last <= until)
    return is_near if model is Addressee else or_(is_near, unreleased.ends_by(until))


def _is_put_off(model: Any, today: date) -> ColumnElement[bool]:
    """Was warned of, then released or written in again: its end is far, and is warned of anew when it is near."""
    until = today + timedelta(days=max(WARNED))
    is_far = _last_day(model) > until
    if model is Exchange:
        is_far = or_(is_far, unreleased.lasts_beyond(until))
    return and_(model.warned_days.is_not(None), is_far)


def _last_day(model: Any) -> Any:
    return model.access_until if model is Addressee else model.retention_until


def _forget(exchange: Exchange) -> None:
    ending.forget(None, exchange, ending.RETENTION_OVER)


def _forget_again(exchange: Exchange) -> None:
    ending.forget(None, exchange, ending.RESTORED)


def _unwarn(held: Addressee | Exchange) -> None:
    held.warned_days = None
    if isinstance(held, Exchange):
        held.revision += 1  # what it is warned of next is another event than the last


def _warn_unit(before: int) -> Any:
    def act(addressee: Addressee) -> None:
        addressee.warned_days = before
        told_unit(addressee, "case-access-ends", more=str(before))

    return act


def _warn_holder(before: int) -> Any:
    def act(exchange: Exchange) -> None:
        exchange.warned_days = before
        told_holder(exchange, "case-ends", more=str(before))

    return act
