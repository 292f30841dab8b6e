"""Does what runs beside the pages run: the queue of jobs, and the mail?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import config
from app import clock
from app.cli.speech import Finding, either, right, wrong
from app.db.transactions import transaction
from app.jobs.binding import jobs_of_app
from app.outbox import backlog, mail_server

LATE = timedelta(minutes=15)
MANY_JOBS = 1000


def look(settings: config.Settings) -> Iterator[Finding]:
    """The queue, waiting and parked messages, the mail server."""
    yield from _queue()
    yield from _outbox()
    if not settings.mail_server:
        yield right("mail: kept and read at /demo/mail; nothing is sent")
        return
    try:
        mail_server.greet(settings)
    except mail_server.Unreachable as fault:
        yield wrong(f"mail: the server cannot be used ({fault})")
    else:
        yield right("mail: the server answers")


def _queue() -> Iterator[Finding]:
    try:
        waiting = jobs_of_app().huey.pending_count()
    except Exception as fault:  # each kind of queue has its own
        yield wrong(f"jobs: the queue cannot be reached ({type(fault).__name__})")
        return
    yield either(
        waiting < MANY_JOBS,
        f"jobs: the queue holds {waiting}",
        f"jobs: the queue holds {waiting}; is the program for jobs running?",
    )


def _outbox() -> Iterator[Finding]:
    with transaction(writing=False) as session:
        counts, oldest = backlog.counts(session), backlog.oldest_due(session)
        parked = counts.get("parked", 0)
    is_late = oldest is not None and clock.now() - oldest > LATE
    yield either(
        not is_late,
        "mail: no message is late",
        f"mail: messages wait since {oldest:%Y-%m-%d %H:%M} UTC; is the program for jobs running?"
        if oldest
        else "",
    )
    yield either(
        not parked,
        "mail: no message was given up",
        f"mail: {parked} were given up; see `flask --app wsgi outbox status`",
    )
