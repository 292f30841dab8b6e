"""Which stored files does no record speak of?"""

from __future__ import annotations

from app.attachments.models import Attachment
from app.db.transactions import transaction
from app.extensions import db
from app.jobs.registry import Times, job
from app.storage import files


def sweep(*, older_than: float = files.ORPHAN_AGE) -> int:
    """Remove what transactions left behind that did not commit; the number of files."""
    return files.sweep(spoken_of(), older_than=older_than)


def spoken_of() -> frozenset[str]:
    """The hash of every file that belongs to a record."""
    with transaction(writing=False) as session:
        return frozenset(session.execute(db.select(Attachment.sha256)).scalars())


@job("sweep-files", times=Times(minute="20", hour="9"))
def sweep_each_night() -> None:
    """While it is night in the region."""
    sweep()
