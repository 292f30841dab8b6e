"""What does a visitor notice of a database server that was started again?"""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from tests.accounts.house import Browser, House

OTHERS = sa.text(
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
)


def test_connections_that_died_while_they_rested_cost_nobody_a_request(
    house: House, browser_of: Any, database: Any
) -> None:
    if not database.url.startswith("postgresql"):
        pytest.skip("SQLite has no server")
    browser: Browser = browser_of().be(house, "hn.focal")
    parts = browser.hidden(browser.get("/me"))
    _end_every_connection(database.url)
    assert browser.get("/me").status_code == 200
    _end_every_connection(database.url)
    sent = parts | {"name": "Marta Zelaya de Paz", "lang": "es", "zone": "America/Tegucigalpa"}
    assert browser.post("/me/details", sent).status_code == 303
    assert "Marta Zelaya de Paz" in browser.get("/me").text


def _end_every_connection(url: str) -> None:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        assert connection.scalar(OTHERS)
