"""What is a currency worth in US dollars, on which day, and who says so?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from sqlalchemy.orm import aliased

from app import clock, money
from app.audit import trail
from app.db.base import new_id
from app.extensions import db
from app.formats.words import N_
from app.funding.courses.lists import CURRENCIES
from app.funding.courses.models import ExchangeRate
from app.funding.offers.queries import today
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.keyset import Page, page_of
from app.web.refusal import Refusal

HIGHEST = Decimal(10) ** 6
UNLIKE = Decimal("0.2")
"""By which part of the last rate a new one may differ without anybody being asked."""
LATER = N_("That day has not come yet. Write the day of which the source says the rate.")
IS_SURE = N_(
    "One unit was worth %(last)s US dollars until now, and this differs by more than a fifth. Look at "
    "it again, and tick that it is right."
)


@dataclass(frozen=True)
class Rate:
    """US dollars for one unit, and the day that was said of; dollars are worth one, of no day."""

    usd: Decimal
    day: date | None = None


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
    """All rates that were ever entered, the newest first, and whether a later word on their day stands."""
    later = aliased(ExchangeRate)
    is_replaced = (
        db.select(later.id)
        .where(later.currency == ExchangeRate.currency, later.day == ExchangeRate.day,
               later.entered_at > ExchangeRate.entered_at)
        .exists()
    )  # fmt: skip
    query = db.select(ExchangeRate, is_replaced.label("is_replaced"))
    return page_of(query, ExchangeRate.entered_at, ExchangeRate.id, after)


def enter(
    actor: Actor, *, currency: str, usd: str, day: date, source: str, is_sure: bool = False
) -> ExchangeRate:
    """Write down what a currency is worth on a day. What was written before stays, and counts no more."""
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
    if day > today():
        raise Refusal(LATER, field="day")
    _refuse_unlike(currency, value, is_sure=is_sure)
    if not source.strip():
        raise Refusal(N_("Say where the rate is from."), field="source")
    rate = ExchangeRate(id=new_id(), currency=currency, usd=f"{value.normalize():f}", day=day,
                        source=source, entered_by=actor.person_id, entered_at=clock.now())  # fmt: skip
    db.session.add(rate)
    trail.record(actor, "rate-entered", subject=("exchange_rate", rate.id),
                 detail={"currency": currency, "usd": rate.usd, "day": day.isoformat()})  # fmt: skip
    return rate


def _refuse_unlike(currency: str, usd: Decimal, *, is_sure: bool) -> None:
    """A slip of a finger changes by tenfold what each later offer is worth: whoever writes it is asked."""
    last = known().get(currency)
    if last is not None and abs(usd - last.usd) > UNLIKE * last.usd and not is_sure:
        raise Refusal(IS_SURE, field="is_sure", last=f"{last.usd:f}")
