"""Which page shows the Secretariat between whom communications go, and nothing of what they say?"""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.cases.common_format.format import CASE
from app.cases.exchanges import outside, queries
from app.cases.exchanges.standing import standing
from app.cases.exchanges.views.pages import asked_of
from app.formats.words import N_
from app.policy.permissions import Permission
from app.web.guard import guarded
from app.web.navigation import Entry
from app.web.page import page
from app.workflow.tables import EXCHANGE

blueprint = Blueprint("envelopes", __name__, url_prefix="/envelopes")
NAV = Entry("envelopes.index", N_("Envelopes"), Permission.CASE_ENVELOPES)


@blueprint.get("")
@guarded(Permission.CASE_ENVELOPES)
def index() -> Response:
    """GET /envelopes: from which unit to which, of what kind, and where each stands."""
    asked, aside, options = asked_of(EXCHANGE, but=("draft",))
    listed = queries.list_envelopes(asked, request.args.get("after", "")[:400])
    return page(
        "cases/envelopes.html", block="results", listed=listed, asked=asked, options=options, form=CASE,
        told=outside.told_secretariat(listed.rows),
        addressees=queries.addressees_of([row.Exchange.id for row in listed.rows]), aside=aside,
        format_standing=standing(),
    )  # fmt: skip
