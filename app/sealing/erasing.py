"""How is a record erased, wherever copies of it lie?

Its key is destroyed: what was sealed with it stays as bytes that nobody can open. The ledger of erasures
remembers which records these are, so that a database brought back from a backup forgets them too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select, update

from app import clock
from app.db.adding import add_missing
from app.extensions import db
from app.policy.actor import Actor
from app.sealing.keys import FIRST, OPENED, refuse_foreign
from app.sealing.models import Erasure, StoredRecordKey, WrappedKey

CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_record: Any = StoredRecordKey.__table__
_wrapped: Any = WrappedKey.__table__
_ledger: Any = Erasure.__table__
PLACE = ("organisation_id", "record_id")


def destroy(record_id: str, organisation_id: str, actor: Actor | None, reason: str) -> None:
    """Destroy a record's key for good and write it into the ledger. `reason` is a code.

    Doing it twice changes nothing. The caller records the event in the audit trail.
    """
    if not CODE.fullmatch(reason):
        raise ValueError("the reason of an erasure is a code")
    refuse_foreign(organisation_id)
    entry = {
        "organisation_id": organisation_id,
        "record_id": record_id,
        "erased_at": clock.now(),
        "erased_by": actor.person_id if actor else None,
        "reason": reason,
    }
    add_missing(_ledger, [entry])
    shred(entry)


def ledger() -> list[dict[str, Any]]:
    """Every erasure there was."""
    rows = db.session.execute(select(_ledger).order_by(_ledger.c.erased_at, _ledger.c.record_id))
    return [dict(row) for row in rows.mappings()]


def replay(entries: Sequence[dict[str, Any]]) -> int:
    """Erase here what was erased elsewhere; how many records had a key until now."""
    before = _count_of_keys()
    add_missing(_ledger, entries)
    for entry in entries:
        shred(entry)
    return before - _count_of_keys()


def _count_of_keys() -> int:
    return int(db.session.execute(select(func.count()).select_from(_wrapped)).scalar_one())


def shred(entry: dict[str, Any]) -> None:
    """Carry out one entry of the ledger: the key is gone, and no other can be made in its place."""
    at, place = entry["erased_at"], (entry["organisation_id"], entry["record_id"])

    def of(table: Any) -> tuple[Any, Any]:
        return table.c.organisation_id == place[0], table.c.record_id == place[1]

    # Marked first: whoever makes a key looks at the mark, and would else put a new one in its place.
    never_had_one = {"version": FIRST, "created_at": at, "destroyed_at": at}
    add_missing(_record, [dict(zip(PLACE, place, strict=True)) | never_had_one])
    living = (*of(_record), _record.c.destroyed_at.is_(None))
    db.session.execute(update(_record).where(*living).values(destroyed_at=at))
    db.session.execute(delete(_wrapped).where(*of(_wrapped)))
    db.session().info.get(OPENED, {}).pop(place, None)
