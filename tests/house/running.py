"""How is the real supervisor started over two services, watched, and cleared away?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

from tests.support.lifeline import die_with_parent
from tests.support.patience import SECONDS, wait_until

PROGRAM = Path(__file__).with_name("supervised.py")
NAMES = [f"{name}.{kind}" for name in ("web", "jobs") for kind in ("pid", "child")]


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


def _prepare(parent: int, nohup: bool) -> None:
    # Said either way: the tests themselves may have been started by nohup, which is inherited.
    signal.signal(signal.SIGHUP, signal.SIG_IGN if nohup else signal.SIG_DFL)
    die_with_parent(parent)  # also when the tests are killed


class Running:
    """The supervisor with its two services and their children."""

    def __init__(
        self, folder: Path, stubborn: str = "", *, nohup: bool = False, **environment: str
    ) -> None:
        self.folder = folder
        with (folder / "said").open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, PROGRAM, "supervise", folder, stubborn],
                env={**os.environ, **environment},
                stderr=said,
                preexec_fn=partial(_prepare, os.getpid(), nohup),
            )

    def wait_until_ready(self) -> Running:
        wait_until((self.folder / "ready").exists, "the services are ready")
        return self

    def ended_with(self) -> int:
        """The supervisor's exit code, when it has ended."""
        return self.process.wait(SECONDS)

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
