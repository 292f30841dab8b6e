"""How do several programs start, live and end as one?

Each program is a child of the supervisor and is asked to stop by the signal it understands. The
kernel sends that same signal when the supervisor dies without a word, so that nothing is left
behind even after a kill -9.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

PR_SET_PDEATHSIG = 1
"""The prctl(2) option naming the signal a process gets when its parent dies."""

STOPPED_AS_ASKED = 0
ENDED_BY_ITSELF = 1
NEVER_READY = 3

_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, kw_only=True)
class Service:
    """A program to keep running.

    `patience` is how many seconds it may take to finish its work after `stop_signal`; after that
    it is killed together with everything it started.
    """

    name: str
    command: tuple[str, ...]
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 15.0


@dataclass(frozen=True)
class _Running:
    service: Service
    process: subprocess.Popen[bytes]


def die_with_parent(parent: int, stop_signal: signal.Signals = signal.SIGTERM) -> None:
    """Make the kernel send `stop_signal` to this process when `parent`, its parent, has died."""
    if _libc.prctl(PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) was refused")
    if os.getppid() != parent:  # it died before we had asked
        os.kill(os.getpid(), stop_signal)


def supervise(
    services: Sequence[Service],
    *,
    is_ready: Callable[[], bool],
    on_ready: Callable[[], None],
    ready_within: float = 90.0,
    hurry_after: float = 1.0,
) -> int:
    """Run the services until one ends or somebody asks to stop; end them all; say how it went.

    Returns STOPPED_AS_ASKED after SIGINT, SIGTERM or SIGHUP, ENDED_BY_ITSELF when a service was
    the first to go, NEVER_READY when `is_ready` stayed false for `ready_within` seconds. A SIGINT
    that comes `hurry_after` seconds or more after the first request ends everything at once.
    """
    asked = _signals_that_ask_to_stop()
    # Blocked signals wait for us, so none can arrive between two statements. SIGCHLD wakes us.
    signal.pthread_sigmask(signal.SIG_BLOCK, {*asked, signal.SIGCHLD})
    running: list[_Running] = []
    try:
        for service in services:
            running.append(_start(service))  # noqa: PERF401 - what has started must be ended
        return _watch(running, asked, is_ready, on_ready, ready_within)
    finally:
        _end(running, asked, hurry_after)


def _signals_that_ask_to_stop() -> frozenset[signal.Signals]:
    asked = {signal.SIGINT, signal.SIGTERM}
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup: outlive the terminal
        asked.add(signal.SIGHUP)
    return frozenset(asked)


def _start(service: Service) -> _Running:
    process = subprocess.Popen(
        service.command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl+C reaches us only, and we choose the signal
        preexec_fn=partial(_prepare_child, os.getpid(), service.stop_signal),
    )
    return _Running(service, process)


def _prepare_child(parent: int, stop_signal: signal.Signals) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a background shell ignores it
    die_with_parent(parent, stop_signal)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _watch(
    running: Sequence[_Running],
    asked: frozenset[signal.Signals],
    is_ready: Callable[[], bool],
    on_ready: Callable[[], None],
    ready_within: float,
) -> int:
    deadline = time.monotonic() + ready_within
    announced = False
    while True:
        if (
            ended := next((one for one in running if one.process.poll() is not None), None)
        ) is not None:
            _say(f"{ended.service.name} ended with {_ending(ended.process.returncode)}.")
            return ENDED_BY_ITSELF
        if not announced and is_ready():
            announced = True
            on_ready()
        elif not announced and time.monotonic() > deadline:
            _say(f"not ready after {ready_within:.0f} seconds.")
            return NEVER_READY
        got = signal.sigtimedwait({*asked, signal.SIGCHLD}, 60.0 if announced else 0.1)
        if got is not None and got.si_signo in asked:
            return STOPPED_AS_ASKED


def _end(running: Sequence[_Running], asked: Iterable[signal.Signals], hurry_after: float) -> None:
    for one in running:
        if one.process.poll() is None:
            one.process.send_signal(one.service.stop_signal)
        else:  # its children lost the one that would have stopped them
            _signal_group(one, signal.SIGTERM)
    started = time.monotonic()
    waiting = list(running)
    while waiting:
        got = signal.sigtimedwait(asked, 0.05)
        waited = time.monotonic() - started
        # One Ctrl+C or kill may reach us twice, directly and through make; a person is slower.
        if got is not None and got.si_signo == signal.SIGINT and waited >= hurry_after:
            _say("asked again: ending at once.")
            break
        waiting = [one for one in waiting if _is_alive(one) and waited < one.service.patience]
    for one in running:
        if _is_alive(one):
            _say(f"{one.service.name} did not stop in time and is ended.")
        _signal_group(one, signal.SIGKILL)
        one.process.wait()


def _is_alive(one: _Running) -> bool:
    """Whether the program or anything it started still runs."""
    one.process.poll()
    return _signal_group(one, 0)


def _signal_group(one: _Running, number: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(one.process.pid, number)
        return True
    return False


def _ending(returncode: int) -> str:
    return signal.Signals(-returncode).name if returncode < 0 else f"exit code {returncode}"


def _say(sentence: str) -> None:
    print(f"Enlace: {sentence}", file=sys.stderr, flush=True)
