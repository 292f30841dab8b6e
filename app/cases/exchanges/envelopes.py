"""In which envelope does a communication travel, and as whom does an addressee read it?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from app.cases.exchanges.models import Addressee, Exchange
from app.formats.spec import Klass
from app.organisations.models import Organisation
from app.reserving.envelope import RECIPIENT, Envelope, Reader

NO_FILES: Mapping[str, tuple[Klass, str]] = MappingProxyType({})


def envelope_of(
    exchange: Exchange, sender: Organisation, recipients: frozenset[str], *, at: date,
    bars: frozenset[str] = frozenset(), forwarded_by: frozenset[str] = frozenset(),
    files: Mapping[str, tuple[Klass, str]] = NO_FILES,
) -> Envelope:  # fmt: skip
    """The envelope as rules read it; `recipients` and `bars` are alpha-2 codes of countries, `files` says how
    each file is classed and marked."""
    return Envelope(
        sender=sender.country or "", recipients=recipients, tlp=exchange.tlp or "",
        purpose=exchange.purpose or "", at=at, bars=bars, forwarded_by=forwarded_by, files=files,
    )  # fmt: skip


def envelope_of_draft(
    said: Mapping[str, Any], sender: Organisation, recipients: frozenset[str], *, at: date,
    files: Mapping[str, tuple[Klass, str]] = NO_FILES,
) -> Envelope:  # fmt: skip
    """The same of what is not released yet, by what its answers say."""
    return Envelope(
        sender=sender.country or "", recipients=recipients, tlp=said.get("tlp") or "",
        purpose=said.get("purpose") or "", at=at, files=files,
    )  # fmt: skip


def reader_of(exchange: Exchange, addressee: Addressee, country: str) -> Reader:
    """The addressed unit as a reader, for the purpose for which it was sent."""
    return Reader(
        kind=RECIPIENT, country=country, unit_id=addressee.unit_id,
        purpose=exchange.purpose or "", is_named=True,
        is_forwarded=addressee.forwarded_by_id is not None,
        released=frozenset(addressee.released.split()),
    )  # fmt: skip
