"""What do the tests of commands stand on?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from app import clock, create_app
from app.db.transactions import transaction
from app.extensions import db
from tests.accounts.standing import browser_of, cheap_hashes, house
from tests.support.world import let_go, settings

__all__ = ["browser_of", "cheap_hashes", "house"]


@pytest.fixture
def run(app: Any) -> Callable[..., Result]:
    """Runs a command of `flask` in the application of the test."""
    runner = app.test_cli_runner()

    def run_command(*arguments: str) -> Result:
        with app.app_context():
            db.session.remove()
        return runner.invoke(args=list(arguments))

    return run_command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The instance of an installation that was never prepared."""
    return tmp_path / "instance"


@pytest.fixture
def installed(folder: Path) -> Iterator[Callable[..., Any]]:
    """Makes an application in the folder; `installed(environment="demonstration")`."""
    made: list[Any] = []

    def make(**more: Any) -> Any:
        folder.mkdir(mode=0o700, exist_ok=True)
        app = create_app(settings(f"sqlite:///{folder / 'enlace.db'}", folder, **more))
        made.append(app)
        return app

    offset = clock._offset
    yield make
    clock.set_offset(offset)
    for app in made:
        let_go(app)


def rows(app: Any, statement: Any) -> list[Any]:
    with app.app_context(), transaction(writing=False) as session:
        return list(session.execute(statement).all())
