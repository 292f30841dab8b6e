"""Which offers are there, and what does one say?"""

from __future__ import annotations

from flask import Response, request

from app.funding.offers import codes, queries, shown
from app.funding.offers.models import Offer
from app.funding.offers.queries import Asked
from app.funding.offers.views.pages import blueprint
from app.policy.permissions import Permission
from app.web.guard import current_actor, guarded
from app.web.page import page
from app.web.states import state_words
from app.workflow.tables import OFFER


@blueprint.get("")
@guarded(Permission.OFFER_READ)
def index() -> Response:
    """GET /offers: one's own, or those that are open for members, a page at a time."""
    actor, asked = current_actor(), _asked()
    listed = queries.list_offers(actor, asked, request.args.get("after", "")[:400])
    rows = shown.rows(actor, listed.records)
    states = [
        (state, words) for state, words in state_words(OFFER).items()
        if not (actor.is_secretariat and state == "draft")
    ]  # fmt: skip
    return page(
        "offers/list.html", block="results", rows=rows, listed=listed, asked=asked, states=states,
        roles=[*codes.choices("roles"), ("host", codes.label("roles", "host"))],
        themes=codes.choices("themes"), lines=codes.choices("line"),
    )  # fmt: skip


@blueprint.get("/<offer_id>")
@guarded(Permission.OFFER_READ, load=queries.get)
def show(offer: Offer) -> Response:
    """GET /offers/<id>: what is offered, what can be done with it, what happened to it."""
    actor = current_actor()
    is_own = offer.organisation_id == actor.organisation_id
    is_whole = is_own or actor.is_secretariat
    terms = queries.terms_of(offer)
    return page(
        "offers/show.html", offer=offer, row=shown.rows(actor, [offer], with_lines=False)[0],
        is_own=is_own, parts=shown.parts(terms, is_whole=is_whole), lines=shown.lines(terms),
        history=shown.history(offer, named=is_whole),
        verbs=shown.verbs(actor, offer),
    )  # fmt: skip


def _asked() -> Asked:
    given = {name: request.args.get(name, "")[:40] for name in Asked.__dataclass_fields__}
    return Asked(**{name: text if text.isprintable() else "" for name, text in given.items()})
