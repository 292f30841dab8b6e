"""How is a unit of another country asked to take a follow-up over: by a communication of its own?

When it passes, and when it comes back, app/cases/follow_ups/taking_over.py knows.
"""

from __future__ import annotations

import re
from typing import Any

from app import clock
from app.audit import trail
from app.cases.exchanges.actions import Beginning, start
from app.cases.exchanges.models import Exchange
from app.cases.exchanges.opened import Received
from app.cases.follow_ups import queries
from app.cases.follow_ups.kinds import CHILD, COMPANION, PURPOSES
from app.cases.follow_ups.models import CaseFollowUp, CaseFollowUpHandover
from app.cases.follow_ups.opened import OpenedFollowUp, Source
from app.db.base import new_id
from app.extensions import db
from app.formats.words import N_
from app.organisations.models import Unit
from app.organisations.units import PROTECTING
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.refusal import Refusal
from app.workflow.tables import CASE_FOLLOW_UP

NO_UNIT = N_("Choose the unit that is asked to take over.")
NOT_PROTECTING = N_("This unit does not keep follow-ups of children.")
NUMBER = re.compile(r"P[0-9]+")
"""What a person of a communication is called."""
ASKED = N_("This unit is asked already. Recall or discard that communication first.")


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
    """What the draft says at first: to whom, for what, and that there are two persons of whom to write.

    They keep the numbers by which the matter knows them, so that P2 is the same child in both countries.
    """
    labels = (row.label, row.with_label)
    numbers = dict(zip(labels, _numbers(labels), strict=True))
    of_child, of_companion = labels if row.kind == CHILD else reversed(labels)
    child = {"id": new_id(), "person_local_id": numbers[of_child], "person_role": "MINOR",
             "is_minor": True}  # fmt: skip
    companion = {"id": new_id(), "person_local_id": numbers[of_companion],
                 "person_role": "ACCOMPANYING_ADULT"}  # fmt: skip
    return {
        "recipient_units": [unit.id], "purpose": PURPOSES[row.kind], "tlp": exchange.tlp,
        "related_exchange_ref": exchange.reference, "crime_type": ["MINOR_TRAVEL"],
        "persons": sorted([child, companion], key=lambda each: int(str(each["person_local_id"])[1:])),
        "minors": [{"id": new_id(), "minor_local_id": child["id"],
                    "accompanying_local_id": companion["id"],
                    "followup_due": row.due_on.isoformat()}],
    }  # fmt: skip


def _numbers(labels: tuple[str, str]) -> list[str]:
    """The labels as numbers of persons; one that is none, since the matter did not say who it is, gets the next."""
    last = max((int(each[1:]) for each in labels if NUMBER.fullmatch(each)), default=0)
    found = []
    for each in labels:
        if not NUMBER.fullmatch(each):
            last += 1
        found.append(each if NUMBER.fullmatch(each) else f"P{last}")
    return found
