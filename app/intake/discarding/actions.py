"""What becomes of a draft that is discarded, and until when can it be brought back?

Nothing of it is removed: its draft is closed, so that nobody writes in it and no list finds it, and its
history stays. Who may is asked by the feature that owns the record.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from app import clock
from app.audit import trail
from app.db.changing import changed
from app.extensions import db
from app.formats.words import N_
from app.intake.actions import close_draft
from app.intake.models import Dossier, Draft
from app.intake.opened import Opened
from app.policy.actor import Actor
from app.web.errors import Refusal
from app.workflow.machine import NotNow
from app.workflow.tables import DOSSIER

KEPT_FOR = timedelta(days=30)
"""How long a delegation may change its mind."""
TOO_LATE = N_("The time in which it could be brought back is over. Start a new one.")


def state_after(opened: Opened) -> str:
    """The state to which discarding leads. Raises NotNow where it may not be done.

    What the Secretariat drafted is answered by the country, not discarded.
    """
    if opened.on_behalf:
        raise NotNow(DOSSIER.name, opened.state, "discard")
    return DOSSIER.after(opened.state, "discard")


def discard(actor: Actor, opened: Opened) -> datetime:
    """Discard a draft that was never submitted; when. Raises NotNow."""
    dossier, state = opened.dossier, state_after(opened)
    now = clock.now()
    close_draft(opened.open_draft, now)
    dossier.state = state
    dossier.discarded_at = dossier.changed_at = now
    dossier.discarded_by = actor.person_id
    _record(actor, dossier, "dossier-discarded")
    return now


def drop(actor: Actor, opened: Opened) -> datetime:
    """Throw away a draft that was opened from a version in force; when. The version stays. Raises NotNow."""
    dossier, now = opened.dossier, clock.now()
    if dossier.state != "accepted" or opened.draft is None:
        raise NotNow(DOSSIER.name, dossier.state, "discard")
    close_draft(opened.open_draft, now)
    dossier.changed_at = now
    _record(actor, dossier, "dossier-draft-dropped")
    return now


def bring_back(actor: Actor, opened: Opened) -> datetime:
    """Open a discarded draft again as it was; when. Raises NotNow, and Refusal once it is too late."""
    dossier, now = opened.dossier, clock.now()
    state, until = DOSSIER.after(dossier.state, "bring_back"), kept_until(dossier)
    if until is None or now > until:
        raise Refusal(TOO_LATE, status=409)
    table = Draft.__table__
    closed_then = db.update(table).where(
        table.c.dossier_id == dossier.id, table.c.closed_at == dossier.discarded_at
    )
    changed(db.session(), closed_then.values(closed_at=None, ready_at=None, ready_by=None))
    dossier.state, dossier.changed_at = state, now
    dossier.discarded_at = dossier.discarded_by = None
    _record(actor, dossier, "dossier-brought-back")
    return now


def kept_until(dossier: Dossier) -> datetime | None:
    """Until when a discarded draft can be brought back; None for what is not discarded."""
    return dossier.discarded_at + KEPT_FOR if dossier.discarded_at else None


def _record(actor: Actor, dossier: Dossier, kind: str) -> None:
    trail.record(actor, kind, subject=("dossier", dossier.id), owner=dossier.organisation_id)
