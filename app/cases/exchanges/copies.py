"""How is a country's own copy of a communication sealed, and opened again?

Two parts. What may be read without opening anything is one sealed text under the copy's own key, so that
all of it can be forgotten at once. Personal and secret values are sealed one by one, and a mark stands for
each in the text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import insert

from app.cases.exchanges import naming
from app.cases.exchanges.models import Addressee, Delivery, DeliverySealed
from app.extensions import db
from app.formats.canonical import canonical_json
from app.formats.hidden import hidden
from app.formats.spec import Format, Klass
from app.intake.models import NO_ROW
from app.sealing import envelope

WHOLE = "document"
"""The key under which the text of a copy is sealed."""
NAMES = "_officers"
"""Beside the answers of a copy: what officers are called whom its country does not know."""
Place = tuple[str, str]
"""(row id or "", key), where a cell's key is `table.cell`."""
_TABLE: Any = DeliverySealed.__table__


def places(form: Format, document: Mapping[str, Any]) -> Iterator[tuple[Place, Klass, Any]]:
    """Every answer of a document with its place and its class."""
    for field in form.fields:
        value = document.get(field.key)
        if value is None:
            continue
        if not field.is_rows:
            yield (NO_ROW, field.key), field.klass, value
            continue
        for row in value:
            for cell in field.cells:
                if row.get(cell.key) is not None:
                    yield (row["id"], f"{field.key}.{cell.key}"), cell.klass, row[cell.key]


def put(document: dict[str, Any], place: Place, value: Any) -> None:
    """Put an answer into a document whose rows are its own."""
    row_id, key = place
    if row_id == NO_ROW:
        document[key] = value
        return
    table, cell = key.split(".", 1)
    next(row for row in document[table] if row["id"] == row_id)[cell] = value


def own(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document of one's own, with rows of one's own, that may be written in."""
    return {
        key: [dict(row) if isinstance(row, Mapping) else row for row in value]
        if isinstance(value, list)
        else value
        for key, value in document.items()
    }


def keep(
    delivery: Delivery, form: Format, document: Mapping[str, Any], raised: Mapping[str, Klass]
) -> None:
    """Seal a projected document into a delivery, and write it down. Raises SealingUnavailable.

    `raised` are places whose class was raised in this communication.
    """
    key = envelope.key_for(delivery.id, delivery.organisation_id)
    text, rows = {**own(document), NAMES: naming.officers(document)}, []
    for place, klass, value in list(places(form, document)):
        held = raised.get(place[1], klass)
        if not held.is_sealed:
            continue
        sealed = envelope.seal(key, _place(delivery, place, held), value)
        put(text, place, hidden(envelope.commitment(key, _place(delivery, place, held), sealed)))
        rows.append({
            "delivery_id": delivery.id, "organisation_id": delivery.organisation_id, "row_id": place[0],
            "key": place[1], "klass": held.value, "sealed": sealed,
        })  # fmt: skip
    delivery.sealed = envelope.seal(key, _whole(delivery), text)
    delivery.hash = hashlib.sha256(canonical_json(text)).hexdigest()
    db.session.add(delivery)
    db.session.flush()
    if rows:
        db.session.execute(insert(_TABLE), rows)


def text_of(delivery: Delivery) -> dict[str, Any]:
    """What a copy says without opening anything. Raises SealingUnavailable, Erased or Unopenable."""
    return {name: value for name, value in _text(delivery).items() if name != NAMES}


def officers_of(delivery: Delivery) -> dict[str, str]:
    """Person -> name, of those whom a copy names. Raises as `text_of`."""
    return dict(_text(delivery).get(NAMES, {}))


def _text(delivery: Delivery) -> dict[str, Any]:
    key = envelope.key_for(delivery.id, delivery.organisation_id)
    text: dict[str, Any] = envelope.unseal(key, _whole(delivery), delivery.sealed)
    return text


def opened(delivery: Delivery, keys: Collection[str] | None = None) -> dict[Place, Any]:
    """What the sealed values of a copy say, of these keys only where any are named.

    Whoever calls this puts it on record. Raises as `text_of`.
    """
    key = envelope.key_for(delivery.id, delivery.organisation_id)
    query = db.select(_TABLE.c.row_id, _TABLE.c.key, _TABLE.c.klass, _TABLE.c.sealed).where(
        _TABLE.c.delivery_id == delivery.id, _TABLE.c.organisation_id == delivery.organisation_id
    )
    return {
        (row_id, name): envelope.unseal(key, _place(delivery, (row_id, name), Klass(klass)), sealed)
        for row_id, name, klass, sealed in db.session.execute(query)
        if keys is None or name in keys
    }


def _place(delivery: Delivery, place: Place, klass: Klass) -> envelope.Place:
    row_id, key = place
    return envelope.Place(delivery.organisation_id, "delivery_sealed", delivery.id, row_id, key,
                          klass.value, delivery.number)  # fmt: skip


def _whole(delivery: Delivery) -> envelope.Place:
    return envelope.Place(delivery.organisation_id, "delivery", delivery.id, NO_ROW, WHOLE,
                          Klass.RESTRICTED.value, delivery.number)  # fmt: skip


def destroy(addressee: Addressee, why: str, *, but: str = "") -> None:
    """Destroy the keys of every copy that an addressee's country holds, `but` one."""
    ids = db.session.scalars(
        db.select(Delivery.id).where(Delivery.addressee_id == addressee.id, Delivery.id != but)
    ).all()
    for delivery_id in ids:
        envelope.destroy(delivery_id, addressee.organisation_id, None, why)
