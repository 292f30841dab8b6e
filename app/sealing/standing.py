"""How do the keys stand: which are there, what does each wrap, and what can nobody open?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from app.extensions import db
from app.sealing.keys import ORGANISATION_KEY, keyring, known_master_keys, open_organisation_key
from app.sealing.models import KnownMasterKey, OrganisationKey, StoredRecordKey, WrappedKey
from app.sealing.refusals import SealingUnavailable, Unopenable

_master: Any = KnownMasterKey.__table__
_organisation: Any = OrganisationKey.__table__
_record: Any = StoredRecordKey.__table__
_wrapped: Any = WrappedKey.__table__


@dataclass
class Master:
    """One master key, named by the settings, known to the database, or both."""

    id: str
    is_there: bool = False
    is_known: bool = False
    is_another: bool = False
    """Whether the database knows another key by this id."""
    wraps: int = 0
    """How many keys of organisations."""


@dataclass
class Standing:
    """All of it, counted."""

    masters: list[Master] = field(default_factory=list)
    """Those of the settings in their order, then those that only the database knows."""
    organisation_keys: int = 0
    closed: int = 0
    """Keys of organisations whose master key is not there."""
    broken: int = 0
    """Keys of organisations that were changed or moved."""
    records: int = 0
    erased: int = 0
    away: int = 0
    """Records whose key did not come back from a backup."""

    @property
    def has_key(self) -> bool:
        return any(master.is_there for master in self.masters)

    @property
    def is_rotated(self) -> bool:
        """Whether the first key wraps everything."""
        return self.has_key and self.masters[0].wraps == self.organisation_keys


def look() -> Standing:
    """Count, and try every key of an organisation."""
    found = Standing(masters=_masters())
    by_id = {master.id: master for master in found.masters}
    rows = db.session.execute(select(*ORGANISATION_KEY).join_from(_organisation, _master)).all()
    for row in rows:
        by_id[row.master_id].wraps += 1
    found.organisation_keys = len(rows)
    outcomes = Counter(_outcome(row) for row in rows)
    found.closed, found.broken = outcomes[SealingUnavailable], outcomes[Unopenable]
    found.records = _count(select(func.count()).select_from(_wrapped))
    destroyed = _record.c.destroyed_at.is_not(None)
    found.erased = _count(select(func.count()).select_from(_record).where(destroyed))
    all_of_them = _count(select(func.count()).select_from(_record))
    found.away = all_of_them - found.erased - found.records
    return found


def _masters() -> list[Master]:
    known = known_master_keys()
    there = {
        key.id: Master(
            key.id,
            is_there=True,
            is_known=known.get(key.id) == key.fingerprint,
            is_another=known.get(key.id, key.fingerprint) != key.fingerprint,
        )
        for key in keyring()
    }
    return [*there.values(), *(Master(name, is_known=True) for name in known if name not in there)]


def _outcome(row: Any) -> type[Exception] | None:
    try:
        open_organisation_key(row)
    except (SealingUnavailable, Unopenable) as fault:
        return type(fault)
    return None


def _count(query: Any) -> int:
    return int(db.session.execute(query).scalar_one())
