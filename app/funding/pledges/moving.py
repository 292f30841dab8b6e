"""How does a pledge move on only from where it was seen to stand, and how is each step kept?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, update

from app import clock
from app.audit import trail
from app.db.base import new_id
from app.db.changing import changed
from app.extensions import db
from app.funding.courses import history
from app.funding.pledges.models import Pledge, PledgeMove
from app.policy.actor import Actor
from app.workflow import tables
from app.workflow.machine import NotNow


def move(actor: Actor | None, pledge: Pledge, verb: str, *, side: str, reason: str = "",
         **values: Any) -> None:  # fmt: skip
    """Move a pledge and keep the step. Raises NotNow outside the table, or where somebody was faster."""
    seen, revision = pledge.state, pledge.revision
    state = tables.PLEDGE.after(seen, verb)
    moved = changed(
        db.session(),
        update(Pledge)
        .where(Pledge.id == pledge.id, Pledge.state == seen, Pledge.revision == revision)
        .values(state=state, revision=revision + 1, reason=reason, **values)
        .execution_options(synchronize_session=False),
    )
    if not moved:
        raise NotNow(tables.PLEDGE.name, seen, verb)
    db.session.refresh(pledge)
    history.keep(pledge.course_id)
    keep(actor, pledge, verb, side=side, reason=reason)


def keep(actor: Actor | None, pledge: Pledge, verb: str, *, side: str, reason: str = "") -> None:
    """Write a step into the pledge's history."""
    db.session.execute(insert(PledgeMove.__table__).values(
        id=new_id(), pledge_id=pledge.id, verb=verb, state=pledge.state, round=pledge.round,
        side=side, reason=reason, at=clock.now()))  # fmt: skip
    trail.record(actor, f"pledge-{verb}", subject=("pledge", pledge.id),
                 owner=pledge.organisation_id, detail={"state": pledge.state, "side": side})  # fmt: skip


def hold(pledge: Pledge, verb: str) -> None:
    """Keep others from moving a pledge until this transaction ends. Raises NotNow where it moved on."""
    seen = pledge.state
    held = changed(
        db.session(),
        update(Pledge)
        .where(Pledge.id == pledge.id, Pledge.state == seen, Pledge.round == pledge.round)
        .values(revision=Pledge.revision + 1)
        .execution_options(synchronize_session=False),
    )
    if not held:
        raise NotNow(tables.PLEDGE.name, seen, verb)
    db.session.refresh(pledge)
