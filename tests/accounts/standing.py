"""What do the tests of people and organisations stand on?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask

from app import clock
from tests.accounts.house import Browser, House, build


@pytest.fixture
def cheap_hashes(app: Flask) -> Iterator[None]:
    """Hash quickly: what a hash costs is asked by one test of its own."""
    context = app.extensions["security"].pwd_context
    costs = app.config["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"]
    context.update(argon2__memory_cost=64, argon2__time_cost=1)
    yield
    context.update(**costs)


@pytest.fixture
def house(app: Flask, cheap_hashes: None) -> House:
    return build(app)


@pytest.fixture
def browser_of(app: Flask) -> Callable[..., Browser]:
    """Opens a browser, at another address of the network if wanted."""
    return lambda address="127.0.0.1": Browser(app, address)


@pytest.fixture
def somebody(browser_of: Callable[..., Browser]) -> Browser:
    """A browser of whom nothing is known."""
    return browser_of()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Moves the world's clock, from now on."""
    moved = timedelta()

    def real_now() -> datetime:
        return started() + moved

    started = clock.real_now
    monkeypatch.setattr(clock, "real_now", real_now)

    def move(by: timedelta) -> None:
        nonlocal moved
        moved += by

    return move
