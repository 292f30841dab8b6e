"""Which faults of the database are the caller's, and which will pass if one waits?"""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

BUSY_WORDS = (
    "database is locked",
    "database table is locked",
    "disk I/O error",
    "database or disk is full",
)


class Missing(LookupError):
    """No such record for this actor; whether it exists for somebody else is not said."""


def is_taken(error: BaseException) -> bool:
    """Whether a unique key was already there: somebody else was faster by a moment."""
    if not isinstance(error, IntegrityError):
        return False
    return getattr(error.orig, "sqlstate", "") == "23505" or "UNIQUE constraint" in str(error.orig)


def is_passing(error: BaseException) -> bool:
    """Whether trying again later may succeed: the database is busy, full, restarting or gone."""
    if isinstance(error, PoolTimeout):
        return True
    if isinstance(error, IntegrityError) or not isinstance(error, DBAPIError):
        return False
    if isinstance(error, OperationalError):
        return (
            error.connection_invalidated
            or "sqlite3" not in repr(type(error.orig))
            or any(word in str(error.orig) for word in BUSY_WORDS)
        )
    return bool(error.connection_invalidated)
