"""Which sealed files does no record need any more?

Those of a transaction that did not commit, those that were removed before anything was certified with them,
and those of a record that was erased: without its key nobody can open them.
"""

from __future__ import annotations

from sqlalchemy import and_

from app.attachments.sealed.models import SealedFile
from app.db.transactions import transaction
from app.extensions import db
from app.jobs.registry import Times, job
from app.sealing.models import StoredRecordKey
from app.storage import files, sealed_bytes


def sweep(*, older_than: float = files.ORPHAN_AGE) -> int:
    """Remove them; the number of files."""
    return sealed_bytes.sweep(spoken_of(), older_than=older_than)


def spoken_of() -> frozenset[str]:
    """The id of every sealed file that may still be opened."""
    keys = StoredRecordKey
    with transaction(writing=False) as session:
        return frozenset(session.scalars(
            db.select(SealedFile.id)
            .join(keys, and_(keys.organisation_id == SealedFile.organisation_id,
                             keys.record_id == SealedFile.record_id))
            .where(keys.destroyed_at.is_(None), SealedFile.removed_at.is_(None))
        ))  # fmt: skip


@job("sweep-sealed-files", times=Times(minute="25", hour="9"))
def sweep_each_night() -> None:
    """While it is night in the region."""
    sweep()
