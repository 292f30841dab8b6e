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
from app.web.refusal import Refusal
from app.workflow.tables import STANDING

REASON_LIMIT = 500
NO_REASON = N_("Say on what ground: the meeting, its record and its date.")
TOO_LONG = N_("This is too long: at most %(most)s characters.")
UNDECIDED = N_("Choose one of the two.")


def move(actor: Actor, format: Format, *, verb: str, reason: str) -> str:
    """Take the format one step on or back, and say on what ground; the state it has then.

    Raises Refusal without a reason, and NotNow where the step does not lead on from here.
    """
    require(actor, Permission.FORMAT_SET_STANDING)
    now = queries.standing(format.name, format.version)
    state = STANDING.after(now.state, verb)
    _refuse_reason(reason, must=True)
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
    _refuse_reason(note, field="note")
    word = FormatOptIn(
        id=new_id(), organisation_id=actor.organisation_id, format_name=format.name,
        version=format.version, number=queries.next_word(actor.organisation_id, format.name), is_in=is_in, note=note, said_by=actor.person_id, at=clock.now(),
    )  # fmt: skip
    db.session.add(word)
    trail.record(actor, "format-opted", subject=("format_opt_in", word.id),
                 owner=actor.organisation_id, detail={"is_in": is_in})  # fmt: skip


def _refuse_reason(reason: str, *, must: bool = False, field: str = "reason") -> None:
    if must and not reason:
        raise Refusal(NO_REASON, field=field)
    if len(reason) > REASON_LIMIT:
        raise Refusal(TOO_LONG, field=field, most=REASON_LIMIT)
