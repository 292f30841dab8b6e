"""Where do all the processes of one test run keep what they share, and when is it gone?

The first process of a run (the xdist controller, or pytest itself) makes the folder and holds a
lock on a file in it for as long as it lives. Whoever needs to know that the run is over, however it
ended, waits for that lock: the kernel gives it up even after a kill -9.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tests.support.patience import wait_until

VARIABLE = "ENLACE_TEST_HOME"
PREFIX = "enlace-tests-"
ALIVE = "alive"
YOUNG = 60
"""Seconds in which a folder may still be without its lock because it is only just being made."""
KEEPER = "keeper"
"""Locked by a process that outlives the run to clean up after it, for as long as it is at it."""


def home() -> Path:
    """The folder of this run."""
    return Path(os.environ[VARIABLE])


def begin() -> IO[str]:
    """Make the folder, tell the processes to come about it, and hold its lock."""
    _remove_what_killed_runs_left()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o711)  # the database server may run as another user
    os.environ[VARIABLE] = str(folder)
    alive = (folder / ALIVE).open("w")
    fcntl.flock(alive, fcntl.LOCK_EX)
    return alive


def end(alive: IO[str]) -> None:
    """Give up the lock and return when nothing of the run is left."""
    folder = Path(os.environ.pop(VARIABLE))
    alive.close()
    keeper = folder / KEEPER
    wait_until(
        lambda: not keeper.exists() or _is_free(keeper),
        f"nothing of the run is left: see {folder / 'keeper.log'}",
    )
    shutil.rmtree(folder, ignore_errors=True)


def _remove_what_killed_runs_left() -> None:
    for alive in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{ALIVE}"):
        keeper = alive.with_name(KEEPER)
        try:
            is_young = time.time() - alive.stat().st_mtime < YOUNG
            if not is_young and _is_free(alive) and (not keeper.exists() or _is_free(keeper)):
                shutil.rmtree(alive.parent, ignore_errors=True)
        except (FileNotFoundError, PermissionError):
            continue  # another run is quicker, or it is another person's


def _is_free(path: Path) -> bool:
    try:
        with path.open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, FileNotFoundError):
        return not path.exists()
    return True


def keep(folder: Path) -> IO[str]:
    """Say that this process cleans up after the run; the lock is held until it is closed."""
    lock = (folder / KEEPER).open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def wait_until_over(folder: Path) -> None:
    """Return when the run that owns the folder is over."""
    with (folder / ALIVE).open() as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)


@contextmanager
def once(name: str) -> Iterator[Path]:
    """Hold a lock while something all workers share is made; the path given marks it as made."""
    marker = home() / name
    with marker.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield marker
