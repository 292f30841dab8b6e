"""Who is told that an erasure is proposed, or decided on? Never of what case.

Whoever may second it hears that it waits; whoever proposed it hears what became of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.cases.exchanges.erasing import queries
from app.cases.exchanges.erasing.models import CaseErasure
from app.extensions import db
from app.notices.telling import Notification, to_tell
from app.outbox.deeds import Write, deed

TELL = "case-erasure-tell"
ASKED, DECIDED = "case-erasure-asked", "case-erasure-decided"


@deed(TELL)
def told(params: Mapping[str, Any]) -> Write:
    """Find who is concerned by what happened to a proposal, and tell them once."""
    erasure, kind = db.session.get_one(CaseErasure, params["erasure"]), params["kind"]
    people = [(erasure.proposed_by, erasure.organisation_id)]
    if kind == ASKED:
        people = queries.seconders_of(erasure) if erasure.state == "proposed" else []
    return to_tell(
        Notification(person_id=person_id, organisation_id=organisation_id, kind=kind,
                     subject_id=erasure.exchange_id, event=f"{kind}:{erasure.id}")
        for person_id, organisation_id in people
    )  # fmt: skip
