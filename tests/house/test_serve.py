"""Does the one command serve what it should, where it should?"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from app.cli import serve

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_pages_are_served_to_this_machine_only_by_two_processes_of_many_threads() -> None:
    web, jobs = serve.services(8123)
    assert "127.0.0.1:8123" in web.command
    assert web.stop_signal is signal.SIGTERM
    assert jobs.stop_signal is signal.SIGINT
    command = [sys.executable, "-m", "gunicorn", "--print-config", *web.command[3:]]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    said = dict(line.split("=", 1) for line in shown.replace(" ", "").splitlines() if "=" in line)
    assert (said["worker_class"], said["workers"], said["threads"]) == (
        "app.cli.web_worker.Worker",
        "2",
        "64",
    )
    assert said["control_socket_disable"] == "True"
    assert said["forwarded_allow_ips"] == "[]"


@pytest.mark.parametrize("raw", ["", "eight", "0", "65536", "-1", "80 00", "٨٠٠٠"])
def test_a_port_that_is_none_is_refused_in_words(raw: str) -> None:
    with pytest.raises(ValueError, match="PORT must be a number from 1 to 65535"):
        serve.port_of(raw)


def test_a_port_that_is_taken_is_refused_with_what_to_do(taken_port: int) -> None:
    with pytest.raises(ValueError, match="PORT=8001 make run"):
        serve.port_of(str(taken_port))


@pytest.mark.parametrize("more", [[], ["--only-look"]])
def test_the_command_says_so_and_starts_nothing(taken_port: int, more: list[str]) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "app.cli.serve", *more],
        cwd=ROOT,
        env={**os.environ, "PORT": str(taken_port)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == serve.CANNOT_START
    assert f"port {taken_port} cannot be used" in found.stderr
    assert found.stdout == ""


def test_any_page_is_an_answer_and_silence_is_none(taken_port: int) -> None:
    class Refusing(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_error(503)

        def log_message(self, *_: object) -> None:
            """The tests need no log."""

    server = HTTPServer(("127.0.0.1", 0), Refusing)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    assert serve.answers(server.server_port)
    server.shutdown()
    thread.join()
    server.server_close()
    assert not serve.answers(server.server_port)
