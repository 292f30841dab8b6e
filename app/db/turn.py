"""Whose turn is it to write to an SQLite file?

SQLite's own lock is the guarantee, but those who wait for it guess when to look again, and some wait
for long. Queueing here first makes the waiting fair: in a process by a lock, between processes by two
flocks on files beside the database. Whoever is next holds the second one, so that the process whose
turn ends cannot take the next turn as well. Nobody waits for ever.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import threading
import time
from collections import deque

LOOK_AGAIN = 0.0002
"""Seconds between two looks; at most one thread of each process is looking."""


class Busy(TimeoutError):
    """Others kept writing for longer than we may wait."""


class Line:
    """The threads of this process that want to write, in the order in which they came."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._is_taken = False

    def enter(self, patience: float) -> bool:
        """Wait to be first; False after `patience` seconds in vain."""
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        if gate.acquire(timeout=max(patience, 0)):
            return True
        with self._guard:
            if gate in self._waiting:
                self._waiting.remove(gate)
                return False
        return True  # it opened while we gave up

    def leave(self) -> None:
        """Let the one who waited for longest be first."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False


_lines: dict[tuple[int, str], Line] = {}
_making = threading.Lock()


class Turn:
    """The turn to write to the file at `path`, taken and given back by one connection."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._line: Line | None = None
        self._file: int | None = None

    def take(self, patience: float) -> None:
        """Wait for the turn, `patience` seconds at most. Raises Busy. Taking it again is nothing."""
        if self._line is not None:
            return
        deadline = time.monotonic() + patience
        line = _line_of(self._path)
        if not line.enter(patience):
            raise Busy
        self._line = line
        try:
            self._file = _locked(self._path, deadline)
        except BaseException:
            self.give_back()
            raise

    def give_back(self) -> None:
        """Let the next one write; nothing if the turn was not ours."""
        if self._file is not None:
            os.close(self._file)  # and the flock with it
            self._file = None
        if self._line is not None:
            line, self._line = self._line, None
            line.leave()


def _line_of(path: str) -> Line:
    with _making:
        # A process that forked has threads of its own and must not wait for its parent's.
        return _lines.setdefault((os.getpid(), path), Line())


def _locked(path: str, deadline: float) -> int:
    next_in_line = _flock(path + ".next", deadline)
    try:
        return _flock(path + ".lock", deadline)
    finally:
        os.close(next_in_line)


def _flock(path: str, deadline: float) -> int:
    file = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        while True:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return file
            if time.monotonic() >= deadline:
                raise Busy
            time.sleep(LOOK_AGAIN)
    except BaseException:
        os.close(file)
        raise
