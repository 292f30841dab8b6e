"""Who acts for an organisation, who is invited and which units has it, a page of each at a time?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request

from app.organisations import listing, words
from app.organisations.models import Organisation
from app.organisations.shown import role_rows
from app.web import locale
from app.web.guard import current_actor

LISTS = ("people", "invited", "units")


def gathered(organisation: Organisation, address: Callable[..., str]) -> dict[str, Any]:
    """What both pages about an organisation list, for whoever may see it.

    `address` gives the page's own, with the marks of the three lists.
    """
    actor, lang = current_actor(), locale.lang()
    asked = {name: request.args.get(name, "") for name in LISTS}
    members = listing.list_members(actor, organisation.id, asked["people"])
    invited = listing.list_invitations(actor, organisation.id, asked["invited"])
    units = listing.list_units(actor, organisation.id, lang, asked["units"])

    def neighbours(name: str, found: Any) -> tuple[str | None, str | None]:
        before, behind = (
            address(**{**asked, name: mark}) if mark else None
            for mark in (found.before, found.behind)
        )
        return before, behind

    return {
        "members": role_rows(members.rows, actor, lang),
        "members_pager": neighbours("people", members),
        "invitations": [
            {"invitation": row.Invitation, "role": words.say_role(row.Invitation.role)}
            for row in invited.rows
        ],
        "invitations_pager": neighbours("invited", invited),
        "units": [
            {"unit": row.Unit, "name": row.Unit.name(lang), "kind": words.say_unit(row.Unit.kind)}
            for row in units.rows
        ],
        "units_pager": neighbours("units", units),
    }
