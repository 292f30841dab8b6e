"""What do messages about needs say? Which one by its reference, and where to read it; no words of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import clock
from app.accounts import tokens
from app.extensions import db
from app.intake.filing.models import FilingLink
from app.intake.models import Dossier
from app.outbox.kinds import mail_about, mail_kind
from app.outbox.recipients import Addressee


def _need(params: Mapping[str, Any]) -> str:
    return db.session.get_one(Dossier, params["need"]).reference


mail_about(
    "need-submitted", "need-receipt", "need-accepted", "need-returned", "need-withdrawn",
    path="/needs/{need}", reference=_need,
)  # fmt: skip
# What was filed may be the country's alone by the time that it has answered.
mail_about("need-filing-answered", path="/needs/filings", reference=_need)
mail_about("need-filed", path="/needs/{need}/filing", reference=_need)


@mail_kind("need-confirmation")
def confirmation(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """The reference of what was filed, and the link by which it is confirmed; no queue ever holds it."""
    link = db.session.get_one(FilingLink, params["link"])
    dossier = db.session.get_one(Dossier, link.dossier_id)
    # Links go by the world's time, letters by the product's: in the demonstration it is 2004.
    ends_at = link.expires_at + (clock.now() - clock.real_now())
    return {"reference": dossier.reference, "ends_at": ends_at,
            "path": f"/needs/confirmations/{tokens.of_confirmation(link.id)}"}  # fmt: skip
