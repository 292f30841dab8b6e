"""Which offers exist for this actor, what do they say, and which were open at an instant?

An offer stands through the whole of its last day on the Conference's clocks. Whether anybody wrote
its end down in time decides nothing: `state_now` does, and everybody asks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, and_, cast, false, func, or_, true

from app import clock
from app.db.errors import Missing
from app.extensions import db
from app.funding.offers import terms as words
from app.funding.offers.models import Offer, OfferLine, OfferMove
from app.funding.offers.terms import HOST, Terms
from app.organisations.models import Organisation
from app.policy.actor import Actor, OrganisationKind
from app.web.keyset import Page, page_of

ZONE = ZoneInfo("America/Panama")
"""On whose clocks a day ends for everybody alike."""
AT_ONCE = 500
MOVES_SHOWN = 100
SOON = timedelta(days=30)
MEMBERS = (OrganisationKind.DELEGATION, OrganisationKind.PRESIDENCY)


def day_of(at: datetime) -> date:
    """The day it is on the Conference's clocks."""
    return at.astimezone(ZONE).date()


def today() -> date:
    return day_of(clock.now())


def state_now(offer: Offer) -> str:
    """The state of an offer: as written down, moved on by the clock."""
    is_over = offer.valid_until is not None and offer.valid_until < today()
    return "expired" if offer.state == "open" and is_over else offer.state


def exists_for(actor: Actor) -> ColumnElement[bool]:
    """Own offers, those others opened for the Secretariat, those open now for members.

    A sponsor has its own and no others.
    """
    own = Offer.organisation_id == actor.organisation_id
    if actor.is_secretariat:
        return Offer.opened_at.is_not(None)
    if actor.organisation_kind in MEMBERS:
        return or_(own, is_open())
    return own if actor.is_sponsor else false()


def is_open() -> ColumnElement[bool]:
    """The condition of `state_now(offer) == "open"`, for queries."""
    return and_(Offer.state == "open", Offer.valid_until >= today())


def get(actor: Actor, offer_id: str) -> Offer:
    """An offer that the actor may read. Raises Missing."""
    return _one(offer_id, exists_for(actor))


def get_own(actor: Actor, offer_id: str) -> Offer:
    """An offer of the organisation acted for. Raises Missing."""
    return _one(offer_id, Offer.organisation_id == actor.organisation_id)


def _one(offer_id: str, condition: ColumnElement[bool]) -> Offer:
    query = db.select(Offer).where(Offer.id == offer_id, condition)
    offer = db.session.execute(query).scalar_one_or_none()
    if offer is None:
        raise Missing(offer_id)
    return offer


@dataclass(frozen=True)
class Asked:
    """What a reader chose above the list; "" for no choice."""

    state: str = ""
    role: str = ""
    theme: str = ""
    line: str = ""

    @property
    def is_filtered(self) -> bool:
        return bool(self.state or self.role or self.theme or self.line)

    def query(self, **more: str) -> dict[str, str]:
        """The choices as they stand in an address."""
        return {name: value for name, value in {**vars(self), **more}.items() if value}


def list_offers(actor: Actor, asked: Asked, after: str) -> Page:
    """The offers that exist for an actor, the one changed last first, a page at a time."""
    query = db.select(Offer).where(exists_for(actor))
    if asked.state == "open":
        query = query.where(is_open())
    elif asked.state == "expired":
        ended = and_(Offer.state == "open", Offer.valid_until < today())
        query = query.where(or_(Offer.state == "expired", ended))
    elif asked.state:
        query = query.where(Offer.state == asked.state)
    for column, code in ((Offer.roles, asked.role), (Offer.themes, asked.theme)):
        if code:
            query = query.where(_holds(column, code))
    if asked.line:
        covers = db.select(OfferLine.offer_id).where(
            OfferLine.offer_id == Offer.id, OfferLine.edition == Offer.edition,
            OfferLine.line == asked.line,
        )  # fmt: skip
        query = query.where(covers.exists())
    return page_of(query, Offer.changed_at, Offer.id, after)


def _holds(column: Any, code: str) -> ColumnElement[bool]:
    """Whether a list of codes holds one: its text has the code in quotes on both databases."""
    return cast(column, String).contains(f'"{code}"', autoescape=True)


def owners(actor: Actor, offers: Iterable[Offer]) -> dict[str, Organisation]:
    """Whose offers these are; a sponsor, who reads its own alone, needs not ask."""
    ids = {offer.organisation_id for offer in offers}
    if actor.is_sponsor or not ids:
        return {}
    found = db.session.scalars(db.select(Organisation).where(Organisation.id.in_(sorted(ids))))
    return {one.id: one for one in found}


def host_agrees(organisation_id: str) -> bool:
    """Whether each open offer of a delegation to host lets sponsors be told who it is; none says no."""
    said = db.session.scalars(
        db.select(Offer.named_to_sponsors).where(
            Offer.organisation_id == organisation_id, is_open(), _holds(Offer.roles, HOST))
    ).all()  # fmt: skip
    return bool(said) and all(said)


def open_own(actor: Actor) -> list[Offer]:
    """What this organisation offers now, the first to end first."""
    query = db.select(Offer).where(Offer.organisation_id == actor.organisation_id, is_open())
    ordered = query.order_by(Offer.valid_until, Offer.id).limit(MOVES_SHOWN)
    return list(db.session.scalars(ordered))


def terms_of(offer: Offer) -> Terms:
    """What an offer says now, with its lines."""
    found = db.session.scalars(
        db.select(OfferLine)
        .where(OfferLine.offer_id == offer.id, OfferLine.edition == offer.edition)
        .order_by(OfferLine.line)
    )
    return words.of_record(offer, found)


def moves(offer: Offer) -> list[OfferMove]:
    """What happened to an offer, newest first."""
    return list(
        db.session.scalars(
            db.select(OfferMove)
            .where(OfferMove.offer_id == offer.id)
            .order_by(OfferMove.number.desc())
            .limit(MOVES_SHOWN)
        )
    )


def latest_own(actor: Actor) -> Offer | None:
    """The offer that this organisation wrote last, from which the next takes what stays the same."""
    query = db.select(Offer).where(Offer.organisation_id == actor.organisation_id)
    ordered = query.order_by(Offer.created_at.desc(), Offer.id).limit(1)
    return db.session.execute(ordered).scalar_one_or_none()


def ending(actor: Actor, limit: int) -> list[Offer]:
    """Offers that end soon, the first to end first: one's own, or all for the Secretariat."""
    last = today() + SOON
    query = db.select(Offer).where(_for_desk(actor), is_open(), Offer.valid_until <= last)
    ordered = query.order_by(Offer.valid_until, Offer.id).limit(limit)
    return list(db.session.scalars(ordered))


def lately(actor: Actor, limit: int) -> list[Offer]:
    """Open offers that do not end soon, the newest first: one's own, or all for the Secretariat."""
    last = today() + SOON
    query = db.select(Offer).where(_for_desk(actor), is_open(), Offer.valid_until > last)
    return list(db.session.scalars(query.order_by(Offer.opened_at.desc(), Offer.id).limit(limit)))


def without_date(actor: Actor, limit: int) -> list[Offer]:
    """Open offers to host whose date is still to be communicated."""
    query = db.select(Offer).where(
        _for_desk(actor), is_open(), Offer.date_known.is_(False), _holds(Offer.roles, HOST)
    )
    return list(db.session.scalars(query.order_by(Offer.remind_on, Offer.id).limit(limit)))


def _for_desk(actor: Actor) -> ColumnElement[bool]:
    own = Offer.organisation_id == actor.organisation_id
    return exists_for(actor) if actor.is_secretariat else own


@dataclass(frozen=True)
class OpenOffer:
    """An offer as it stood open at an instant."""

    id: str
    organisation_id: str
    number: int
    """The revision that these words are."""
    is_demonstration: bool
    valid_until: date
    terms: Terms


def open_as_of(
    actor: Actor | None, at: datetime, *, after: str = "", size: int = AT_ONCE
) -> list[OpenOffer]:
    """The offers that stood open at an instant and that the actor may read, in the order of their ids.

    Two statements, however many there are. `after` is the id of the last one seen; None as actor is
    the house itself: a job, or a report that its own guard let ask.
    """
    last = (
        db.select(OfferMove.offer_id, func.max(OfferMove.number).label("number"))
        .where(OfferMove.at <= at)
        .group_by(OfferMove.offer_id)
        .subquery()
    )
    found = db.session.execute(
        db.select(OfferMove, Offer.is_demonstration)
        .join(last, and_(last.c.offer_id == OfferMove.offer_id, last.c.number == OfferMove.number))
        .join(Offer, Offer.id == OfferMove.offer_id)
        .where(OfferMove.state == "open", OfferMove.valid_until >= day_of(at),
               OfferMove.offer_id > after, true() if actor is None else exists_for(actor))
        .order_by(OfferMove.offer_id)
        .limit(size)
    ).all()  # fmt: skip
    lines = _lines([move for move, _ in found])
    return [
        OpenOffer(
            move.offer_id, move.organisation_id, move.number, is_demonstration,
            move.valid_until,
            words.of_content(move.content, lines.get((move.offer_id, move.edition), ())),
        )
        for move, is_demonstration in found
    ]  # fmt: skip


def _lines(found: Sequence[OfferMove]) -> dict[tuple[str, int], list[OfferLine]]:
    ids = [move.offer_id for move in found]
    grouped: dict[tuple[str, int], list[OfferLine]] = {}
    query = db.select(OfferLine).where(OfferLine.offer_id.in_(ids)).order_by(OfferLine.line)
    for one in db.session.scalars(query) if ids else ():
        grouped.setdefault((one.offer_id, one.edition), []).append(one)
    return grouped
