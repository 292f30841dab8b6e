"""What do connections to PostgreSQL keep from one transaction to the next, and what not?"""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.db.transactions import transaction
from app.extensions import db

PREPARED = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%of_a_page%'")
OFTEN = 10


@pytest.fixture(autouse=True)
def _on_a_server(app: Flask, database: Any) -> None:
    """With one connection: each keeps its own, and tests before may have left several to take turns."""
    if not database.url.startswith("postgresql"):
        pytest.skip("SQLite plans in no time and has no server")
    with app.app_context():
        db.engine.dispose()


def ask(number: int) -> Any:
    """What a page asks that only reads: its transaction ends without effect."""
    with transaction(writing=False) as session:
        asked = text("SELECT CAST(:number AS integer) AS of_a_page")
        return session.execute(asked, {"number": number}).scalar_one()


def test_what_page_after_page_asks_stays_planned(app: Flask) -> None:
    with app.app_context():
        assert [ask(number) for number in range(OFTEN)] == list(range(OFTEN))
        with transaction(writing=False) as session:
            assert session.execute(PREPARED).scalar_one() == 1


def divide_by_zero() -> None:
    with transaction(writing=True) as session:
        session.execute(text("CREATE TEMPORARY TABLE half_done (n integer)"))
        session.execute(text("SELECT 1 / 0"))


def test_a_transaction_that_failed_ends_like_any_other(app: Flask) -> None:
    with app.app_context():
        for _ in range(2):
            with pytest.raises(DBAPIError, match="division by zero"):
                divide_by_zero()
        assert ask(1) == 1
