"""What does a mail server do that is away for a while, and what becomes of the promises of that time?"""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_string
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.outbox import mail_server
from app.outbox.states import SENT, SPLIT
from tests.access.things import rows_of
from tests.outbox.smtp import Server, speaking
from tests.support.delivering import deliver
from tests.support.patience import wait_until

ROOT = Path(__file__).resolve().parents[2]
AWAY: dict[str, dict[str, str] | None] = {
    "refuses connections": None,
    "accepts and is silent": {"GREETING": "silence"},
    "is busy": {"GREETING": "421 busy"},
    "falls silent in the middle": {"RCPT": "silence"},
    "hangs up in the middle": {"DATA": "hang up"},
    "says later": {"MAIL": "451 later"},
}
"""How a server may be away -> what it answers, None where nothing listens."""
LOOKS = tuple(
    timedelta(hours=hours) for hours in (0, 0.1, 0.3, 0.7, 1.5, 3, 5, 8, 12, 17, 23, 30, 40)
)
"""When delivery is tried while it is away, after the first promise."""
BACK = timedelta(hours=42)
LAST = timedelta(hours=50)
DOMAIN = "crm.example"


@dataclass
class Post:
    """The application with a mail server that comes and goes."""

    app: Flask
    url: str
    instance: Path
    server: Server = field(default_factory=Server)
    kills: int = 0

    @contextmanager
    def connected(self) -> Iterator[Post]:
        """The application knows of it. The port stays ours, also while nobody listens there."""
        with socket.socket() as port, pytest.MonkeyPatch.context() as patch:
            port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            port.bind(("127.0.0.1", 0))
            self.server.port = port.getsockname()[1]
            told = replace(self.app.config["ENLACE"], mail_server="127.0.0.1",
                           mail_port=self.server.port, mail_from=f"enlace@{DOMAIN}")  # fmt: skip
            patch.setitem(self.app.config, "ENLACE", told)
            yield self

    @contextmanager
    def away(self, how: str) -> Iterator[None]:
        """The server is away in this way. A silent one is waited for less long than in production;
        one that is there answers when the machine lets it, and is waited for."""
        answers = AWAY[how]
        here = self.there(**answers) if answers is not None else nullcontext()
        with here, pytest.MonkeyPatch.context() as patch:
            patch.setattr(mail_server, "PATIENCE", 0.1)
            yield

    @contextmanager
    def there(self, **answers: str) -> Iterator[None]:
        self.server.answers.clear()
        self.server.answers.update(answers)
        with speaking(self.server):
            yield

    def deliver(self, later: timedelta) -> None:
        deliver(self.app, later)

    def deliver_and_be_killed(self, chance: random.Random) -> None:
        """Another process delivers, and is killed at some moment of its first letters."""
        letters = len(self.server.accepted) + chance.randint(0, 2)
        environment = {
            **os.environ, "ENLACE_ENV": "test", "ENLACE_DATABASE_URL": self.url,
            "ENLACE_INSTANCE": str(self.instance), "ENLACE_MAIL_SERVER": "127.0.0.1",
            "ENLACE_MAIL_PORT": str(self.server.port), "ENLACE_MAIL_FROM": f"enlace@{DOMAIN}",
        }  # fmt: skip
        command = [sys.executable, "-m", "tests.outbox.draining", str(BACK.total_seconds())]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            assert process.stdin is not None
            assert process.stdout.readline() == b"ready\n"
            process.stdin.write(b"\n")
            process.stdin.flush()
            wait_until(
                lambda: len(self.server.accepted) >= letters or process.poll() is not None,
                "some letters came",
            )
            time.sleep(chance.uniform(0, 0.03))
            self.kills += process.poll() is None
            process.kill()

    def messages(self) -> list[dict[str, Any]]:
        with self.app.app_context():
            return rows_of("outbox_message")

    def received(self) -> Counter[str]:
        """The Message-IDs that the server took, and how often."""
        return Counter(str(message_from_string(one)["Message-ID"]) for one in self.server.accepted)

    def hold_against(self) -> Counter[str]:
        """Fail where a promise is not kept, or kept more often than workers were killed."""
        messages = self.messages()
        states = Counter(message["state"] for message in messages)
        assert set(states) <= {SENT, SPLIT}, states
        letters = [m["id"] for m in messages if m["state"] == SENT and m["recipient"] != "deed:"]
        promised = {f"<{each}@{DOMAIN}>" for each in letters}
        received = self.received()
        assert received.keys() == promised
        again = received.total() - len(received)
        assert again <= self.kills, f"{again} sent again after {self.kills} kills"
        return Counter({
            "letters": len(promised), "letters sent again after a kill": again,
            "deliveries killed": self.kills,
        })  # fmt: skip
