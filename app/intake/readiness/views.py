"""Where is it said that a draft is ready to certify, or not yet, and how do pages show it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from app.intake.mounting import Mount, granted
from app.intake.names import who
from app.intake.opened import Opened
from app.intake.readiness import actions
from app.web.guard import current_actor
from app.web.page import done


@dataclass(frozen=True)
class Ready:
    """Who said that a draft is ready, when, and when it was last changed if that was later."""

    who: str
    at: datetime
    changed_at: datetime | None


def readiness(mount: Mount, opened: Opened) -> Response:
    """POST /…/readiness: say that the draft is ready to certify, or that it is not after all."""
    said = request.form.get("ready")
    if said == "yes":
        actions.say_ready(current_actor(), opened, granted(mount.ready))
        return done(mount.url(opened, "show"), _("Your focal point is told that it is ready."))
    if said == "no":
        actions.take_back(current_actor(), opened, granted(mount.ready))
        return done(mount.url(opened, "show"), _("It is marked as not ready yet."))
    raise BadRequest


def ready(opened: Opened) -> Ready | None:
    """What a page says of a draft that is ready; None for any other."""
    draft = opened.draft
    if draft is None or draft.ready_at is None:
        return None
    is_newer = draft.saved_at > draft.ready_at
    name = who(current_actor(), draft.ready_by or "")
    return Ready(name, draft.ready_at, draft.saved_at if is_newer else None)
