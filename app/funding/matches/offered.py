"""Which offers are held against what is asked, and what do they say?

Read as plain rows, in two statements however many there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_

from app.extensions import db
from app.formats.spec import Text
from app.funding.offers.models import Offer, OfferLine
from app.funding.offers.terms import HOST
from app.matching.facts import Offered, Window
from app.matching.record import Named
from app.organisations.models import Organisation

RENEWABLE = timedelta(days=180)
"""An offer that ended not longer ago is still looked at: its sponsor may renew it."""
STATES = ("open", "expired")
_COLUMNS = (
    Offer.id, Offer.title, Offer.lang, Offer.kind, Offer.themes, Offer.profiles, Offer.level,
    Offer.seats_min, Offer.seats_max, Offer.countries, Offer.modalities, Offer.languages, Offer.days,
    Offer.window_from, Offer.window_to, Offer.valid_until, Offer.last_spending_on, Offer.roles,
    Organisation.name_es, Organisation.name_en,
)  # fmt: skip


def standing(today: date) -> ColumnElement[bool]:
    """The condition under which an offer is looked at."""
    return and_(Offer.state.in_(STATES), Offer.valid_until >= today - RENEWABLE)


def offers(where: ColumnElement[bool]) -> list[Named]:
    """The offers that fit the condition, by id."""
    rows = db.session.execute(
        db.select(*_COLUMNS)
        .join(Organisation, Organisation.id == Offer.organisation_id)
        .where(where)
        .order_by(Offer.id)
    ).all()
    lines: dict[str, list[str]] = defaultdict(list)
    for offer_id, line in db.session.execute(
        db.select(OfferLine.offer_id, OfferLine.line)
        .join(Offer, and_(Offer.id == OfferLine.offer_id, Offer.edition == OfferLine.edition))
        .where(where)
        .order_by(OfferLine.offer_id, OfferLine.line)
    ):
        lines[offer_id].append(line)
    return [_named(row, lines[row.id]) for row in rows]


def marks(where: ColumnElement[bool], today: date) -> list[list[Any]]:
    """What differs as soon as one of these offers says something else, in the order of their ids."""
    rows = db.session.execute(
        db.select(Offer.id, Offer.revision, Offer.valid_until, Organisation.name_es,
                  Organisation.name_en)
        .join(Organisation, Organisation.id == Offer.organisation_id)
        .where(where)
        .order_by(Offer.id)
    )  # fmt: skip
    return [[key, revision, until >= today, es, en] for key, revision, until, es, en in rows]


def _named(row: Any, lines: Sequence[str]) -> Named:
    return Named(
        "offer", Text(row.title, row.title), row.lang, Text(row.name_es, row.name_en),
        Offered(
            key=row.id, valid_until=row.valid_until, themes=_codes(row.themes),
            profiles=_codes(row.profiles), level=row.level, seats_min=row.seats_min,
            seats_max=row.seats_max, countries=_codes(row.countries),
            modalities=_codes(row.modalities), languages=_codes(row.languages), days=row.days,
            window=Window(row.window_from, row.window_to), last_spending_on=row.last_spending_on,
            is_standing=row.kind == "standing", costs=tuple(lines), is_host=row.roles == [HOST],
        ),
    )  # fmt: skip


def _codes(written: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(written))
