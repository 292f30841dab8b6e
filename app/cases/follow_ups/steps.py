"""How is what was verified, seen or decided sealed into a step, read, and opened again?

Two parts. Codes and days are sealed so that all of it can be forgotten at once, and read by whoever reads
the follow-up. What was written in words is opened on purpose, for one response, and on record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app import clock
from app.audit import trail
from app.cases.follow_ups.kinds import KLASSES
from app.cases.follow_ups.models import CaseFollowUp, CaseFollowUpStep
from app.cases.follow_ups.opened import OpenedFollowUp
from app.db.base import new_id
from app.extensions import db
from app.intake.sealed import opening
from app.intake.sealed.purposes import PURPOSES
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.sealing import envelope

TABLE, RESTRICTED = "case_follow_up_step", "restricted"
FOR_A_CHILD = ("protecting", "correcting", "supervising")
"""For what words about a child are opened: to answer another authority, a communication is written."""


def keep(
    actor: Actor, row: CaseFollowUp, *, kind: str, said: Mapping[str, Any], note: Any
) -> CaseFollowUpStep:
    """Write a step down, sealed. Raises SealingUnavailable."""
    row.revision += 1
    step = CaseFollowUpStep(
        id=new_id(), organisation_id=row.organisation_id, follow_up_id=row.id, number=row.revision,
        kind=kind, klass=KLASSES[row.kind], by=actor.person_id, by_name=actor.name, at=clock.now(),
    )  # fmt: skip
    key = envelope.key_for(row.id, row.organisation_id)
    step.said = envelope.seal(key, _place(step, "said", RESTRICTED), dict(said))
    step.note = envelope.seal(key, _place(step, "note", step.klass), note) if note else None
    db.session.add(step)
    trail.record(actor, f"case-follow-up-{kind}", subject=("case_follow_up", row.id),
                 owner=row.organisation_id, detail={"step": step.id})  # fmt: skip
    return step


def said_in(steps: Sequence[CaseFollowUpStep]) -> dict[str, Mapping[str, Any]]:
    """Step -> its codes and day. Raises SealingUnavailable, Erased or Unopenable."""
    return {
        step.id: envelope.unseal(_key(step), _place(step, "said", RESTRICTED), step.said)
        for step in steps
    }


def purposes_for(opened: OpenedFollowUp) -> list[str]:
    """For what the words of this follow-up may be opened."""
    return [each for each in PURPOSES if opened.is_of_companion or each in FOR_A_CHILD]


def open_notes(
    actor: Actor, opened: OpenedFollowUp, steps: Sequence[CaseFollowUpStep], *, purpose: str
) -> dict[str, Any]:
    """Step -> what was written in words, put on record first. Raises as `opening.allow` and `said_in`."""
    require(actor, Permission.CASE_FOLLOW_UP_OPEN, opened)
    opening.allow(actor, purpose, purposes_for(opened))
    notes = {
        step.id: envelope.unseal(_key(step), _place(step, "note", step.klass), step.note)
        for step in steps if step.note is not None
    }  # fmt: skip
    opening.put_on_record(
        actor, purpose, ["note"], subject=("case_follow_up", opened.id), owner=opened.organisation_id,
        among=purposes_for(opened), steps=sorted(notes),
    )  # fmt: skip
    return notes


def _key(step: CaseFollowUpStep) -> envelope.RecordKey:
    return envelope.key_for(step.follow_up_id, step.organisation_id)


def _place(step: CaseFollowUpStep, key: str, klass: str) -> envelope.Place:
    return envelope.Place(step.organisation_id, TABLE, step.follow_up_id, step.id, key, klass,
                          step.number)  # fmt: skip
