"""Which organisations are there, and what is known of one of them?"""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import request, url_for

from app.formats.countries import country_names
from app.organisations import listing, queries, words
from app.organisations.models import Organisation
from app.organisations.views.gathered import gathered
from app.organisations.views.pages import blueprint
from app.policy.actor import OrganisationKind
from app.policy.permissions import Permission
from app.web import locale
from app.web.asked import said, unknown
from app.web.guard import current_actor, guarded
from app.web.page import page


@blueprint.get("")
@guarded(Permission.ORGANISATION_LIST)
def index() -> Any:
    """Every organisation by name, or those of one kind."""
    aside = unknown({"kind": tuple(OrganisationKind)})
    kind, lang = "" if aside else request.args.get("kind", ""), locale.lang()
    found = listing.list_organisations(current_actor(), lang, kind, request.args.get("after", ""))
    return page(
        "organisations/index.html",
        block="results",
        kind=kind,
        aside=said(aside),
        kinds=[(kind.value, words.say_kind(kind)) for kind in OrganisationKind],
        rows=[
            {
                "url": url_for("organisations.show", organisation_id=row.Organisation.id),
                "name": row.Organisation.name(lang),
                "kind": words.say_kind(row.Organisation.kind),
                "country": country_names(lang).get(row.Organisation.country or "", ""),
                "people": row.people,
                "has_ended": row.Organisation.ended_at is not None,
            }
            for row in found.rows
        ],
        previous=_neighbour(kind, found.before),
        next=_neighbour(kind, found.behind),
    )


def _neighbour(kind: str, mark: str) -> str | None:
    return url_for("organisations.index", kind=kind or None, after=mark) if mark else None


@blueprint.get("/<organisation_id>")
@guarded(Permission.ORGANISATION_LIST, load=queries.get)
def show(organisation: Organisation) -> Any:
    """One organisation: its people, who is invited, its units."""
    lang = locale.lang()
    return page(
        "organisations/show.html",
        organisation=organisation,
        name=organisation.name(lang),
        kind=words.say_kind(organisation.kind),
        country=country_names(lang).get(organisation.country or "", ""),
        place=locale.place_of(organisation.zone),
        **gathered(
            organisation, partial(url_for, "organisations.show", organisation_id=organisation.id)
        ),
    )
