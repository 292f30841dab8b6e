"""What do messages about offers say? That there is something, and where: no title and no figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.extensions import db
from app.funding.offers.models import Offer
from app.funding.offers.queries import state_now
from app.outbox.conditions import due_while
from app.outbox.kinds import mail_kind, mail_with_link
from app.outbox.recipients import Addressee

mail_with_link("offer-opened", "/offers/{offer}")
mail_with_link("offer-withdrawn", "/offers/{offer}")
mail_with_link("offer-date", "/offers/{offer}/edit")


@mail_kind("offer-ending")
@mail_kind("offer-expired")
def about(params: Mapping[str, Any], recipient: Addressee) -> Mapping[str, Any]:
    """The last day, and the page on which one step renews it."""
    offer = db.session.get_one(Offer, params["offer"])
    return {"day": offer.valid_until, "path": f"/offers/{offer.id}/renewal"}


@due_while("offer-ending")
def still_ends(params: Mapping[str, Any]) -> bool:
    """Whether the offer is open and was not renewed since."""
    offer = db.session.get_one(Offer, params["offer"])
    return state_now(offer) == "open" and f"{offer.valid_until}" == params["day"]


@due_while("offer-expired")
def has_ended(params: Mapping[str, Any]) -> bool:
    """Whether the offer was not renewed since."""
    return state_now(db.session.get_one(Offer, params["offer"])) == "expired"


@due_while("offer-date")
def still_waits(params: Mapping[str, Any]) -> bool:
    """Whether the host's date is still to be communicated."""
    offer = db.session.get_one(Offer, params["offer"])
    return state_now(offer) == "open" and offer.date_known is False
