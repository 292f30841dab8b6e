"""Under which addresses do the Secretariat's pages of organisations stand, and what do they share?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from app.accounts.zones import ZONES
from app.formats.words import N_
from app.policy.permissions import Permission
from app.web import locale
from app.web.errors import Refusal
from app.web.navigation import Entry

blueprint = Blueprint("organisations", __name__, url_prefix="/organisations")
NAV = Entry("organisations.index", N_("Organisations"), Permission.ORGANISATION_LIST)


def at_its_place(refusal: Refusal) -> dict[str, str]:
    """A refusal as the mistake of its field."""
    return {refusal.field or "": refusal.say()}


def zone_choices() -> list[tuple[str, str]]:
    """Time zones with the cities by which people know them."""
    return sorted(((zone, locale.place_of(zone)) for zone in ZONES), key=lambda pair: pair[1])


def typed(form: Any, first: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the inputs of a form hold: what was typed, or at first what is known."""
    return {field.name: field.data or "" for field in form} if form.is_submitted() else first or {}
