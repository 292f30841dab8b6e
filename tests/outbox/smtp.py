"""What does a mail server of the tests take, refuse, or break off?"""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest


@dataclass
class Server:
    """Answers with `answers` where it has one for the verb; keeps what it accepted."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    accepted: list[str] = field(default_factory=list)


class Conversation(socketserver.StreamRequestHandler):
    """Speaks just enough of the protocol."""

    state: Server

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
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
        if ending == "hang up":
            self.connection.shutdown(socket.SHUT_RDWR)
        else:
            self.say(ending)


@pytest.fixture
def smtp() -> Iterator[Server]:
    """A server on a free port of this machine."""
    state = Server()
    speaking = type("Speaking", (Conversation,), {"state": state})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), speaking) as server:
        server.daemon_threads = True
        state.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield state
        server.shutdown()
        thread.join()
