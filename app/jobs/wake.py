"""How does a committed transaction wake the job that delivers its messages?"""

from __future__ import annotations

import structlog

from app.jobs.binding import Jobs, jobs_of_app

DELIVERY = "deliver-mail"
log = structlog.get_logger()


def wake_outbox() -> None:
    """Ask for delivery soon. Losing this call loses nothing: the job comes round each minute."""
    ask_soon(jobs_of_app(), DELIVERY)


def ask_soon(jobs: Jobs, name: str, **arguments: str) -> None:
    """Ask for a job that would come round anyway; a queue that is away stops nothing."""
    try:
        jobs.ask_for(name, **arguments)
    except Exception as fault:  # what was committed must be answered as committed
        log.warning("queue_unreachable", fault=type(fault).__name__)
