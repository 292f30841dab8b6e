"""Under which addresses do the pages of offers stand, and what do they share?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for
from werkzeug.datastructures import MultiDict

from app.formats.words import N_
from app.funding.offers.models import Offer
from app.funding.offers.queries import state_now
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.web.navigation import Entry
from app.workflow import tables

blueprint = Blueprint("offers", __name__, url_prefix="/offers")
NAV = Entry("offers.index", N_("Offers"), Permission.OFFER_READ)


def typed(first: dict[str, Any]) -> MultiDict[str, Any]:
    """What the inputs of a form hold: what was typed, or at first what is known."""
    return request.form if request.method == "POST" else MultiDict(first)


def at_its_place(refusal: Refusal) -> dict[str, str]:
    """A refusal as the mistake of its field."""
    return {refusal.field or "": refusal.say()}


def expect(offer: Offer, verb: str) -> None:
    """Raise NotNow unless the offer's state allows the verb, before its page is shown."""
    tables.OFFER.after(state_now(offer), verb)


def url_of(offer: Offer) -> str:
    return url_for("offers.show", offer_id=offer.id)
