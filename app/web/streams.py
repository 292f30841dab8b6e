"""Which streams are open in this process, and which of them must look now?"""

from __future__ import annotations

import select
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any

import structlog
from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.db.errors import is_passing
from app.db.transactions import transaction
from app.db.wakes import SOMETHING, wakes
from app.extensions import db

SWEEP = 15.0
"""Seconds after which is looked at all topics in any case: somebody may have left without a word."""
MOST_EACH = 4
"""Streams of one person in a process, so that nobody takes those of the others. A hidden page has none,
so whoever looks at one window at a time holds one."""
READY_WITHIN = 5.0
"""Seconds in which the database must be listened to, or there are no streams."""
GONE = select.POLLHUP | select.POLLERR | getattr(select, "POLLRDHUP", 0)
Marks = Callable[[list[str]], dict[str, object]]
log = structlog.get_logger()
_marks: list[Marks] = []


def marks_topics(marks: Marks) -> Marks:
    """Register what says, topic by topic, something that differs as soon as there is news."""
    _marks[:] = [marks]
    return marks


class Stream:
    """One stream of a reader."""

    def __init__(self, topic: str, reader: str, socket: Any) -> None:
        self.topic, self.reader = topic, reader
        self.is_over = False
        self.gave_way = False
        """Whether it ended because its reader opened one too many: that page polls for a while."""
        self._socket = socket
        self._woken = threading.Event()

    def wait(self, seconds: float) -> bool:
        """Wait to be woken, and say whether one was."""
        self._woken.wait(seconds)
        # Asked again: whoever wakes it as the time runs out must not be forgotten below.
        woken = self._woken.is_set()
        if woken:
            self._woken.clear()
        return woken

    def wake(self) -> None:
        self._woken.set()

    def end(self) -> None:
        self.is_over = True
        self._woken.set()

    def has_reader(self) -> bool:
        """Whether the reader's end of the line is still there."""
        if self._socket is None:
            return True
        with suppress(OSError, ValueError):
            poll = select.poll()
            poll.register(self._socket, GONE)
            return not poll.poll(0)
        return False


class Streams:
    """The streams of one process; a thread that wakes them lives as long as there are any."""

    def __init__(self, app: Flask, most: int) -> None:
        self.most = most
        self._app = app
        self._open: dict[Stream, None] = {}
        """In the order in which they were opened."""
        self._lock = threading.Lock()
        self._listener: threading.Thread | None = None
        self._ready = threading.Event()
        self._marks: dict[str, object] = {}
        self._is_ending: Callable[[], bool] = lambda: False

    def end_when(self, is_ending: Callable[[], bool]) -> None:
        """Let all streams end when this says so: the server asks its workers to stop."""
        self._is_ending = is_ending

    def __len__(self) -> int:
        return len(self._open)

    @property
    def is_listening(self) -> bool:
        """Whether the thread that wakes them is there."""
        return self._listener is not None

    def open(self, topic: str, reader: str, socket: Any) -> Stream | None:
        """A stream of a topic; None where all are taken or the database cannot be listened to.

        Of a reader who has as many as one person may, the oldest gives way: the newest is the page
        just turned to, or one whose line came back, and the oldest perhaps a line that died unheard.
        """
        opened = Stream(topic, reader, socket)
        with self._lock:
            if self._is_ending():
                return None
            own = [each for each in self._open if each.reader == reader]
            if len(own) >= MOST_EACH:
                self._give_way(own[0])
            elif len(self._open) >= self.most:
                return None
            self._open[opened] = None
            if self._listener is None:
                self._ready.clear()
                self._listener = threading.Thread(target=self._listen, daemon=True, name="live")
                self._listener.start()
        if self._ready.wait(READY_WITHIN) and not opened.is_over:
            return opened
        self.close(opened)
        return None

    def _give_way(self, oldest: Stream) -> None:
        oldest.gave_way = True
        oldest.end()
        del self._open[oldest]

    def close(self, opened: Stream) -> None:
        """Make room for the next."""
        opened.end()
        with self._lock:
            self._open.pop(opened, None)

    def _listen(self) -> None:
        try:
            with closing(wakes(db_engine(self._app))) as heard:  # type: ignore[type-var]
                swept = 0.0
                for told in heard:
                    self._ready.set()
                    if not self._goes_on():
                        return
                    if time.monotonic() - swept >= SWEEP or told == SOMETHING:
                        swept = time.monotonic()
                        told = (told - SOMETHING) | self._changed()
                    self._wake(told)
        except Exception as fault:
            # Without the database nothing is heard: the readers poll, and open streams again later.
            log.warning("live_listener", fault=type(fault).__name__)
        finally:
            self._stop()

    def _goes_on(self) -> bool:
        with self._lock:
            for each in [one for one in self._open if self._is_ending() or not one.has_reader()]:
                each.end()
                del self._open[each]
            if not self._open:
                self._listener = None
            return bool(self._open)

    def _wake(self, topics: frozenset[str]) -> None:
        if topics:
            with self._lock:
                for each in self._open:
                    if each.topic in topics:
                        each.wake()

    def _changed(self) -> frozenset[str]:
        """The topics that are not as they were at the last look."""
        with self._lock:
            topics = sorted({each.topic for each in self._open})
        try:
            with self._app.app_context(), transaction(writing=False):
                found = _marks[0](topics)
        except DBAPIError as fault:
            if not is_passing(fault):
                raise
            return frozenset()  # busy: looked at again in a moment
        before, self._marks = self._marks, found
        return frozenset(each for each in topics if found.get(each) != before.get(each))

    def _stop(self) -> None:
        with self._lock:
            if self._listener is threading.current_thread():
                self._listener = None
                for each in self._open:
                    each.end()
                self._open.clear()
                self._ready.set()  # whoever waits for the first word need not wait any longer


def db_engine(app: Flask) -> Any:
    """The engine of the application, from outside a request."""
    with app.app_context():
        return db.engine
