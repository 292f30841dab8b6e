"""How does a follow-up pass to a unit of another country: by a communication that it accepts?

Until it does, the unit that follows now goes on. Its receipt hands it over; it then begins its own pair from
what it received, in the same matter.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from app import clock
from app.audit import trail
from app.cases.exchanges.actions import Beginning, start
from app.cases.exchanges.afterwards import hears_receipts
from app.cases.exchanges.models import Addressee, Exchange
from app.cases.exchanges.opened import Received
from app.cases.follow_ups import queries
from app.cases.follow_ups.kinds import COMPANION, PURPOSES
from app.cases.follow_ups.models import CaseFollowUp, CaseFollowUpHandover
from app.cases.follow_ups.opened import OpenedFollowUp, Source
from app.cases.follow_ups.telling import TAKEN_OVER, notices_of
from app.db.base import new_id
from app.extensions import db
from app.formats.words import N_
from app.notices.telling import to_tell
from app.organisations.models import Unit
from app.organisations.units import PROTECTING
from app.outbox.deeds import Write
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.refusal import Refusal
from app.workflow.tables import CASE_FOLLOW_UP

NO_UNIT = N_("Choose the unit that is asked to take over.")
NOT_PROTECTING = N_("This unit does not keep follow-ups of children.")
ASKED = N_("This unit is asked already. Recall or discard that communication first.")
TAKEN = ("accepted", "actioned")


def ask(actor: Actor, opened: OpenedFollowUp, unit: Unit | None, source: Source | None) -> Exchange:
    """Begin the communication that asks another unit to take over. Raises Refusal.

    `source` is what the follow-up began from, as far as it may still be read.
    """
    require(actor, Permission.CASE_FOLLOW_UP_KEEP, opened)
    row = opened.row
    CASE_FOLLOW_UP.after(row.state, "hand_over")
    if unit is None or unit.organisation_id == row.organisation_id:
        raise Refusal(NO_UNIT, field="unit")
    if row.kind != COMPANION and unit.kind not in PROTECTING:
        raise Refusal(NOT_PROTECTING, field="unit")
    pending = [each for each in queries.handovers_of(opened) if each.is_pending]
    if any(each.unit.id == unit.id for each in pending):
        raise Refusal(ASKED, field="unit")
    answers = source.case if source and isinstance(source.case, Received) else None
    begins = Beginning(
        unit=opened.unit, kind="FOLLOW_UP", is_exercise=opened.exchange.is_exercise,
        answers=answers, thread_id=row.thread_id,
    )  # fmt: skip
    exchange = start(actor, begins, given=_given(row, unit, opened.exchange))
    db.session.add(CaseFollowUpHandover(
        id=new_id(), organisation_id=row.organisation_id, follow_up_id=row.id,
        exchange_id=exchange.id, unit_id=unit.id, begun_by=actor.person_id, begun_at=clock.now(),
    ))  # fmt: skip
    trail.record(actor, "case-follow-up-handing", subject=("case_follow_up", row.id),
                 owner=row.organisation_id, detail={"exchange": exchange.id, "unit": unit.id})  # fmt: skip
    return exchange


def _given(row: CaseFollowUp, unit: Unit, exchange: Exchange) -> dict[str, Any]:
    """What the draft says at first: to whom, for what, and that there are two persons of whom to write."""
    child, companion = new_id(), new_id()
    return {
        "recipient_units": [unit.id], "purpose": PURPOSES[row.kind], "tlp": exchange.tlp,
        "related_exchange_ref": exchange.reference, "crime_type": ["MINOR_TRAVEL"],
        "persons": [
            {"id": child, "person_local_id": "P1", "person_role": "MINOR", "is_minor": True},
            {"id": companion, "person_local_id": "P2", "person_role": "ACCOMPANYING_ADULT"},
        ],
        "minors": [{"id": new_id(), "minor_local_id": child, "accompanying_local_id": companion,
                    "followup_due": row.due_on.isoformat()}],
    }  # fmt: skip


@hears_receipts
def taken_over(addressee: Addressee) -> Write:
    """Hand over what the unit was asked to take, once it accepted. Within a deed, which reaches both."""
    found = db.session.execute(
        db.select(CaseFollowUpHandover, CaseFollowUp)
        .join(CaseFollowUp, CaseFollowUp.id == CaseFollowUpHandover.follow_up_id)
        .where(CaseFollowUpHandover.exchange_id == addressee.exchange_id,
               CaseFollowUpHandover.unit_id == addressee.unit_id,
               CaseFollowUpHandover.taken_over_at.is_(None))
    ).one_or_none()  # fmt: skip
    if found is None or addressee.state not in TAKEN:
        return _nothing
    handover, row = found
    if not CASE_FOLLOW_UP.may(row.state, "hand_over"):
        return _nothing
    tell, now = to_tell(notices_of(row, TAKEN_OVER, handover.id)), clock.now()

    def write() -> None:
        table: Any = CaseFollowUp.__table__
        is_so = table.c.id == row.id, table.c.state == row.state
        changed: Any = db.session.execute(
            update(table).where(*is_so).values(state="handed_over", revision=row.revision + 1)
        )
        if not changed.rowcount:
            return
        taken: Any = CaseFollowUpHandover.__table__
        db.session.execute(update(taken).where(taken.c.id == handover.id).values(taken_over_at=now))
        trail.record(None, "case-follow-up-handed-over", subject=("case_follow_up", row.id),
                     owner=row.organisation_id, detail={"handover": handover.id})  # fmt: skip
        tell()

    return write


def _nothing() -> None:
    """Nothing follows from it."""
