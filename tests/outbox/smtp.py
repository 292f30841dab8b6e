"""What does a mail server of the tests take, refuse, or break off?"""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest


@dataclass
class Server:
    """Answers with `answers` where it has one for the verb; keeps what it accepted.

    Two answers are none: "hang up" ends the conversation, "silence" lasts until the server ends.
    """

    port: int = 0
    conversations: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    answers: dict[str, str] = field(default_factory=dict)
    accepted: list[str] = field(default_factory=list)


class HungUp(Exception):
    """This end of the conversation was ended."""


class Conversation(socketserver.StreamRequestHandler):
    """Speaks just enough of the protocol."""

    state: Server

    def say(self, line: str) -> None:
        if line == "silence":
            self.state.over.wait()
        if line in ("silence", "hang up"):
            self.connection.shutdown(socket.SHUT_RDWR)
            raise HungUp
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        self.state.conversations += 1
        with contextlib.suppress(HungUp, ConnectionError):
            self.converse()

    def converse(self) -> None:
        self.say(self.state.answers.get("GREETING", "220 here"))
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            answer = self.state.answers.get(verb)
            if verb == "DATA" and answer is None:
                self.say("354 go on")
                self.take()
            else:
                self.say(answer or "250 fine")
            if verb == "QUIT":
                return

    def take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        ending = self.state.answers.get("END", "250 taken")
        if not ending.startswith("5"):
            self.state.accepted.append(b"".join(lines).decode())
        self.say(ending)


@contextlib.contextmanager
def speaking(state: Server) -> Iterator[Server]:
    """A server on the port it names, or on a free one, of this machine."""
    state.over.clear()
    handler = type("Speaking", (Conversation,), {"state": state})
    serving = type("Serving", (socketserver.ThreadingTCPServer,), {"allow_reuse_address": True})
    with serving(("127.0.0.1", state.port), handler) as server:
        server.daemon_threads = True
        state.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield state
        finally:
            state.over.set()
            server.shutdown()
            thread.join()


@pytest.fixture
def smtp() -> Iterator[Server]:
    """A server on a free port of this machine."""
    with speaking(Server()) as state:
        yield state
