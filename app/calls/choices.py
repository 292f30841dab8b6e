"""Between which calls can a reader of a list choose?"""

from __future__ import annotations

from app.calls.models import Call
from app.calls.queries import visible_to
from app.extensions import db
from app.policy.actor import Actor

SHOWN = 50


def choices(actor: Actor) -> list[tuple[str, str]]:
    """(id, title) of the newest calls that exist for the actor."""
    calls = db.session.scalars(visible_to(actor).order_by(Call.opens_at.desc()).limit(SHOWN))
    return [(call.id, call.title(actor.lang)) for call in calls]
