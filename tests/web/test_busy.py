"""What is answered while the database is busy or away?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from app import create_app
from app.db import engine, sqlite
from app.db.scoping import SYSTEM, scoped
from app.extensions import db
from tests.accounts.house import Browser, House
from tests.support.world import settings


def test_a_save_that_waits_too_long_is_answered_with_its_text(
    app: Any, house: House, browser_of: Any, database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    if database.url.startswith("postgresql"):
        pytest.skip("PostgreSQL has many writers at once")
    browser: Browser = browser_of().be(house, "hn.focal")
    parts = browser.hidden(browser.get("/me"))
    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 50)
    with app.app_context(), scoped(SYSTEM, writing=True), db.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")  # the turn is theirs
        answer = browser.post(
            "/me/details",
            parts | {"name": "Marta Zelaya de Paz", "lang": "es", "zone": "America/Tegucigalpa"},
        )
        assert answer.status_code == 503, answer.text
        assert answer.headers["Retry-After"]
        assert "Marta Zelaya de Paz" in answer.text
        connection.rollback()


@pytest.fixture
def crowded(database: Any, instance: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An application with one connection, which somebody holds."""
    real = engine.options

    def options(url: str) -> dict[str, Any]:
        return real(url) | {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0.1}

    monkeypatch.setattr(engine, "options", options)
    made = create_app(settings(database.url, instance))
    with ExitStack() as held, made.app_context():
        held.enter_context(scoped(SYSTEM))
        connection = held.enter_context(db.engine.connect())
        yield made
        connection.rollback()
        connection.close()
        db.engine.dispose()


def test_a_page_for_which_there_is_no_connection_is_answered_soon(
    app: Any, house: House, crowded: Any, browser_of: Any
) -> None:
    signed_in: Browser = browser_of().be(house, "hn.focal")
    with signed_in.client.session_transaction() as cookie:
        token = cookie["sign_in"]
    browser = Browser(crowded)
    with browser.client.session_transaction() as cookie:
        cookie["sign_in"] = token
    answer = browser.get("/me")
    assert (answer.status_code, bool(answer.headers["Retry-After"])) == (503, True)


@pytest.mark.parametrize(
    "fault", ["database is locked", "disk I/O error", "database or disk is full"]
)
def test_a_fault_that_will_pass_is_no_fault_of_ours(
    app: Any, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    def fail(**_: Any) -> None:
        raise OperationalError("", None, sqlite3.OperationalError(fault))

    fail.rule = app.view_functions["accounts.sign_in"].rule  # type: ignore[attr-defined]
    monkeypatch.setitem(app.view_functions, "accounts.sign_in", fail)
    assert app.test_client().get("/sign-in").status_code == 503


def test_each_process_has_a_connection_for_each_of_its_threads() -> None:
    import runpy

    threads = runpy.run_path("gunicorn.conf.py")["threads"]
    chosen = engine.options("sqlite:///x")
    assert chosen["pool_size"] + chosen["max_overflow"] >= threads
