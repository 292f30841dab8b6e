"""What is a currency worth in US dollars, on which day, and who says so?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from app import clock, money
from app.audit import trail
from app.db.base import new_id
from app.extensions import db
from app.formats.words import N_
from app.funding.courses.lists import CURRENCIES
from app.funding.courses.models import ExchangeRate
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.keyset import Page, page_of
from app.web.refusal import Refusal

HIGHEST = Decimal(10) ** 6


@dataclass(frozen=True)
class Rate:
    """US dollars for one unit, and the day that was said of; dollars are worth one, of no day."""

    usd: Decimal
    day: date | None = None


def rate_of(currency: str) -> Rate | None:
    """The newest rate of a currency; None where there is none."""
    return known().get(currency)


def known() -> dict[str, Rate]:
    """The newest rate of each currency in which something can be pledged."""
    ranked = (
        db.select(
            ExchangeRate.currency, ExchangeRate.usd, ExchangeRate.day,
            db.func.row_number().over(
                partition_by=ExchangeRate.currency,
                order_by=(ExchangeRate.day.desc(), ExchangeRate.entered_at.desc(), ExchangeRate.id),
            ).label("place"),
        ).subquery()
    )  # fmt: skip
    rows = db.session.execute(db.select(ranked).where(ranked.c.place == 1)).all()
    found = {row.currency: Rate(Decimal(row.usd), row.day) for row in rows}
    return {money.PLANNED_IN: Rate(Decimal(1)), **dict(sorted(found.items()))}


def list_rates(after: str) -> Page:
    """All rates that were ever entered, the newest first."""
    return page_of(db.select(ExchangeRate), ExchangeRate.entered_at, ExchangeRate.id, after)


def enter(actor: Actor, *, currency: str, usd: str, day: date, source: str) -> ExchangeRate:
    """Write down what a currency is worth on a day. What was written before stays."""
    require(actor, Permission.COURSE_EDIT)
    if currency not in CURRENCIES or currency == money.PLANNED_IN:
        raise Refusal(N_("Choose a currency of the list."), field="currency")
    try:
        value = Decimal(usd)
    except InvalidOperation:
        value = Decimal(0)
    if not value.is_finite() or not money.FINEST_RATE <= value <= HIGHEST:
        raise Refusal(
            N_("Write how many US dollars one unit is worth, for example 0.73."), field="usd"
        )
    if not source.strip():
        raise Refusal(N_("Say where the rate is from."), field="source")
    rate = ExchangeRate(id=new_id(), currency=currency, usd=f"{value.normalize():f}", day=day,
                        source=source, entered_by=actor.person_id, entered_at=clock.now())  # fmt: skip
    db.session.add(rate)
    trail.record(actor, "rate-entered", subject=("exchange_rate", rate.id),
                 detail={"currency": currency, "usd": rate.usd, "day": day.isoformat()})  # fmt: skip
    return rate
