"""How does a test let the outbox do its work now, and see what was sent?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app import clock
from app.db.scoping import SYSTEM, scoped
from app.outbox.deliver import drain
from tests.access.things import rows_of


def deliver(app: Any, later: timedelta = timedelta(0)) -> None:
    """Do what is due `later` than now."""
    with clock.stopped_at(clock.now() + later), app.app_context(), scoped(SYSTEM):
        drain()


def letters(app: Any, to: str) -> list[str]:
    """The bodies of what was sent to an address, the oldest first."""
    with app.app_context():
        return [row["body"] for row in rows_of("delivered_mail") if row["to"] == to]
