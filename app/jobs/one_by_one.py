"""How does a job go through many records so that one of them that fails holds up no other?"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import structlog

from app.db.errors import is_passing
from app.outbox.deeds import LookAgain
from app.workflow.machine import NotNow

log = structlog.get_logger()


def one_by_one(job: str, record_ids: Iterable[str], act: Callable[[str], None]) -> None:
    """Do a thing for each record; where somebody was faster there is nothing to do.

    A fault is logged by its kind and the next record's turn comes; this one's comes round again. A
    database that is busy or away is raised: the others would fare no better.
    """
    for record_id in record_ids:
        try:
            act(record_id)
        except (NotNow, LookAgain):
            continue
        except Exception as fault:
            if is_passing(fault):
                raise
            log.error("record_failed", job=job, record=record_id, fault=type(fault).__name__)
