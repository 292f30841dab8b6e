"""How does a test listen to a draft on one server process while something is saved through another?"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.access.asking import Asker, Somebody

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


@contextmanager
def served(url: str, instance: Path, *, workers: int = 1, **settings: str) -> Iterator[Server]:
    """A server of a database, its demonstration unless told otherwise, as the documented one is."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ, "ENLACE_ENV": "demonstration", "ENLACE_DATABASE_URL": url,
        "ENLACE_INSTANCE": str(instance), "ENLACE_PASSWORD_SALT": "the salt of the tests",
        "ENLACE_SECRET_KEY": "the secret of the tests, known to everybody", **settings,
    }  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "--workers", str(workers),
               "--bind", f"127.0.0.1:{port}", "wsgi:app"]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    server = Server(port, process)
    try:
        server.wait_until_there()
        yield server
    finally:
        process.terminate()
        process.wait(PATIENCE)


class Server:
    """A server process and how somebody speaks to it."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port, self.process = port, process

    def wait_until_there(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError("the server does not answer")

    def put(self, asker: Asker, who: Somebody, path: str, data: dict[str, str]) -> int:
        """Send a change as a page's script does; its status."""
        asker.client(who)
        headers = {
            "Cookie": asker.cookies[str(who)], "X-CSRFToken": asker.csrf[str(who)],
            "X-Acting": who.organisation_id, "Idempotency-Key": os.urandom(16).hex(),
            "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("PUT", path, urlencode(data), headers)
        status = connection.getresponse().status
        connection.close()
        return status

    def listen(self, asker: Asker, who: Somebody, path: str) -> Listener:
        asker.client(who)
        return Listener(self.port, path, asker.cookies[str(who)])


class Listener:
    """A browser's EventSource without the browser."""

    def __init__(self, port: int, path: str, cookie: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._connection.request(
            "GET", path, headers={"Cookie": cookie, "Accept": "text/event-stream"}
        )
        self.response = self._connection.getresponse()
        self.status, self.headers = self.response.status, self.response.headers

    def lines(self) -> Iterator[str]:
        while line := self.response.readline():
            yield line.decode().rstrip("\n")

    def news(self) -> dict[str, Any]:
        """The next event's data. Raises StopIteration when the stream ends before."""
        return next(json.loads(line[6:]) for line in self.lines() if line.startswith("data: {"))

    def news_of(self, part: str) -> Any:
        """The next event that speaks of this part: people, changes or rows."""
        while True:
            told = self.news()
            if part in told:
                return told[part]

    def leave(self) -> None:
        self.response.close()
        self._connection.close()
