"""Where do the tests find the demonstration, as it is when it has just been prepared?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support.world import let_go, play, settings


@pytest.fixture(scope="package")
def demonstration(database: Any, instance: Path) -> Iterator[Flask]:
    """The application on a prepared demonstration. Tests only look at it."""
    from app import clock, create_app

    app = create_app(settings(database.url, instance, environment="demonstration"))
    play(app, database)
    yield app
    let_go(app)
    clock.set_offset(timedelta())
    database.renew()


@pytest.fixture
def looking(demonstration: Flask) -> Iterator[Any]:
    """A session that reads everything."""
    from app.db.transactions import transaction

    with demonstration.app_context(), transaction(writing=False) as session:
        yield session
