"""The mail server is away for hours: does anybody wait for it, and is every promised message kept?"""

from __future__ import annotations

import random
import secrets
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from app.extensions import db
from app.organisations import acting
from tests.accounts.house import Browser, House
from tests.accounts.standing import cheap_hashes as cheap_hashes
from tests.accounts.standing import house as house
from tests.intake.acts import ACTS
from tests.intake.placing import Stage
from tests.outbox.outage import AWAY, BACK, LAST, LOOKS, Post

PROMISING = (("draft", "certify"), ("submitted", "accept"), ("submitted", "return"))
"""Where a need stands and what is done with it: each promises messages."""
DURING = 3
"""How many promises are made while the server is away."""


class Requests:
    """Real requests that promise messages, and what each of them does and costs."""

    def __init__(self, app: Flask, house: House, port: int) -> None:
        self.app, self.stage, self.house, self.port = app, Stage(app, house), house, port
        self.statements: dict[str, int] = {}
        self.cost: Counter[str] = Counter()
        self.browsers: dict[str, Browser] = {}

    def send(self, where: str, act: str, when: str) -> None:
        """Do an act; it speaks with no mail server, and asks the database as often as always."""
        sending = ACTS[act](self.stage, self.stage.place(where))
        browser = self._browser(sending.who)
        hidden = browser.hidden(browser.get("/me")) | {"_key": secrets.token_hex(12)}
        with self._watched() as seen:
            begun = time.perf_counter()
            answer = browser.post(sending.path, hidden | sending.fields)
            spent = time.perf_counter() - begun
        assert answer.status_code == 303, (act, answer.status_code)
        assert self.port not in seen["ports"], f"{act} spoke with the mail server"
        assert self.statements.setdefault(act, len(seen["statements"])) == len(seen["statements"])
        self.cost[f"requests while it {when}"] += 1
        self.cost[f"microseconds of requests while it {when}"] += round(spent * 1_000_000)

    def _browser(self, who: str) -> Browser:
        if who not in self.browsers:
            self.browsers[who] = Browser(self.app).be(self.house, who)
        return self.browsers[who]

    @contextmanager
    def _watched(self) -> Iterator[dict[str, list[Any]]]:
        seen: dict[str, list[Any]] = {"ports": [], "statements": []}
        connect = socket.socket.connect

        def noted(self: socket.socket, address: Any) -> None:
            seen["ports"].append(address[1] if isinstance(address, tuple) else address)
            connect(self, address)

        def note(*parts: Any) -> None:
            seen["statements"].append(parts[2])

        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(socket.socket, "connect", noted)
                yield seen
        finally:
            event.remove(engine, "before_cursor_execute", note)


def test_nobody_waits_for_a_mail_server_and_every_message_comes(
    app: Flask, house: House, database: Any, instance: Path, proof: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    run = proof(
        f"mail-down-{database.kind}",
        what="The mail server is away for forty hours, in one of six ways, while requests promise"
        " messages: none of them speaks with it or asks the database oftener, and when it is back"
        " every promised message comes, each once by its Message-ID, also where the delivering"
        " process is killed in between",
        full=60,
        sample=len(AWAY),
    )
    # That a browser was there is noted by the minute, whatever becomes of the mail: here each time.
    monkeypatch.setattr(acting, "SEEN_AT_MOST_EVERY", timedelta(0))
    known: Counter[str] = Counter()
    with Post(app, database.url, instance).connected() as post:
        requests = Requests(app, house, post.server.port)
        for chance in run.cases():
            how = list(AWAY)[run.counts["cases"] % len(AWAY)]
            kills = (
                chance.choice((0, 1, 1, 2))
                if run.total > len(AWAY)
                else int(run.counts["cases"] % 3 == 0)
            )
            go_through(chance, how, kills, post, requests)
            run.count(f"outages in which it {how}")
            found = post.hold_against()
            run.counts.update(found - known + requests.cost)
            known = found
            requests.cost.clear()


def go_through(chance: random.Random, how: str, kills: int, post: Post, requests: Requests) -> None:
    """One outage: promises before and in it, tries to deliver all along, and the way back."""
    with post.there():
        requests.send(*chance.choice(PROMISING), "answered")
    before = post.received()
    with post.away(how):
        for later in LOOKS[:DURING]:
            requests.send(*chance.choice(PROMISING), "was away")
            post.deliver(later)
        for later in LOOKS[DURING:]:
            post.deliver(later)
    assert post.received() == before, "a server that is away took a letter"
    with post.there():
        for _ in range(kills):
            post.deliver_and_be_killed(chance)
        post.deliver(BACK)
        post.deliver(LAST)
