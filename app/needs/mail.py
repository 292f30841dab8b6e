"""What do messages about needs say? Which one by its reference, and where to read it; no words of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import clock
from app.accounts import tokens
from app.extensions import db
from app.intake.filing.models import FilingLink
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


@mail_kind("need-filing-answered")
def answered(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """The reference of what was filed; the record may be the country's alone by now."""
    dossier = db.session.get_one(Dossier, params["need"])
    return {"reference": dossier.reference, "path": "/needs/filings"}


@mail_kind("need-filed")
def filed(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """The reference of what was filed for the country, and where it answers for it."""
    dossier = db.session.get_one(Dossier, params["need"])
    return {"reference": dossier.reference, "path": f"/needs/{dossier.id}/filing"}


@mail_kind("need-confirmation")
def confirmation(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """The reference of what was filed, and the link by which it is confirmed; no queue ever holds it."""
    link = db.session.get_one(FilingLink, params["link"])
    dossier = db.session.get_one(Dossier, link.dossier_id)
    # Links go by the world's time, letters by the product's: in the demonstration it is 2004.
    ends_at = link.expires_at + (clock.now() - clock.real_now())
    return {"reference": dossier.reference, "ends_at": ends_at,
            "path": f"/needs/confirmations/{tokens.of_confirmation(link.id)}"}  # fmt: skip
