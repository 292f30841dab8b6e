"""How does either side answer, a year later, whether the need was met?"""

from __future__ import annotations

from sqlalchemy import update

from app import clock
from app.audit import trail
from app.db.changing import changed
from app.extensions import db
from app.formats.words import N_
from app.funding.delivery.codes import ANSWERS
from app.funding.delivery.models import FollowUp
from app.outbox import post
from app.policy.actor import Actor, OrganisationKind
from app.policy.engine import require
from app.policy.permissions import Permission
from app.policy.roles import OFFICERS
from app.summaries import texts
from app.web.refusal import Refusal

CHOOSE = N_("Choose an answer.")
WHY = N_("Say in a sentence what is missing, so that the next course is better.")
ANSWERED = N_("Your organisation has answered already. The answer stays as it is.")


def answer(actor: Actor, asked: FollowUp, *, chosen: str, text: str, lang: str) -> None:
    """The own organisation's answer, given once. Raises Refusal."""
    respond, reply = Permission.FOLLOW_UP_RESPOND, Permission.FOLLOW_UP_ANSWER
    require(actor, respond if actor.is_sponsor else reply, asked)
    if chosen not in ANSWERS:
        raise Refusal(CHOOSE, field="answer")
    text = texts.read(text, field="text", missing=WHY if chosen in ("partly", "not") else None)
    given = changed(
        db.session(),
        update(FollowUp)
        .where(FollowUp.id == asked.id, FollowUp.organisation_id == actor.organisation_id,
               FollowUp.answered_at.is_(None))
        .values(answer=chosen, text=text, lang=lang if text else None,
                answered_by=actor.person_id, answered_at=clock.now())
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    if not given:
        raise Refusal(ANSWERED, status=409)
    trail.record(actor, "follow-up-answered", subject=("follow_up", asked.id),
                 owner=actor.organisation_id)  # fmt: skip
    post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, "follow-up-answered",
                 course=asked.course_id)  # fmt: skip
