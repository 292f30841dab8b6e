"""How is somebody told of an event: one notice, and one mail for what falls together?

Called by deeds (app/outbox/deeds.py), which reach every organisation. What falls into the same quarter
of an hour is one mail: its message has an id made of person, organisation and quarter, so that the
second event finds it there already.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from app import clock
from app.db.adding import add_missing
from app.db.base import ID_LENGTH, new_id
from app.notices.models import Notice
from app.outbox.models import OutboxMessage
from app.outbox.states import WAITING

DIGEST = "notices"
"""The kind of mail that tells of notices, and the way in which its reader is named."""
QUARTER = timedelta(minutes=15)
SLACK = timedelta(minutes=1)
"""What was begun before the quarter ended may be stored a little after it."""


@dataclass(frozen=True, kw_only=True)
class Notification:
    """Somebody is told of something; `event` says what happened, and is told them once."""

    person_id: str
    organisation_id: str
    kind: str
    subject_id: str
    dossier_id: str | None = None
    event: str
    is_mailed: bool = True
    """False where a letter of its own tells of it already."""


def to_tell(all_told: Iterable[Notification]) -> Callable[[], None]:
    """What a deed leaves to be written: everybody it found, named before anything is held."""
    told = list(all_told)
    return lambda: tell(told)


def tell(all_told: Iterable[Notification]) -> None:
    """Keep a notice for each of them, once, and promise the mail of this quarter of an hour."""
    now, told = clock.now(), list(all_told)
    notices = [
        {
            "id": new_id(), "person_id": one.person_id, "organisation_id": one.organisation_id,
            "kind": one.kind, "subject_id": one.subject_id, "dossier_id": one.dossier_id,
            "event": one.event, "is_mailed": one.is_mailed, "at": now,
        }
        for one in told
    ]  # fmt: skip
    add_missing(Notice.__table__, notices)
    mailed = {(one.person_id, one.organisation_id) for one in told if one.is_mailed}
    add_missing(OutboxMessage.__table__, [_digest(*whom, now) for whom in sorted(mailed)])


def quarter_of(at: datetime) -> int:
    """The number of the quarter of an hour into which an instant falls."""
    return int(at.timestamp() // QUARTER.total_seconds())


def bounds_of(quarter: int) -> tuple[datetime, datetime]:
    """The instants at which a quarter of an hour begins and ends."""
    seconds = QUARTER.total_seconds()
    begins = datetime.fromtimestamp(quarter * seconds, UTC)
    return begins, begins + QUARTER


def _digest(person_id: str, organisation_id: str, now: datetime) -> dict[str, Any]:
    quarter = quarter_of(now)
    name = f"{DIGEST}:{person_id}:{organisation_id}:{quarter}"
    return {
        "id": hashlib.sha256(name.encode()).hexdigest()[:ID_LENGTH], "kind": DIGEST,
        "recipient": name, "params": {"organisation": organisation_id, "quarter": quarter},
        "state": WAITING, "tries": 0, "due_at": bounds_of(quarter)[1] + SLACK, "created_at": now,
    }  # fmt: skip
