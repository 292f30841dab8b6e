"""How often was something tried, counted for all processes together?

A store for Flask-Limiter in the database that all workers share. Counting is a short transaction of
its own: it stays when the request that was counted is refused and rolled back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from limits.storage import Storage
from sqlalchemy import Table, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app import clock
from app.db.models import LimitCounter
from app.db.scoping import IDENTITY
from app.db.transactions import transaction
from app.extensions import db

URI = "enlace://"
COUNTERS: Table = LimitCounter.__table__
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True)
class Counted:
    """How often, and when counting begins anew."""

    count: int
    ends_at: datetime


def count(windows: Mapping[str, int], amount: int = 1) -> dict[str, Counted]:
    """Count one attempt under each key; the numbers are the lengths of the windows in seconds.

    Ends the transaction that is open: call it before anything was changed.
    """
    db.session.rollback()
    with transaction(writing=True, scope=IDENTITY) as session:
        return {
            key: _count(session, key, seconds, amount) for key, seconds in sorted(windows.items())
        }


def _count(session: Session, key: str, seconds: int, amount: int) -> Counted:
    now = clock.real_now()
    ends_at = now + timedelta(seconds=seconds)
    has_ended = COUNTERS.c.expires_at <= now
    insert = _INSERT[session.get_bind().dialect.name](COUNTERS)
    statement = (
        insert.values(key=key, count=amount, expires_at=ends_at)
        .on_conflict_do_update(
            index_elements=[COUNTERS.c.key],
            set_={
                "count": case((has_ended, amount), else_=COUNTERS.c.count + amount),
                "expires_at": case((has_ended, ends_at), else_=COUNTERS.c.expires_at),
            },
        )
        .returning(COUNTERS.c.count, COUNTERS.c.expires_at)
    )
    return Counted(*session.execute(statement).one())


def forget(*keys: str) -> None:
    """Begin to count anew, within the transaction that is open."""
    db.session.execute(delete(COUNTERS).where(COUNTERS.c.key.in_(keys)))


class DatabaseStorage(Storage):
    """The counters as Flask-Limiter asks for them."""

    STORAGE_SCHEME = ["enlace"]  # noqa: RUF012, as the base class declares it

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, and say how often by now."""
        return count({key: expiry}, amount)[key].count

    def get(self, key: str) -> int:
        """How often by now."""
        found = self._find(key)
        return found.count if found else 0

    def get_expiry(self, key: str) -> float:
        """When counting begins anew, in seconds since 1970."""
        found = self._find(key)
        return (found.ends_at if found else clock.real_now()).timestamp()

    def check(self) -> bool:
        """Whether counters can be read."""
        self._find("")
        return True

    def reset(self) -> int | None:
        """Forget every counter."""
        return self._delete(delete(COUNTERS))

    def clear(self, key: str) -> None:
        """Forget one counter."""
        self._delete(delete(COUNTERS).where(COUNTERS.c.key == key))

    def _find(self, key: str) -> Counted | None:
        db.session.rollback()
        with transaction(writing=False, scope=IDENTITY) as session:
            found = session.execute(
                select(COUNTERS.c.count, COUNTERS.c.expires_at).where(
                    COUNTERS.c.key == key, COUNTERS.c.expires_at > clock.real_now()
                )
            ).one_or_none()
        return Counted(*found) if found else None

    def _delete(self, statement: Any) -> int:
        db.session.rollback()
        with transaction(writing=True, scope=IDENTITY) as session:
            return session.execute(statement).rowcount  # type: ignore[attr-defined]
