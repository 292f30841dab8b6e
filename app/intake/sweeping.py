"""Who was in a draft a day ago? Nobody needs to know, and it is forgotten."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import CursorResult, delete

from app import clock
from app.db.transactions import transaction
from app.intake.models import Presence
from app.jobs.registry import Times, job

KEPT = timedelta(days=1)


def sweep() -> int:
    """Remove who was last seen longer ago; how many that were."""
    gone = delete(Presence.__table__).where(Presence.seen_at < clock.now() - KEPT)
    with transaction(writing=True) as session:
        done = session.execute(gone)
        return done.rowcount if isinstance(done, CursorResult) else 0


@job("forget-presence", times=Times(minute="20", hour="9"))
def sweep_each_night() -> None:
    """While it is night in the region."""
    sweep()
