"""What is proposed, why, what stays unserved, from what was it computed, and how far is it while it runs?"""

from __future__ import annotations

from decimal import Decimal

from flask import Response, url_for
from flask_babel import gettext as _

from app.bundling import record
from app.calls import queries as calls
from app.funding.bundles import actions, inputs, queries, shown
from app.funding.bundles.basis import PER
from app.funding.bundles.models import Bundle
from app.funding.bundles.views.pages import blueprint
from app.funding.courses.lists import COST_LINES, in_order
from app.policy.permissions import Permission
from app.web import locale
from app.web.guard import current_actor, guarded
from app.web.page import done, page


@blueprint.get("/<bundle_id>")
@guarded(Permission.BUNDLE_MAKE, load=queries.get)
def show(bundle: Bundle) -> Response:
    """GET /bundles/<id>: the proposal, or how far it is."""
    return _page(bundle)


@blueprint.get("/<bundle_id>/progress")
@guarded(Permission.BUNDLE_MAKE, load=queries.get, is_unattended=True)
def progress(bundle: Bundle) -> Response:
    """GET /bundles/<id>/progress: the same, asked by an open page by itself."""
    return _page(bundle)


def _page(bundle: Bundle) -> Response:
    is_ready, actor = bundle.result is not None, current_actor()
    is_old = bundle.state == "ready" and inputs.now(actor, bundle).digest != bundle.digest
    return page(
        "bundles/show.html", block="results", bundle=bundle,
        call=calls.get(actor, bundle.call_id), lead=shown.lead, is_old=is_old,
        proposal=shown.Proposal(bundle) if is_ready else None,
        adopted=queries.adoptions(bundle.id) if is_ready else {},
    )  # fmt: skip


@blueprint.get("/<bundle_id>/inputs")
@guarded(Permission.BUNDLE_MAKE, load=queries.get)
def computed_from(bundle: Bundle) -> Response:
    """GET /bundles/<id>/inputs: all that it was computed from, as it was."""
    world, lang = record.world_of(bundle.inputs["world"]), locale.lang()
    basis = bundle.inputs["basis"]
    return page(
        "bundles/inputs.html", bundle=bundle, world=world, kept=bundle.inputs,
        called=inputs.called(bundle.inputs), per=PER,
        dollars=lambda cents: Decimal(cents).scaleb(-2),
        basis=[(COST_LINES.label(line, lang), {**basis[line], "amount": Decimal(basis[line]["amount"])}) for line in in_order(set(basis))],
        must=[COST_LINES.label(line, lang) for line in in_order(set(world.settings.must_cover))],
        needs=sorted(((need, group) for group in world.groups for need in group.needs),
                     key=lambda pair: bundle.inputs["needs"][pair[0].key]["reference"]),
    )  # fmt: skip


@blueprint.post("/<bundle_id>/discard")
@guarded(Permission.BUNDLE_MAKE, load=queries.get)
def discard(bundle: Bundle) -> Response:
    """POST /bundles/<id>/discard: put it aside."""
    actions.discard(current_actor(), bundle)
    return done(url_for("bundles.index"), _("Put aside. Courses that were adopted from it stay."))
