"""What does a test of the application stand on: a database, the application, a session, a client?

The application is imported by the fixtures that need it: a test of a rule needs neither Flask nor a
database, and starts at once.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.live_server import serving
from tests.support.patience import wait_until

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from config import Settings


MASTER_KEY = "tests:aW4gdGhlIHRlc3RzIGV2ZXJ5Ym9keSBrbm93cyBpdCE"
"""Opens what tests seal."""
PLAYED = "played"
"""What is remembered of each database: the demonstration as it is when it has just been prepared."""


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
            "master_keys": MASTER_KEY,
            "base_url": "http://localhost",
            **more,
        }
    )


def let_go(app: Flask) -> None:
    """Close the application's connections, once every request that still runs gave its own back."""
    from app.extensions import db

    with app.app_context():
        db.session.remove()
        wait_until(lambda: db.engine.pool.checkedout() == 0, "no request holds a connection")
        db.engine.dispose()


def play(app: Flask, database: Any) -> None:
    """The demonstration as it is when it has just been prepared: played once by each worker."""
    from app.cli.demo import world
    from app.db import installation
    from app.db.transactions import transaction

    let_go(app)
    files = Path(app.config["ENLACE"].instance) / "files"
    played = files.with_name(f"files-{PLAYED}-{database.kind}")
    if not database.bring_back(PLAYED):
        with app.app_context():
            world.make()
        let_go(app)
        database.remember(PLAYED)
        shutil.copytree(files, played)
        return
    shutil.copytree(played, files, dirs_exist_ok=True)
    with app.app_context(), transaction(writing=True) as session:
        installation.describe(session, installation.DEMONSTRATION, world.BEGINS_AT)


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where the application of this worker keeps its files."""
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, instance: Path) -> Iterator[Any]:
    """A migrated database of this worker; tests that use it run on both kinds."""
    import flask_migrate

    from app import create_app
    from tests.support import databases

    def migrate(url: str) -> None:
        app = create_app(settings(url, instance))
        with app.app_context():
            flask_migrate.upgrade()
        let_go(app)

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

    app = create_app(settings(database.url, instance))
    yield app
    let_go(app)


@pytest.fixture
def app(app_of_worker: Flask, database: Any) -> Iterator[Flask]:
    """The application on a database as the migrations leave it; what a test commits is undone."""
    yield app_of_worker
    if database.is_a_file:  # which is about to be replaced under the open connections
        let_go(app_of_worker)
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
