"""What do the tests of calls stand on?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from app import clock
from app.db.scoping import SYSTEM, scoped
from app.extensions import db
from tests.calls.browsing import Reader, reader_of
from tests.calls.settled import MORNING, Settled, settle


@pytest.fixture
def morning() -> Iterator[datetime]:
    """The product's clock stands at the beginning of the demonstration."""
    with clock.stopped_at(MORNING):
        yield MORNING


APART = {"reader", "stored"}
"""Fixtures with which a test works through committed transactions, each in its own context."""


@pytest.fixture
def settled(request: pytest.FixtureRequest, app: Flask, morning: datetime) -> Settled:
    """Who is there. A test that makes requests finds it committed: they have their own contexts."""
    if not APART & set(request.fixturenames):
        request.getfixturevalue("db_session")
        return settle()
    with app.app_context(), scoped(SYSTEM, writing=True):
        made = settle()
        db.session.commit()
        db.session.remove()
        return made


@pytest.fixture
def stored(app: Flask) -> Callable[[Callable[[], Any]], Any]:
    """Does something as the system in a transaction of its own, and gives what it returns."""

    def run(act: Callable[[], Any]) -> Any:
        with app.app_context(), scoped(SYSTEM, writing=True):
            result = act()
            db.session.commit()
            db.session.remove()
            return result

    return run


@pytest.fixture
def reader(app: Flask, settled: Settled, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """A browser on the settled world, whose reader the test chooses."""
    return reader_of(app, monkeypatch)


@pytest.fixture
def count_queries(app: Flask) -> Callable[[Callable[[], Any]], int]:
    """How many statements reach the database while something is done."""

    def count(act: Callable[[], Any]) -> int:
        seen: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
            seen.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            act()
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    return count
