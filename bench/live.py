"""How fast are the pages while a draft is open 200 times, beside the same pages without that?

The documented server: what `make run` starts. Fifty people have as many pages open as one person may
hold streams. Readers take streams to the limit and poll after that, as
a page does; all the while somebody saves a field every second.
"""

from __future__ import annotations

import http.client
import random
import selectors
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.web.streams import MOST_EACH
from bench.clients import CLIENTS, Measured, Visitor, interleaved, p95, timed
from bench.over_http import Delegation, signed_in
from bench.servers import served
from bench.world import application, colleagues, drafts

READERS, DRAFTS = 200, 20
POLL = 10.0
"""Seconds between two questions of a reader without a stream (app/static/src/scripts/live.js)."""
POLLING_THREADS = 4


class Readers:
    """So many open pages; each holds a stream, or asks again and again."""

    def __init__(self, port: int, needs: list[str], people: list[Visitor], many: int) -> None:
        self.port, self.many = port, many
        self.needs, self.chance = needs, random.Random(1)
        self.headers = [{"Cookie": "; ".join(f"{k}={v}" for k, v in person.cookies.items())}
                        for person in people]  # fmt: skip
        self.streams = self.polling = 0

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All of them read while the block runs."""
        over = threading.Event()
        open_streams = [one for n in range(self.many) if (one := self._stream(n)) is not None]
        self.streams, self.polling = len(open_streams), self.many - len(open_streams)
        asking = [
            threading.Thread(target=self._poll, args=(over, n)) for n in range(POLLING_THREADS)
        ]
        threads = [threading.Thread(target=_drain, args=(over, open_streams)), *asking]
        for each in threads:
            each.start()
        try:
            yield
        finally:
            over.set()
            for each in threads:
                each.join()
            for stream in open_streams:
                stream.close()
            time.sleep(1.5)  # until the server has noticed

    def _stream(self, number: int) -> http.client.HTTPConnection | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        path = f"/needs/{self.needs[number % len(self.needs)]}/live"
        headers = {**self.headers[number % len(self.headers)], "Accept": "text/event-stream"}
        connection.request("GET", path, headers=headers)
        socket, answer = connection.sock, connection.getresponse()
        if answer.status == 200:
            connection.sock = socket  # the answer took it, since it never ends
            return connection
        answer.read()
        connection.close()
        return None

    def _poll(self, over: threading.Event, share: int) -> None:
        own = self.polling // POLLING_THREADS + (share < self.polling % POLLING_THREADS)
        while own and not over.wait(POLL / own * self.chance.uniform(0.75, 1.25)):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            path = f"/needs/{self.chance.choice(self.needs)}/changes"
            connection.request("GET", path, headers=self.chance.choice(self.headers))
            connection.getresponse().read()
            connection.close()


def _drain(over: threading.Event, streams: list[http.client.HTTPConnection]) -> None:
    """Read what the streams say, as browsers do."""
    with selectors.DefaultSelector() as selector:
        for each in streams:
            selector.register(each.sock, selectors.EVENT_READ)
        while not over.is_set():
            for key, _ in selector.select(0.2) if streams else [(None, over.wait(0.2))]:
                if key is not None and not key.fileobj.recv(65536):
                    selector.unregister(key.fileobj)


@contextmanager
def saving(writer: Delegation) -> Iterator[None]:
    """Somebody saves a field every second while the block runs."""
    over, saves = threading.Event(), writer.saves()

    def work() -> None:
        while not over.wait(1):
            with suppress(RuntimeError):  # a busy moment: the page would try again
                next(saves)()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def measure(database: str, urls: Callable[[str], str], folder: Path, *, rounds: int, each: int,
            many: int = READERS) -> Iterator[dict[str, object]]:  # fmt: skip
    """The row of live-200-streams on one database."""
    with application(urls("live"), folder / "live"):
        needs, names = drafts(DRAFTS), colleagues(-(-many // MOST_EACH))
    with served("wsgi:app", config="gunicorn.conf.py", ENLACE_ENV="demonstration",
                ENLACE_BASE_URL="http://127.0.0.1", ENLACE_DATABASE_URL=urls("live"),
                ENLACE_INSTANCE=str(folder / "live")) as port:  # fmt: skip
        asking = [Delegation(port, [needs[n]]) for n in range(CLIENTS)]
        writer = Delegation(port, [needs[CLIENTS]])
        people = [signed_in(port, name) for name in names]
        readers = Readers(port, needs, people, many)
        forms = [one.form_gets() for one in asking]

        def with_readers() -> list[float]:
            with readers.reading():
                return timed(forms, each)

        with saving(writer):
            measured: Measured = interleaved(rounds, lambda: timed(forms, each), with_readers)
        yield measured.row(
            "live-200-streams", database, what="p95 of a section with 200 live readers; the floor is the"
            " same without them", ratio_to_floor=round(p95(measured.floor) / p95(measured.enlace), 3),
            streams=readers.streams, polling=readers.polling,
        )  # fmt: skip
