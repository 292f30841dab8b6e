"""Which fixtures have the tests of exchanged cases?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cases.exchanges.desk import Desk
from tests.support.world import let_go, play, settings


@pytest.fixture
def desk(database: Any, instance: Path) -> Iterator[Desk]:
    """The demonstration as it has just been prepared, with nobody asked for a second factor."""
    from app import clock, create_app

    app = create_app(
        settings(database.url, instance, environment="demonstration", second_factor="off")
    )
    play(app, database)
    yield Desk(app)
    let_go(app)
    clock.set_offset(timedelta())
    database.renew()
