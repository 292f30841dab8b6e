"""How does the format move from a proposal to what was approved, and a country say that it exchanges?"""

from __future__ import annotations

from app import clock
from app.audit import trail
from app.cases.common_format import queries
from app.cases.common_format.models import FormatOptIn, FormatStanding
from app.db.base import new_id
from app.extensions import db
from app.formats.spec import Format
from app.formats.words import N_
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.refusal import Refusal, fits
from app.workflow.tables import STANDING

REASON_LIMIT = 500
NO_REASON = N_("Say on what ground: the meeting, its record and its date.")
UNDECIDED = N_("Choose one of the two.")


def move(actor: Actor, format: Format, *, verb: str, reason: str) -> str:
    """Take the format one step on or back, and say on what ground; the state it has then.

    Raises Refusal without a reason, and NotNow where the step does not lead on from here.
    """
    require(actor, Permission.FORMAT_SET_STANDING)
    now = queries.standing(format.name, format.version)
    state = STANDING.after(now.state, verb)
    fits(reason, field="reason", most=REASON_LIMIT, missing=NO_REASON)
    step = FormatStanding(
        id=new_id(), format_name=format.name, version=format.version,
        number=queries.next_step(format.name, format.version), state=state, reason=reason,
        decided_by=actor.person_id, at=clock.now(),
    )  # fmt: skip
    db.session.add(step)
    trail.record(actor, "format-moved", subject=("format_standing", step.id),
                 detail={"format": format.name, "version": format.version, "state": state})  # fmt: skip
    return state


def opt(actor: Actor, format: Format, *, is_in: bool | None, note: str) -> None:
    """Say for one's own country that it exchanges real cases under the format, or no longer.

    Raises Refusal where neither was chosen.
    """
    require(actor, Permission.FORMAT_OPT_IN)
    if is_in is None:
        raise Refusal(UNDECIDED, field="is_in")
    fits(note, field="note", most=REASON_LIMIT)
    word = FormatOptIn(
        id=new_id(), organisation_id=actor.organisation_id, format_name=format.name,
        version=format.version, number=queries.next_word(actor.organisation_id, format.name), is_in=is_in, note=note, said_by=actor.person_id, at=clock.now(),
    )  # fmt: skip
    db.session.add(word)
    trail.record(actor, "format-opted", subject=("format_opt_in", word.id),
                 owner=actor.organisation_id, detail={"is_in": is_in})  # fmt: skip
