"""Who is told that a follow-up waits, was taken over, or came back? The officers of its unit; never about whom."""

from __future__ import annotations

from app.cases.exchanges.telling import officers_of
from app.cases.follow_ups.models import CaseFollowUp
from app.notices.telling import Notification

DUE = "case-follow-up-due"
TAKEN_OVER, GIVEN_BACK = "case-follow-up-taken-over", "case-follow-up-given-back"


def notices_of(row: CaseFollowUp, kind: str, more: str) -> list[Notification]:
    """A notice for each officer of the unit; `more` tells the event from an earlier one of the kind."""
    return [
        Notification(person_id=person_id, organisation_id=organisation_id, kind=kind,
                     subject_id=row.id, event=f"{kind}:{row.id}:{more}")
        for person_id, organisation_id in officers_of(row.unit_id)
    ]  # fmt: skip
