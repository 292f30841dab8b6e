"""Under which addresses do groups stand, and what do their pages share?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, request, url_for

from app import clock
from app.calls import queries as calls
from app.calls.choices import choices
from app.calls.models import Call
from app.db.errors import Missing
from app.formats.countries import country_names
from app.formats.spec import Text
from app.formats.words import N_
from app.groups.queries import OpenedGroup
from app.policy.permissions import Permission
from app.web import locale
from app.web.forms import typed_text
from app.web.guard import current_actor
from app.web.navigation import Entry

blueprint = Blueprint("groups", __name__, url_prefix="/groups")
NAV = Entry("groups.index", N_("Groups"), Permission.GROUP_READ)


def call_asked() -> tuple[Call | None, list[tuple[str, str]]]:
    """The call that the address names, or the newest one, and those among which one may choose.

    Raises Missing for one that there is not.
    """
    actor, asked = current_actor(), request.args.get("call", "")
    return (calls.get(actor, asked) if asked else calls.latest(actor)), choices(actor)


def instant_asked() -> datetime | None:
    """The past instant that the address names, exactly; None where it names none.

    Raises Missing for what is no instant of the past.
    """
    asked = request.args.get("as_of", "").strip()
    if not asked:
        return None
    try:
        instant = datetime.fromisoformat(asked)
    except ValueError:
        raise Missing(asked) from None
    if instant.tzinfo is None or instant > clock.now():
        raise Missing(asked)
    return instant


def group_url(opened: OpenedGroup, endpoint: str = "show", **values: Any) -> str:
    return url_for(f"groups.{endpoint}", group_id=opened.id, **values)


def named() -> Text:
    """The name that was typed, in both languages. Raises Refusal."""
    return Text(typed_text("name_es", lines=False), typed_text("name_en", lines=False))


def countries(codes: Any) -> str:
    """The names of countries, as a reader of this language looks them up."""
    names = country_names(locale.lang())
    return ", ".join(name for code, name in names.items() if code in set(codes))
