"""Under which addresses do the pages of reservations stand, and what do they share?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for
from werkzeug.datastructures import MultiDict

from app.cases.reservations.models import ReservationRule
from app.formats.words import N_
from app.policy.permissions import Permission
from app.web.navigation import Entry, Under
from app.web.refusal import Refusal

blueprint = Blueprint("reservations", __name__, url_prefix="/reservations")
NAV = (
    Entry("reservations.index", N_("Reservations"), Permission.RESERVATION_READ),
    Under("/reservations/matrix", ("common_format.show",)),
)


def typed(first: dict[str, Any]) -> MultiDict[str, Any]:
    """What the inputs of a form hold: what was typed, or at first what is known."""
    return request.form if request.method == "POST" else MultiDict(first)


def at_its_place(refusal: Refusal) -> dict[str, str]:
    """A refusal as the mistake of its field."""
    return {refusal.field or "": refusal.say()}


def url_of_text(text_id: str) -> str:
    return url_for("reservations.show", text_id=text_id)


def url_of_rule(rule: ReservationRule) -> str:
    return url_for("reservations.rule", rule_id=rule.id)
