"""How do several people keep saving in one draft while something happens to their server?"""

from __future__ import annotations

import os
import random
import signal
import threading
from concurrent.futures import Executor
from pathlib import Path

from tests.intake.colleagues import Colleague
from tests.intake.ledger import Place
from tests.intake.listening import Server
from tests.intake.placing import ROW
from tests.support.patience import SECONDS, wait_until

SHARED: Place = ("", "title")
OWN: tuple[Place, ...] = (
    ("", "gap"), ("", "subtheme"), ("", "legal_basis"), (ROW, "audience.region"),
)  # fmt: skip
AFTERWARDS = 2
"""How often each saves after it happened, at least."""


def workers(server: Server) -> list[int]:
    """The processes that answer for this server."""
    pid = server.process.pid
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


class Load:
    """Each saves at a place of her own, and now and then where all of them do."""

    def __init__(self, need: str, people: list[Colleague], helpers: Executor) -> None:
        self.need, self.people, self.helpers = need, people, helpers
        self.has_happened = threading.Event()
        self.begun = threading.Barrier(len(people) + 1)

    def during(self, chance: random.Random, server: Server) -> None:
        """Kill one of the server's workers at some moment of it, and see it replaced."""
        seeds = [chance.random() for _ in self.people]
        working = [self.helpers.submit(self._save_on, who, own, random.Random(seed))
                   for who, own, seed in zip(self.people, OWN, seeds, strict=True)]  # fmt: skip
        self.begun.wait(SECONDS)
        before = workers(server)
        threading.Event().wait(chance.uniform(0, 0.15))
        killed = chance.choice(before)
        os.kill(killed, signal.SIGKILL)
        self.has_happened.set()
        for each in working:
            each.result()
        wait_until(lambda: self._is_replaced(killed, len(before), server), "a worker is replaced")

    def _is_replaced(self, killed: int, many: int, server: Server) -> bool:
        now = workers(server)
        return killed not in now and len(now) == many

    def _save_on(self, who: Colleague, own: Place, chance: random.Random) -> None:
        self.begun.wait(SECONDS)
        left, number = AFTERWARDS, 0
        while left:
            left -= self.has_happened.is_set()
            number += 1
            place = SHARED if chance.random() < 0.25 else own
            request, answer = who.save(self.need, place, f"{who.name} {number} {place[1]}")
            if answer.status == 409:
                assert place == SHARED, f"{place} is her own: {request.fields}"
                who.look(self.need, place)
