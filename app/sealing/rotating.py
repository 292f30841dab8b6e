"""How does another master key take over while people work?

It is put first among the keys; every process then knows both. Each organisation gets a new key, wrapped by
it, and the keys of its records are wrapped anew, some at a time. Whatever interrupts this, it goes on where
it was: a record's key and the one that wraps it always change in one transaction. The values stay as they
are. Nothing here commits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from app.db.changing import changed
from app.extensions import db
from app.sealing.keys import (
    OF_WRAPPED,
    ORGANISATION_KEY,
    OpenOrganisationKey,
    add_organisation_key,
    current_organisation_key,
    introduce,
    keyring,
    known_master_keys,
    open_organisation_key,
)
from app.sealing.master import MasterKey
from app.sealing.models import KnownMasterKey, OrganisationKey, StoredRecordKey, WrappedKey
from app.sealing.refusals import SealingUnavailable, Unopenable

AT_ONCE = 200
"""Keys of records in one transaction: some milliseconds, so that nobody waits."""
_master: Any = KnownMasterKey.__table__
_organisation: Any = OrganisationKey.__table__
_record: Any = StoredRecordKey.__table__
_wrapped: Any = WrappedKey.__table__
_MOVE = (
    update(_wrapped)
    .where(
        _wrapped.c.organisation_id == bindparam("of"),
        _wrapped.c.record_id == bindparam("record"),
        _wrapped.c.organisation_key_version == bindparam("was"),  # and was not erased meanwhile
    )
    .values(organisation_key_version=bindparam("now"), wrapped=bindparam("anew"))
)


class IdTaken(Exception):
    """Another key bore this id before."""


@dataclass(frozen=True)
class Batch:
    """What became of some keys of records."""

    last: str
    """The last record looked at; the next batch begins after it."""
    moved: int
    unopenable: int


def introduce_first() -> MasterKey:
    """Let the database know the first of the master keys. Raises SealingUnavailable, IdTaken."""
    first = next(iter(keyring()), None)
    if first is None:
        raise SealingUnavailable
    introduce(first)
    if known_master_keys()[first.id] != first.fingerprint:
        raise IdTaken
    return first


def organisations() -> Sequence[str]:
    """Every organisation that has a key."""
    each = select(_organisation.c.organisation_id).distinct()
    return db.session.execute(each.order_by(_organisation.c.organisation_id)).scalars().all()


def renew(organisation_id: str, first: MasterKey) -> None:
    """Give the organisation a new key, if its newest is not wrapped by the first master key.

    Raises SealingUnavailable, and changes nothing, where its present key cannot be opened.
    """
    present = current_organisation_key(organisation_id)
    wraps = select(_organisation.c.master_id).where(
        _organisation.c.organisation_id == organisation_id,
        _organisation.c.version == present.version,
    )
    if db.session.execute(wraps).scalar_one() != first.id:
        add_organisation_key(organisation_id, present.version + 1)


def rewrap(organisation_id: str, after: str = "") -> Batch | None:
    """Wrap the next keys of records with the organisation's newest key; None when there are no more."""
    upper = current_organisation_key(organisation_id)
    rows = db.session.execute(_behind(organisation_id, upper.version, after)).all()
    if not rows:
        return None
    moved = [row for row in (_rewrapped(one, upper) for one in rows) if row]
    done = sum(changed(db.session(), _MOVE, row) for row in moved)
    return Batch(rows[-1].record_id, done, len(rows) - len(moved))


def _behind(organisation_id: str, newest: int, after: str) -> Any:
    return (
        select(
            _wrapped.c.record_id,
            _wrapped.c.wrapped.label("record_wrapped"),
            _record.c.version,
            *ORGANISATION_KEY,
        )
        .select_from(_wrapped)
        .join(
            _record,
            (_record.c.organisation_id == _wrapped.c.organisation_id)
            & (_record.c.record_id == _wrapped.c.record_id),
        )
        .join(_organisation, OF_WRAPPED)
        .join(_master, _master.c.id == _organisation.c.master_id)
        .where(
            _wrapped.c.organisation_id == organisation_id,
            _wrapped.c.organisation_key_version != newest,
            _wrapped.c.record_id > after,
        )
        .order_by(_wrapped.c.record_id)
        .limit(AT_ONCE)
    )


def _rewrapped(row: Any, upper: OpenOrganisationKey) -> dict[str, Any] | None:
    try:
        lower = open_organisation_key(row)
        secret = lower.unwrap(row.record_id, row.version, row.record_wrapped)
    except (Unopenable, SealingUnavailable):
        return None
    return {
        "of": row.organisation_id,
        "record": row.record_id,
        "was": row.organisation_version,
        "now": upper.version,
        "anew": upper.wrap(row.record_id, row.version, secret),
    }


def drop_unused(organisation_id: str) -> int:
    """Remove the organisation's older keys that wrap nothing any more; how many remain beside the newest."""
    mine = _organisation.c.organisation_id == organisation_id
    newest = select(func.max(_organisation.c.version)).where(mine).scalar_subquery()
    wraps = select(_wrapped.c.record_id).where(OF_WRAPPED).exists()
    older = (mine, _organisation.c.version < newest)
    db.session.execute(delete(_organisation).where(*older, ~wraps))
    left = select(func.count()).select_from(_organisation).where(*older)
    return int(db.session.execute(left).scalar_one())
