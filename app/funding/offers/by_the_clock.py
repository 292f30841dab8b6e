"""What happens to offers by themselves: they end, their writers are warned, a host is reminded?

Nothing waits for this: whether an offer is open follows from its last day alone. Each thing is told
once for each day that it is about, so that a renewed offer is warned of anew.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, or_

from app.audit.commit import committed
from app.db.transactions import transaction
from app.extensions import db
from app.funding.offers import actions, telling
from app.funding.offers.models import Offer
from app.funding.offers.queries import today
from app.jobs.registry import Times, job

LEAD = timedelta(days=14)
"""How long before its last day the writers of an offer are warned."""
AT_ONCE = 200


@job("offers-by-the-clock", times=Times())
def keep_up() -> None:
    """Once a minute; writes only when there is something to write."""
    for condition, act in ((_has_ended(), _end), (_ends_soon(), _warn), (_waits(), _remind)):
        with transaction(writing=False) as session:
            query = db.select(Offer.id).where(condition).order_by(Offer.id).limit(AT_ONCE)
            due = list(session.scalars(query))
        for offer_id in due:
            with committed() as session:
                query = db.select(Offer).where(Offer.id == offer_id, condition).with_for_update()
                offer = session.scalars(query).one_or_none()
                if offer is not None:
                    act(offer)


def _has_ended() -> ColumnElement[bool]:
    return and_(Offer.state == "open", Offer.valid_until < today())


def _ends_soon() -> ColumnElement[bool]:
    """Within the lead, and not warned of for this last day."""
    return and_(
        Offer.state == "open", Offer.valid_until >= today(), Offer.valid_until <= today() + LEAD,
        or_(Offer.warned_of.is_(None), Offer.warned_of != Offer.valid_until),
    )  # fmt: skip


def _waits() -> ColumnElement[bool]:
    return and_(
        Offer.state == "open", Offer.valid_until >= today(), Offer.date_known.is_(False),
        Offer.remind_on <= today(),
        or_(Offer.reminded_on.is_(None), Offer.reminded_on != Offer.remind_on),
    )  # fmt: skip


def _end(offer: Offer) -> None:
    actions.expire(offer)
    telling.writers(offer, "offer-expired")


def _warn(offer: Offer) -> None:
    offer.warned_of = offer.valid_until
    telling.writers(offer, "offer-ending")


def _remind(offer: Offer) -> None:
    offer.reminded_on = offer.remind_on
    telling.writers(offer, "offer-date")
