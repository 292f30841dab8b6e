"""How does it end when two act on one need or one call at the same time?

Each act is a request to its real address, drawn before either is sent. A race holds the first one at
its commit, with all the locks it took, and sends the second meanwhile.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from app.web import transaction as commit_point
from tests.accounts.house import Browser
from tests.intake.acts import ACTS, Sending
from tests.intake.placing import Placed, Stage
from tests.support.patience import SECONDS

MEANWHILE = 0.1
"""Seconds in which the second may come as far as the locks of the first let it."""
FIRST, SECOND = "first", "second"


@dataclass(frozen=True)
class Ended:
    """Which of the acts were done, by name in the order asked for, and what they left behind."""

    done: tuple[bool, ...]
    stands: dict[str, Any]

    def turned(self) -> Ended:
        """The same, had the acts been named the other way round."""
        return Ended(self.done[::-1], self.stands)


@dataclass
class Races:
    """Honduras's people and the Secretariat's with their browsers."""

    stage: Stage
    patch: pytest.MonkeyPatch
    browsers: dict[str, Browser] = field(default_factory=dict)
    hidden: dict[str, dict[str, str]] = field(default_factory=dict)

    def one_after_the_other(self, where: str, one: str, other: str) -> Ended:
        """How it ends when the second is sent after the first has been answered."""
        placed = self.stage.place(where)
        drawn = [self._draw(placed, act) for act in (one, other)]
        return Ended(tuple(map(self._send, drawn)), self.stage.stands(placed))

    def at_once(self, where: str, one: str, other: str) -> Ended:
        """How it ends when the second is sent while the first is about to commit."""
        placed = self.stage.place(where)
        drawn = {FIRST: self._draw(placed, one), SECOND: self._draw(placed, other)}
        done: dict[str, bool] = {}
        may_go_on = {FIRST: threading.Event(), SECOND: threading.Event()}

        def run(name: str) -> None:
            try:
                done[name] = self._send(drawn[name])
            finally:
                may_go_on[name].set()

        threads = [threading.Thread(target=run, args=(name,), name=name) for name in drawn]
        with self._first_held_at_its_commit(may_go_on):
            for thread in threads:
                thread.start()
                may_go_on[FIRST].wait(SECONDS)  # at its commit, or refused before it
            for thread in threads:
                thread.join(SECONDS)
        assert set(done) == set(drawn), f"{where}: {one} and {other} wait for each other"
        return Ended((done[FIRST], done[SECOND]), self.stage.stands(placed))

    @contextmanager
    def _first_held_at_its_commit(self, may_go_on: dict[str, threading.Event]) -> Iterator[None]:
        commit = commit_point._commit

        def wait_and_commit(response: Any) -> None:
            if threading.current_thread().name == FIRST:
                may_go_on[FIRST].set()
                may_go_on[SECOND].wait(MEANWHILE)
            commit(response)

        with self.patch.context() as within:
            within.setattr(commit_point, "_commit", wait_and_commit)
            yield

    def _send(self, sending: Sending) -> bool:
        """Whether it was done. Each request comes from a window of its own."""
        window = self.stage.app.test_client()
        cookie = self.browsers[sending.who].client.get_cookie(
            window.application.config["SESSION_COOKIE_NAME"]
        )
        assert cookie is not None
        window.set_cookie(cookie.key, cookie.value)
        data = self.hidden[sending.who] | {"_key": secrets.token_hex(12)} | sending.fields
        status = window.open(sending.path, method=sending.method, data=data).status_code
        assert status < 500, (sending, status)
        return status < 400

    def _draw(self, placed: Placed, act: str) -> Sending:
        """The request of an act, with all that its page would carry."""
        sending = ACTS[act](self.stage, placed)
        if sending.who not in self.browsers:
            browser = Browser(self.stage.app).be(self.stage.house, sending.who)
            self.browsers[sending.who] = browser
            self.hidden[sending.who] = browser.hidden(browser.get("/me"))
        return sending
