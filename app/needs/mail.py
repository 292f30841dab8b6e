"""What do messages about needs say? Which one by its reference, and where to read it; no words of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.extensions import db
from app.intake.models import Dossier
from app.outbox.kinds import mail_kind
from app.outbox.recipients import Addressee


@mail_kind("need-submitted")
@mail_kind("need-receipt")
@mail_kind("need-accepted")
@mail_kind("need-returned")
@mail_kind("need-withdrawn")
def about(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """The need's reference and its page."""
    dossier = db.session.get_one(Dossier, params["need"])
    return {"reference": dossier.reference, "path": f"/needs/{dossier.id}"}
