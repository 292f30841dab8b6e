"""When does a follow-up pass to the unit that was asked, and when does it come back?

It passes once that unit has accepted and has begun its own: until both are so, whoever followed goes on. It
comes back when that unit rejects it after all, and when what it had begun is forgotten. So somebody follows
at every moment. All of it runs where both countries are reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from app import clock
from app.audit import trail
from app.cases.exchanges.afterwards import hears_receipts
from app.cases.exchanges.models import Addressee
from app.cases.exchanges.opened import Received
from app.cases.follow_ups import queries
from app.cases.follow_ups.kinds import TAKEN
from app.cases.follow_ups.models import CaseFollowUp, CaseFollowUpHandover
from app.cases.follow_ups.opened import Source
from app.cases.follow_ups.telling import GIVEN_BACK, TAKEN_OVER, notices_of
from app.extensions import db
from app.notices.telling import to_tell
from app.outbox import post
from app.outbox.deeds import LookAgain, Write, deed
from app.workflow.tables import CASE_FOLLOW_UP

BEGUN = "case-follow-up-begun"


def promise(source: Source) -> None:
    """Promise, where somebody asked to be relieved, that what follows from having begun is done."""
    if isinstance(source.case, Received) and queries.asked_here(source.case):
        post.to_do(BEGUN, addressee=source.case.id)


@deed(BEGUN)
def begun(params: Mapping[str, Any]) -> Write:
    """Hand over what the unit was asked to take, if it has accepted."""
    return settled(db.session.get_one(Addressee, params["addressee"]))


@hears_receipts
def settled(addressee: Addressee) -> Write:
    """Let the follow-up pass, or come back, as receipt and follow-ups of the asked unit stand now."""
    found = db.session.execute(
        db.select(CaseFollowUpHandover, CaseFollowUp)
        .join(CaseFollowUp, CaseFollowUp.id == CaseFollowUpHandover.follow_up_id)
        .where(CaseFollowUpHandover.exchange_id == addressee.exchange_id,
               CaseFollowUpHandover.unit_id == addressee.unit_id)
    ).one_or_none()  # fmt: skip
    if found is None:
        return _nothing
    handover, row = found
    if handover.taken_over_at is None and addressee.state in TAKEN:
        if _follows(addressee, row.kind) and CASE_FOLLOW_UP.may(row.state, "hand_over"):
            return _passes(handover, row, addressee)
    elif handover.taken_over_at is not None and addressee.state == "rejected":
        return _comes_back(handover, row, addressee)
    return _nothing


def come_back(addressee_id: str, kind: str) -> None:
    """What the unit that took over had begun was forgotten: nobody follows there any more."""
    addressee = db.session.get_one(Addressee, addressee_id)
    found = db.session.execute(
        db.select(CaseFollowUpHandover, CaseFollowUp)
        .join(CaseFollowUp, CaseFollowUp.id == CaseFollowUpHandover.follow_up_id)
        .where(CaseFollowUpHandover.exchange_id == addressee.exchange_id,
               CaseFollowUpHandover.unit_id == addressee.unit_id, CaseFollowUp.kind == kind,
               CaseFollowUpHandover.taken_over_at.is_not(None))
    ).one_or_none()  # fmt: skip
    if found is not None:
        handover, row = found
        _comes_back(handover, row, addressee)()


def _follows(addressee: Addressee, kind: str) -> bool:
    """Whether the unit that was asked has begun its own."""
    return db.session.scalar(
        db.select(CaseFollowUp.id).where(
            CaseFollowUp.addressee_id == addressee.id, CaseFollowUp.kind == kind,
            CaseFollowUp.state != "erased",
        ).limit(1)
    ) is not None  # fmt: skip


def _passes(handover: CaseFollowUpHandover, row: CaseFollowUp, addressee: Addressee) -> Write:
    tell = to_tell(notices_of(row, TAKEN_OVER, f"{handover.id}:{addressee.revision}"))

    def write() -> None:
        _move(row, "hand_over")
        _note(handover, taken_over_at=clock.now())
        trail.record(None, "case-follow-up-handed-over", subject=("case_follow_up", row.id),
                     owner=row.organisation_id, detail={"handover": handover.id})  # fmt: skip
        tell()

    return write


def _comes_back(handover: CaseFollowUpHandover, row: CaseFollowUp, addressee: Addressee) -> Write:
    """Nobody took over any more; whoever asked follows again, unless it has ended there meanwhile."""
    is_handed_over = CASE_FOLLOW_UP.may(row.state, "give_back")
    tell = to_tell(notices_of(row, GIVEN_BACK, f"{handover.id}:{addressee.revision}"))

    def write() -> None:
        _note(handover, taken_over_at=None)
        if not is_handed_over:
            return
        _move(row, "give_back")
        trail.record(None, "case-follow-up-given-back", subject=("case_follow_up", row.id),
                     owner=row.organisation_id, detail={"handover": handover.id})  # fmt: skip
        tell()

    return write


def _move(row: CaseFollowUp, verb: str) -> None:
    """Take the step, if nobody changed it since it was looked at. Raises LookAgain."""
    table: Any = CaseFollowUp.__table__
    as_seen = table.c.id == row.id, table.c.state == row.state, table.c.revision == row.revision
    changed: Any = db.session.execute(
        update(table).where(*as_seen)
        .values(state=CASE_FOLLOW_UP.after(row.state, verb), revision=row.revision + 1)
    )  # fmt: skip
    if not changed.rowcount:
        raise LookAgain


def _note(handover: CaseFollowUpHandover, *, taken_over_at: Any) -> None:
    table: Any = CaseFollowUpHandover.__table__
    db.session.execute(
        update(table).where(table.c.id == handover.id).values(taken_over_at=taken_over_at)
    )


def _nothing() -> None:
    """Nothing follows from it."""
