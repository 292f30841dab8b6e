"""Which countries must learn nothing of a matter, since somebody in it may seek protection against them?

What one communication of a matter says of a person holds for all of them, whoever writes them, and whatever
a reservation left of it in a copy: it is always read from what was certified. A country that said it
itself is not kept from what it said. Within a deed, which reaches every country.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.cases.exchanges import moving, taking_back
from app.cases.exchanges.models import Addressee, Exchange
from app.extensions import db
from app.formats.persons import WHO_IS_BARRED, asylum_bars
from app.intake.actions import document_in
from app.intake.models import Version
from app.intake.sealed import versions
from app.organisations.models import Organisation, Unit
from app.organisations.units import PROTECTING
from app.outbox import post
from app.outbox.deeds import Write, deed
from app.workflow.tables import ADDRESSEE

BARS = "case-bars"


def of_document(document: Mapping[str, Any], unit: Unit) -> frozenset[str]:
    """What a document of this unit bars: that there is no indication counts only from a unit that protects."""
    return asylum_bars(document, is_assessed=unit.kind in PROTECTING)


@dataclass(frozen=True)
class Matter:
    """What the communications of a matter say together, and the versions in which they say it."""

    version_ids: frozenset[str]
    barred: frozenset[str]


def of_matter(thread_id: str) -> Matter:
    """The countries (alpha-2) that must learn nothing of a matter now. Raises Refusal where it cannot be opened."""
    rows = db.session.execute(
        db.select(Version, Unit, Organisation)
        .select_from(Exchange)
        .join(Version, Version.id == Exchange.version_id)
        .join(Unit, Unit.id == Exchange.unit_id)
        .join(Organisation, Organisation.id == Exchange.organisation_id)
        .where(*_said_in(thread_id))
    ).all()  # fmt: skip
    barred: set[str] = set()
    for version, unit, sender in rows:
        opened = versions.opened(version, WHO_IS_BARRED)
        document = versions.with_opened(document_in(version), opened)
        barred |= of_document(document, unit) - {sender.country}
    return Matter(frozenset(version.id for version, _unit, _sender in rows), frozenset(barred))


def still_says(thread_id: str, matter: Matter) -> bool:
    """Whether nothing was released in the matter since."""
    ids = db.session.scalars(db.select(Exchange.version_id).where(*_said_in(thread_id)))
    return frozenset(ids) == matter.version_ids


def _said_in(thread_id: str) -> tuple[Any, ...]:
    return (
        Exchange.thread_id == thread_id, Exchange.version_id.is_not(None), Exchange.erased_at.is_(None),
    )  # fmt: skip


def promise(exchange: Exchange) -> None:
    """Promise, after a release, that what it bars is taken from whoever has it in the matter."""
    post.to_do(BARS, exchange=exchange.id, revision=exchange.revision)


@deed(BARS)
def taken_from_barred(params: Mapping[str, Any]) -> Write:
    """Take every communication of the matter back from the countries that are barred now."""
    exchange = db.session.get_one(Exchange, params["exchange"])
    barred = of_matter(exchange.thread_id).barred
    ids = db.session.scalars(
        db.select(Addressee.id)
        .join(Exchange, Exchange.id == Addressee.exchange_id)
        .join(Organisation, Organisation.id == Addressee.organisation_id)
        .where(Exchange.thread_id == exchange.thread_id, Organisation.country.in_(barred),
               Addressee.state.in_(moving.HELD))
        .order_by(Addressee.id)
    ).all()  # fmt: skip

    def write() -> None:
        for id in ids:
            held = db.session.get_one(Addressee, id, with_for_update=True, populate_existing=True)
            if ADDRESSEE.may(held.state, "recall"):
                taking_back.take_back(None, held)

    return write
