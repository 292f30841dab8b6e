"""What has outlived its use: keys of old requests, ended sign-ins, counters, factors begun and left?

All of it serves the world outside and follows real time, not the product's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, CursorResult, and_, delete, or_
from sqlalchemy.orm import Session

from app import clock
from app.accounts.factors.models import Factor
from app.accounts.models import SignIn
from app.db.models import IdempotencyKey, LimitCounter
from app.db.transactions import transaction
from app.jobs.registry import Times, job

KEYS_KEPT = timedelta(days=8)
"""Longer than a browser keeps unsent text and may send it again."""
SIGN_INS_KEPT = timedelta(days=30)
"""Ended ones: long enough to look up who was signed in when something looks wrong."""

PROGRAMS_KEPT = timedelta(days=1)
"""Second factors that never showed a first code."""


@dataclass(frozen=True, kw_only=True)
class Swept:
    """How many of each were removed."""

    keys: int
    sign_ins: int
    counters: int
    programs: int


def sweep() -> Swept:
    """Remove all that has outlived its use."""
    now = clock.real_now()
    ended = or_(SignIn.expires_at < now - SIGN_INS_KEPT, SignIn.ended_at < now - SIGN_INS_KEPT)
    begun = and_(Factor.confirmed_at.is_(None), Factor.created_at < clock.now() - PROGRAMS_KEPT)
    with transaction(writing=True) as session:
        return Swept(
            keys=_remove(session, IdempotencyKey, IdempotencyKey.created_at < now - KEYS_KEPT),
            sign_ins=_remove(session, SignIn, ended),
            counters=_remove(session, LimitCounter, LimitCounter.expires_at < now),
            programs=_remove(session, Factor, begun),
        )


def _remove(session: Session, model: type, where: ColumnElement[bool]) -> int:
    done = session.execute(
        delete(model).where(where), execution_options={"synchronize_session": False}
    )
    return done.rowcount if isinstance(done, CursorResult) else 0


@job("sweep-expired", times=Times(minute="10", hour="9"))
def sweep_each_night() -> None:
    """While it is night in the region."""
    sweep()
