"""Who is told of a step of a need, and of the answer to what was filed?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.intake.filing import actions as filing
from app.intake.hands import told_of_step
from app.intake.models import Dossier
from app.notices.telling import Notification, to_tell
from app.organisations.addresses import belonging, secretariat_ids
from app.outbox import families, post
from app.outbox.deeds import Write, deed
from app.policy.actor import Actor
from app.policy.roles import OFFICERS

STEP = "need-step"
BY_DIGEST = ("withdrawn", "discarded", "brought-back")
"""Steps of which no letter of their own tells all who draft: the digest does."""
ANSWER = "need-filing-answer"
families.belongs_to(families.STEPS, "need-receipt", "need-accepted", "need-returned")


def took(actor: Actor, need_id: str, step: str, event: str) -> None:
    """Promise that those who had a hand in a need are told of a step; `event` names it once for all."""
    post.to_do(STEP, need=need_id, step=step, event=f"{step}:{event}", by=actor.person_id)


def answered(dossier: Dossier) -> None:
    """Promise that whoever filed what arrived outside Enlace is told of the country's answer."""
    filed_by = filing.of(dossier).filed_by
    post.to_person(filed_by, "need-filing-answered", need=dossier.id)
    post.to_do(ANSWER, need=dossier.id, by=filed_by)


@deed(STEP)
def told(params: Mapping[str, Any]) -> Write:
    """Tell them; of most steps a letter of its own tells all who draft."""
    return to_tell(
        told_of_step(
            params["need"], params["step"], event=params["event"], but=params["by"],
            is_mailed=params["step"] in BY_DIGEST,
        )
    )  # fmt: skip


@deed(ANSWER)
def answer_told(params: Mapping[str, Any]) -> Write:
    """Tell whoever filed it; a letter of its own has gone out."""
    need_id = params["need"]
    return to_tell(
        Notification(
            person_id=person_id, organisation_id=organisation_id, kind="filing-answered",
            subject_id=need_id, event=f"filing-answered:{need_id}", is_mailed=False,
        )
        for person_id, organisation_id in belonging(secretariat_ids(), OFFICERS)
        if person_id == params["by"]
    )  # fmt: skip
