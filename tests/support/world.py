"""What does a test of the application stand on: a database, the application, a session, a client?

The application is imported by the fixtures that need it: a test of a rule needs neither Flask nor a
database, and starts at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.live_server import serving

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from config import Settings


def settings(url: str, instance: Path, **more: Any) -> Settings:
    """What the application is told in tests."""
    from config import Settings

    return Settings(
        **{
            "environment": "test",
            "instance": instance,
            "database_url": url,
            "secret_key": "the secret of the tests, known to everybody",
            "password_salt": "the salt of the tests",
            "base_url": "http://localhost",
            **more,
        }
    )


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where the application of this worker keeps its files."""
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, instance: Path) -> Iterator[Any]:
    """A migrated database of this worker; tests that use it run on both kinds."""
    import flask_migrate

    from app import create_app
    from app.extensions import db
    from tests.support import databases

    def migrate(url: str) -> None:
        app = create_app(settings(url, instance))
        with app.app_context():
            flask_migrate.upgrade()
            db.session.remove()
            db.engine.dispose()

    made = databases.KINDS[request.param].made(
        os.environ.get("PYTEST_XDIST_WORKER", "one"), migrate
    )
    yield made
    made.remove()


@pytest.fixture(scope="session")
def database_url(database: Any) -> str:
    return database.url


@pytest.fixture(scope="session")
def app_of_worker(database: Any, instance: Path) -> Iterator[Flask]:
    from app import create_app
    from app.extensions import db

    app = create_app(settings(database.url, instance))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(app_of_worker: Flask, database: Any) -> Iterator[Flask]:
    """The application on a database as the migrations leave it; what a test commits is undone."""
    from app.extensions import db

    yield app_of_worker
    with app_of_worker.app_context():
        db.session.remove()
        if database.is_a_file:  # which is about to be replaced under the open connections
            db.engine.dispose()
    database.renew()


@pytest.fixture
def db_session(app: Flask) -> Iterator[Any]:
    """A session that reaches every organisation and may write; the test commits when it wants."""
    from app.db.scoping import SYSTEM, scoped
    from app.extensions import db

    with app.app_context(), scoped(SYSTEM, writing=True):
        yield db.session
        db.session.rollback()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def live_url(app: Flask) -> Iterator[str]:
    """The address at which a browser finds the application."""
    with serving(app) as url:
        yield url
