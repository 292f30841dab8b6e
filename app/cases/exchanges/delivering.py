"""How does what was released reach an addressee: its own copy, and no more than it may know?

A deed (app/outbox/deeds.py): it follows the release, reaches both countries, and is done once. What either
side reserves, what the law bars and what a class keeps is not in the copy at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func

from app import clock
from app.attachments.sealed.keeping import Holder
from app.cases.common_format import queries as format_queries
from app.cases.exchanges import barring, copies, days, enclosing, moving
from app.cases.exchanges.barring import Matter
from app.cases.exchanges.envelopes import envelope_of, reader_of
from app.cases.exchanges.models import Addressee, Delivery, Exchange
from app.cases.exchanges.outside import OUTSIDE
from app.cases.exchanges.telling import told_unit
from app.cases.reservations import kept
from app.cases.reservations import queries as reservations
from app.db.base import new_id
from app.extensions import db
from app.formats.spec import Format
from app.intake import published
from app.intake.actions import document_in
from app.intake.models import Version
from app.intake.sealed import versions
from app.organisations.models import Organisation
from app.outbox import post
from app.outbox.deeds import LookAgain, Write, deed
from app.reserving.projection import Projection, project
from app.reserving.rule import Rule
from app.reserving.targets import CARRIAGE

DELIVER = "case-deliver"
SUPERSEDED = "superseded"
"""Why the key of a copy is destroyed: a later release took its place."""


def promise(addressee: Addressee) -> None:
    """Promise that what was released to this unit is delivered."""
    post.to_do(DELIVER, addressee=addressee.id, revision=addressee.revision)


@dataclass(frozen=True)
class _Parcel:
    """All that a delivery is made of."""

    addressee: Addressee
    exchange: Exchange
    version: Version
    form: Format
    copy: Projection
    source: Holder
    """Who holds the files that it was made from."""
    matter: Matter
    """What was known of the whole matter."""
    revision: int
    """Of the addressee, when it was packed."""


@deed(DELIVER)
def delivered(params: Mapping[str, Any]) -> Write:
    """Project, and write the copy; nothing where it was recalled, erased or released anew meanwhile."""
    addressee = db.session.get(Addressee, params["addressee"])
    if addressee is None or (addressee.state, addressee.revision) != ("queued", params["revision"]):
        return _nothing
    exchange = db.session.get_one(Exchange, addressee.exchange_id)
    if exchange.erased_at is not None:
        return _nothing
    through = _through(addressee)
    if through is not None and through.state == "queued":
        return _nothing  # its own copy comes first, and takes this one along
    if through is not None and through.state not in moving.HELD:
        return lambda: _withhold(_still_queued(addressee, params["revision"]))
    parcel = _packed(addressee, exchange)
    return lambda: _write(parcel)


def _nothing() -> None:
    """There is nothing to do any more."""


def _through(addressee: Addressee) -> Addressee | None:
    """Whose copy it is made from; None where the sender's own."""
    id = addressee.forwarded_by_id
    return db.session.get_one(Addressee, id, populate_existing=True) if id else None


def _packed(addressee: Addressee, exchange: Exchange) -> _Parcel:
    version = db.session.get_one(Version, exchange.version_id)
    sender = db.session.get_one(Organisation, addressee.sender_id)
    receiver = db.session.get_one(Organisation, addressee.organisation_id)
    form = published.get("case", version.format_version)
    document, source = _source(addressee, exchange, version)
    document, files = enclosing.marked(form, document, source)
    if exchange.hides_recipients:
        document["recipient_units"] = [addressee.unit_id]
    today, matter = days.today(), barring.of_matter(exchange.thread_id)
    envelope = envelope_of(
        exchange, sender, frozenset(_countries(exchange)), at=today, bars=_barred(matter, form, exchange, receiver),
        forwarded_by=frozenset(addressee.via.split()), files=files,
    )  # fmt: skip
    rules = _rules(addressee, source, {*envelope.senders, receiver.country or ""})
    reader = reader_of(exchange, addressee, receiver.country or "")
    return _Parcel(
        addressee, exchange, version, form, project(form, document, envelope, reader, rules), source,
        matter, addressee.revision,
    )  # fmt: skip


def _barred(
    matter: Matter, form: Format, exchange: Exchange, receiver: Organisation
) -> frozenset[str]:
    """The countries that it must not reach: by the law, or since they do not exchange under a proposal."""
    standing = format_queries.standing(form.name, form.version)
    is_free = exchange.is_exercise or standing.is_approved
    if is_free or receiver.id in format_queries.opted_in(form.name):
        return matter.barred
    return matter.barred | {receiver.country or ""}


def _source(
    addressee: Addressee, exchange: Exchange, version: Version
) -> tuple[dict[str, Any], Holder]:
    """What it is made from: what was certified; of what was forwarded, the copy of whoever did."""
    if addressee.forwarded_by_id is None:
        document = versions.with_opened(document_in(version), versions.opened(version))
        return document, enclosing.holder_of(exchange)
    held = db.session.scalars(
        db.select(Delivery).where(Delivery.addressee_id == addressee.forwarded_by_id)
        .order_by(Delivery.number.desc()).limit(1)
    ).one()  # fmt: skip
    document = copies.text_of(held)
    for place, value in copies.opened(held).items():
        copies.put(document, place, value)
    return document, enclosing.holder_of_copy(held)


def _rules(addressee: Addressee, source: Holder, countries: set[str]) -> Sequence[Rule]:
    """The rules of now; what is made from a copy obeys all that held since that copy was made."""
    if addressee.forwarded_by_id is None:
        return reservations.rules_of(countries, days.today())
    return kept.rules_since(countries, db.session.get_one(Delivery, source.record_id).delivered_at)


def _countries(exchange: Exchange) -> list[str]:
    """The countries to which the sender itself released it."""
    codes = db.session.scalars(
        db.select(Organisation.country).join(Addressee, Addressee.organisation_id == Organisation.id)
        .where(Addressee.exchange_id == exchange.id, Addressee.forwarded_by_id.is_(None))
    )  # fmt: skip
    return [code or "" for code in codes]


def _write(parcel: _Parcel) -> None:
    held = _as_packed(parcel)
    if not parcel.copy.document.keys() - CARRIAGE:
        _withhold(held)
        return
    number = db.session.scalar(
        db.select(func.count()).select_from(Delivery).where(Delivery.addressee_id == held.id)
    )
    delivery = Delivery(
        id=new_id(), organisation_id=held.organisation_id, addressee_id=held.id,
        number=(number or 0) + 1, format_version=parcel.version.format_version,
        version_number=parcel.version.number, lang=parcel.version.lang, delivered_at=clock.now(),
        outside=" ".join(key for key in OUTSIDE if isinstance(parcel.copy.document.get(key), str)),
    )  # fmt: skip
    document = enclosing.carried(
        parcel.form, parcel.copy.document, parcel.source, enclosing.holder_of_copy(delivery)
    )
    copies.keep(delivery, parcel.form, document, {})
    copies.destroy(held, SUPERSEDED, but=delivery.id)
    moving.step(None, held, "deliver", owner=held.organisation_id)
    told_unit(held, "case-delivered", by_letter=True)
    for each in _passed_on(held):
        each.queued_at = delivery.delivered_at
        promise(each)


def _as_packed(parcel: _Parcel) -> Addressee:
    """Its addressee, held fast. Raises LookAgain where something was released, taken back or said meanwhile."""
    exchange = db.session.get_one(
        Exchange, parcel.exchange.id, with_for_update=True, populate_existing=True
    )
    is_same = exchange.version_id == parcel.version.id
    if not is_same or not barring.still_says(exchange.thread_id, parcel.matter):
        raise LookAgain
    return _still_queued(parcel.addressee, parcel.revision)


def _still_queued(addressee: Addressee, revision: int) -> Addressee:
    held = db.session.get(Addressee, addressee.id, with_for_update=True, populate_existing=True)
    if held is None or (held.state, held.revision) != ("queued", revision):
        raise LookAgain
    return held


def _withhold(held: Addressee) -> None:
    """Nothing reaches it, or those to whom it passed something on; what was there before is destroyed."""
    moving.step(None, held, "withhold", owner=held.sender_id)
    copies.destroy(held, SUPERSEDED)
    for each in _passed_on(held):
        _withhold(each)


def _passed_on(held: Addressee) -> list[Addressee]:
    """Those who wait for what this unit passes on."""
    return list(db.session.scalars(
        db.select(Addressee).where(Addressee.forwarded_by_id == held.id, Addressee.state == "queued")
        .order_by(Addressee.id).with_for_update()
    ))  # fmt: skip
