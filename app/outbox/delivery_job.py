"""When is mail delivered: soon after it was promised, and once a minute in case that was lost?"""

from __future__ import annotations

from app.jobs.registry import Times, job
from app.jobs.wake import DELIVERY
from app.outbox.deliver import drain


@job(DELIVERY, times=Times())
def deliver_what_is_due() -> None:
    """Deliver every message that is due."""
    drain()
