"""How is the real supervisor started over two services, watched, and cleared away?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.support.lifeline import die_with_parent

PROGRAM = Path(__file__).with_name("supervised.py")
NAMES = [f"{name}.{kind}" for name in ("web", "jobs") for kind in ("pid", "child")]


def wait_until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.01)


def is_running(pid: int) -> bool:
    """Whether a process does anything: a dead one that nobody has asked about does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def all_pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def names(pid: int, folder: Path) -> bool:
    try:
        return str(folder).encode() in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False


class Running:
    """The supervisor with its two services and their children."""

    def __init__(self, folder: Path, stubborn: str = "", **environment: str) -> None:
        self.folder = folder
        with (folder / "said").open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, PROGRAM, "supervise", folder, stubborn],
                env={**os.environ, **environment},
                stderr=said,
                preexec_fn=partial(die_with_parent, os.getpid()),  # also when the tests are killed
            )

    def wait_until_ready(self) -> Running:
        wait_until((self.folder / "ready").exists, "the services are ready")
        return self

    def pid(self, name: str) -> int:
        return int((self.folder / name).read_text())

    def left(self) -> list[int]:
        """What still runs of all that was started: everything names the folder in its command."""
        return [pid for pid in all_pids() if names(pid, self.folder) and is_running(pid)]

    def all_gone(self) -> bool:
        return not self.left()

    def signal_of(self, name: str) -> str:
        return (self.folder / f"{name}.signal").read_text()

    def said(self) -> str:
        return (self.folder / "said").read_text()

    def clear_away(self) -> None:
        """End whatever a failed test left."""
        self.process.kill()
        self.process.wait()
        for pid in self.left():
            os.kill(pid, signal.SIGKILL)
