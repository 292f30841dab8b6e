"""What goes when the communication from which a follow-up began is recalled or forgotten? All that it says.

The keys of its steps are destroyed, its labels and outcome taken out. Where only a unit's access to the
communication ends, what it has found out itself stays. What had been taken over by it comes back.
"""

from __future__ import annotations

from sqlalchemy import or_

from app.audit import trail
from app.cases.exchanges.afterwards import forgets
from app.cases.follow_ups import taking_over
from app.cases.follow_ups.models import CaseFollowUp
from app.extensions import db
from app.sealing import envelope
from app.workflow.tables import CASE_FOLLOW_UP


@forgets
def forget_begun_from(read_id: str, why: str) -> None:
    """Forget every follow-up that began from what was read under this id."""
    began = or_(CaseFollowUp.exchange_id == read_id, CaseFollowUp.addressee_id == read_id)
    for row in db.session.scalars(db.select(CaseFollowUp).where(began).with_for_update()).all():
        if CASE_FOLLOW_UP.may(row.state, "erase"):
            was_followed = row.state == CASE_FOLLOW_UP.initial
            _forget(row, why)
            if was_followed and row.addressee_id:
                taking_over.come_back(row.addressee_id, row.kind)


def _forget(row: CaseFollowUp, why: str) -> None:
    row.state = CASE_FOLLOW_UP.after(row.state, "erase")
    row.label = row.with_label = ""
    row.outcome = None
    row.revision += 1
    envelope.destroy(row.id, row.organisation_id, None, why)
    trail.record(None, "case-follow-up-forgotten", subject=("case_follow_up", row.id),
                 owner=row.organisation_id, detail={"why": why})  # fmt: skip
