"""On which world does the matrix ask? The demonstration's, with a mark in every field."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.access.asking import Asker, Cast, nothing_stays
from tests.access.canaries import Canaries, add_records
from tests.access.matrix import Matrix
from tests.access.things import Things
from tests.support.world import let_go, play, settings


@pytest.fixture(scope="module")
def matrix(database: Any, instance: Path) -> Iterator[Matrix]:
    """The matrix on a prepared demonstration. Its world stays as it is, whatever is asked."""
    with prepared(database, instance) as made, nothing_stays(pytest.MonkeyPatch(), made.asker):
        yield made


@pytest.fixture(scope="module")
def demonstration(database: Any, instance: Path) -> Iterator[Matrix]:
    """The same people and records without marks, on which requests have their effect."""
    with prepared(database, instance, marked=False) as made:
        yield made


@contextmanager
def prepared(database: Any, instance: Path, *, marked: bool = True) -> Iterator[Matrix]:
    """A prepared demonstration with everybody signed in; the database is as new afterwards."""
    from app import clock, create_app
    from app.extensions import db

    app = create_app(settings(database.url, instance, environment="demonstration"))
    play(app, database)
    with app.app_context():
        add_records()
        cast = Cast()
        db.session.remove()
        db.engine.dispose()
        canaries = Canaries(database)
        if marked:
            canaries.plant()
        things = Things(cast.everybody)
        db.session.remove()
    yield Matrix(app, Asker(app), cast.everybody, things, canaries)
    let_go(app)
    clock.set_offset(timedelta())
    database.renew()
