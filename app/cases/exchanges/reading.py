"""What does somebody read of what reached their unit? The copy, through all rules that held since it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.attachments.sealed.models import SealedFile
from app.cases.exchanges import copies, days, enclosing, purposes
from app.cases.exchanges.envelopes import envelope_of, reader_of
from app.cases.exchanges.opened import Received
from app.cases.reservations import kept
from app.formats.hidden import is_hidden
from app.formats.in_part import is_unopened
from app.formats.spec import Format
from app.intake import published
from app.intake.enclosed import places
from app.policy.actor import Actor
from app.reserving.projection import Projection, project


def format_of(received: Received) -> Format:
    """The form that the copy was written in."""
    return published.get("case", received.delivery.format_version)


def read(
    actor: Actor, received: Received, values: Mapping[copies.Place, Any] | None = None, *,
    purpose: str = "",
) -> Projection:  # fmt: skip
    """What the reader sees: the one way to everything that a copy says.

    `values` are what was opened for this response, and `purpose` the code of what it was opened for: who
    opens for another than that for which it was sent is told nothing personal. What was reserved since the delivery is left out, also
    where it is reserved no more; what was loosened is not in the copy. Raises SealingUnavailable, Erased or
    Unopenable.
    """
    document = copies.text_of(received.delivery)
    for place, value in (values or {}).items():
        copies.put(document, place, value)
    form = format_of(received)
    document, files = enclosing.marked(form, document, enclosing.holder_of_copy(received.delivery))
    reader = reader_of(received.exchange, received.addressee, actor.country or "")
    if purpose:
        reader = replace(reader, purpose=purposes.served_by(purpose, received.exchange.purpose))
    return project(
        form, document, envelope_of(
            received.exchange, received.sender, frozenset({actor.country or ""}),
            at=days.today(), forwarded_by=frozenset(received.addressee.via.split()), files=files,
        ),
        replace(reader, released=reader.released | enclosing.secret_ids(files)),
        kept.rules_since(
            {received.sender.country or "", actor.country or "", *received.addressee.via.split()},
            received.delivery.delivered_at,
        ),
    )  # fmt: skip


def sealed_keys(shown: Projection, form: Format) -> frozenset[str]:
    """The keys of sealed values that the reader sees to be there, and may open."""
    return frozenset(
        key
        for (_row, key), _klass, value in copies.places(form, shown.document)
        if is_hidden(value) or is_unopened(value)
    )


def files(actor: Actor, received: Received, shown: Projection) -> dict[str, SealedFile]:
    """The files of the copy that the reader may open by the rules of now. `shown` is what is read of it.

    Which they are is looked up here in what is sealed; nothing of it is told. Raises as `read`.
    """
    form = format_of(received)
    if not enclosing.names_any(form, shown.document):
        return {}
    values = copies.opened(received.delivery, frozenset(places.keys(form)))
    seen = read(actor, received, values)
    return enclosing.chosen(received.delivery, enclosing.ids_in(form, seen.document))
