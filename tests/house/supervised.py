"""What runs under the supervisor in its tests: a program that says how it ended, and its child.

supervised.py supervise FOLDER STUBBORN   two services under the real supervisor
supervised.py service FOLDER NAME STUBBORN
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.support.lifeline import supervisor

STOP_SIGNALS = {"web": signal.SIGTERM, "jobs": signal.SIGINT}


def supervise(folder: Path, stubborn: str) -> int:
    def service(name: str) -> object:
        return supervisor.Service(
            name=name,
            command=(sys.executable, __file__, "service", str(folder), name, stubborn),
            stop_signal=STOP_SIGNALS[name],
            patience=float(os.environ.get("PATIENCE", "20")),
        )

    pids = [folder / f"{name}.{kind}" for name in STOP_SIGNALS for kind in ("pid", "child")]
    return supervisor.supervise(
        [service(name) for name in STOP_SIGNALS],
        is_ready=lambda: all(path.exists() for path in pids),
        on_ready=lambda: (folder / "ready").touch(),
        ready_within=float(os.environ.get("READY_WITHIN", "60")),
        hurry_after=float(os.environ.get("HURRY_AFTER", "1")),
    )


def serve(folder: Path, name: str, stubborn: str) -> None:
    """Runs until a signal, which it writes down; its child runs until it finds itself alone."""

    def end(number: int, frame: object) -> None:
        (folder / f"{name}.signal").write_text(signal.Signals(number).name)
        if name != stubborn:
            sys.exit(0)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    parent = os.getpid()
    if os.fork() == 0:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        write_pid(folder / f"{name}.child")
        while os.getppid() == parent:
            time.sleep(0.02)
        os._exit(0)
    write_pid(folder / f"{name}.pid")
    while True:
        signal.pause()


def write_pid(path: Path) -> None:
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.write_text(str(os.getpid()))
    unfinished.rename(path)


if __name__ == "__main__":
    if sys.argv[1] == "supervise":
        sys.exit(supervise(Path(sys.argv[2]), sys.argv[3]))
    serve(Path(sys.argv[2]), sys.argv[3], sys.argv[4])
