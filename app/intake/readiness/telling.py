"""Who is told that a draft is ready to certify? The focal point and the alternates, once each time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.extensions import db
from app.intake.models import Draft
from app.notices.telling import Notification, to_tell
from app.organisations.addresses import belonging
from app.outbox.deeds import Write, deed
from app.policy.roles import CERTIFIERS

READY = "draft-ready"


@deed(READY)
def told_ready(params: Mapping[str, Any]) -> Write:
    """Tell them, unless it was taken back, certified or discarded before that."""
    draft = db.session.get_one(Draft, params["draft"])
    said_at = draft.ready_at.isoformat() if draft.ready_at else ""
    if draft.closed_at is not None or said_at != params["at"]:
        return to_tell([])
    return to_tell(
        Notification(person_id=person_id, organisation_id=organisation_id, kind="ready",
                     subject_id=draft.dossier_id, dossier_id=draft.dossier_id,
                     event=f"ready:{draft.id}:{said_at}")
        for person_id, organisation_id in sorted(belonging([draft.organisation_id], CERTIFIERS))
        if person_id != params["by"]
    )  # fmt: skip
