"""How are instants and exact figures stored alike in both databases?"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, DateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """An aware instant. PostgreSQL keeps a timestamptz, SQLite the same moment in UTC.

    Refuses a naive datetime with ValueError: a deadline without a zone is a wrong deadline.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        """Asked of every instant of every row, so without the detours of a decorated type."""
        return _from_server if dialect.name == "postgresql" else _from_file


class Hundredths(TypeDecorator[Decimal]):
    """A figure with two decimals, kept as a whole number of hundredths, so that sums stay exact.

    SQLite has no decimals of its own and would add floats. Raises ValueError for a finer figure.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        hundredths = Decimal(value).scaleb(2)
        if hundredths != hundredths.to_integral_value():
            raise ValueError("this figure is finer than hundredths")
        return int(hundredths)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        return _from_hundredths


def _from_server(value: datetime | None) -> datetime | None:
    return value and value.astimezone(UTC)


def _from_file(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value + "+00:00") if value else None


@lru_cache(4096)
def _from_hundredths(value: int | None) -> Decimal | None:
    """Long lists hold the same figures again and again: each is made once."""
    return None if value is None else Decimal(int(value)).scaleb(-2)
