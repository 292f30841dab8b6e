"""Where does a sponsor write what it offers, and a delegation what it would host?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.funding.offers import actions, grid, queries
from app.funding.offers.forms import LABELS, OfferForm, options, written
from app.funding.offers.models import Offer
from app.funding.offers.terms import FREE, HOST, Terms
from app.funding.offers.views.pages import at_its_place, blueprint, expect, typed, url_of
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.newer import newer
from app.web.page import done, page

MORE = (*FREE[:-1], "provider_type", "level", "hours_per_day", "seats_min", "seats_max", "modalities",
        "languages", "countries", "window_from", "window_to", "amount", "currency",
        "last_spending_on", "host_needed")  # fmt: skip
"""What a sponsor's form folds."""
MORE_OF_HOST = (*(name for name in MORE if not name.startswith("window")), "themes", "days")
"""What a host's form folds: when it is possible is asked of it first."""


@blueprint.route("/new", methods=["GET", "POST"])
@guarded(Permission.OFFER_WRITE)
def new() -> Response:
    """GET, POST /offers/new: a draft, or an offer that is open at once."""
    actor = current_actor()
    errors: dict[str, str] = {}
    if is_submitted():
        opens = request.form["then"] == "open"
        terms, errors = _read(opens=opens)
        if not errors:
            try:
                offer = actions.create(actor, terms, opens=opens)
            except Refusal as refusal:
                errors = at_its_place(refusal)
            else:
                return done(url_of(offer), _opened() if opens else _kept())
    return _form(None, typed(written(_first())), errors)


@blueprint.route("/<offer_id>/edit", methods=["GET", "POST"])
@guarded(Permission.OFFER_WRITE, load=queries.get_own)
def edit(offer: Offer) -> Response:
    """GET, POST /offers/<id>/edit: anew, as a whole; a draft may be opened with it."""
    expect(offer, "edit")
    errors: dict[str, str] = {}
    if is_submitted():
        opens = request.form["then"] == "open" and offer.state == "draft"
        form = OfferForm()
        terms, errors = _read(opens=opens or offer.state == "open")
        if not errors:
            try:
                actions.edit(current_actor(), offer, replace(terms, lang=offer.lang),
                             revision=form.revision.data, opens=opens)  # fmt: skip
            except Refusal as refusal:
                errors = at_its_place(refusal)
            except actions.Stale:
                offer = queries.get_own(current_actor(), offer.id)
                expect(offer, "edit")
                return _form(offer, typed({}), {}, is_stale=True)
            else:
                return done(url_of(offer), _opened() if opens else _("The offer was saved."))
    return _form(offer, typed(written(queries.terms_of(offer))), errors)


def _read(*, opens: bool) -> tuple[Terms, dict[str, str]]:
    hosts = not current_actor().is_sponsor
    return OfferForm().read(hosts=hosts, opens=opens, today=queries.today())


def _first() -> Terms:
    """What a new form begins with: what rarely changes is taken from the offer written last."""
    actor = current_actor()
    earlier = queries.latest_own(actor)
    roles = () if actor.is_sponsor else (HOST,)
    if earlier is None:
        return Terms(title="", roles=roles, contact=actor.name)
    return Terms(title="", roles=roles, contact=earlier.contact,
                 provider_type=earlier.provider_type)  # fmt: skip


def _form(
    offer: Offer | None, held: Any, errors: dict[str, str], *, is_stale: bool = False
) -> Response:
    status = 409 if is_stale else 422 if errors else 200
    hosts = not current_actor().is_sponsor
    action = url_for("offers.edit", offer_id=offer.id) if offer else url_for("offers.new")
    return page(
        "offers/form.html", status=status, offer=offer, typed=held, errors=errors, hosts=hosts,
        labels=LABELS, options=options(), grid=grid.rows(held), action=action, work_form=True,
        newer=newer(written(queries.terms_of(offer)) if is_stale and offer else {}, status), is_more_open=_says_more(held, errors, hosts=hosts), revision=offer.revision if offer else 0,
        is_open=offer is not None and offer.state == "open",
    )  # fmt: skip


def _says_more(held: Any, errors: dict[str, str], *, hosts: bool) -> bool:
    """Whether something stands, or is wrong, among the details that are folded otherwise."""
    folded = MORE_OF_HOST if hosts else MORE
    return any(held.getlist(name) not in ([], [""]) or name in errors for name in folded)


def _opened() -> str:
    return _("The offer is open. The Technical Secretariat and the members can read it.")


def _kept() -> str:
    return _("The offer was saved as a draft. Only your organisation sees it.")
