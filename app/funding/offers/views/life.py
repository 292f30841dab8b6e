"""Where is an offer renewed and withdrawn? Each is asked once more on a page of its own."""

from __future__ import annotations

from datetime import date

from flask import Response
from flask_babel import gettext as _

from app.formats.dates import write_date
from app.funding.offers import actions, queries
from app.funding.offers.forms import RenewalForm, WithdrawalForm
from app.funding.offers.models import Offer
from app.funding.offers.views.pages import at_its_place, blueprint, expect, typed, url_of
from app.policy.permissions import Permission
from app.web import locale
from app.web.errors import Refusal
from app.web.forms import is_submitted
from app.web.guard import current_actor, guarded
from app.web.page import done, page


@blueprint.route("/<offer_id>/renewal", methods=["GET", "POST"])
@guarded(Permission.OFFER_WRITE, load=queries.get_own)
def renewal(offer: Offer) -> Response:
    """GET, POST /offers/<id>/renewal: a year longer, or until another day; one step."""
    expect(offer, "renew")
    form, errors = RenewalForm(), {}
    if is_submitted() and form.validate():
        try:
            actions.renew(current_actor(), offer, valid_until=form.valid_until.data,
                          revision=form.revision.data)  # fmt: skip
        except Refusal as refusal:
            errors = at_its_place(refusal)
        else:
            return done(url_of(offer), _("The offer was renewed."))
    elif is_submitted():
        errors = form.mistakes
    proposed = write_date(_a_year_after(offer.valid_until), locale.locale())
    return page("offers/renewal.html", status=422 if errors else 200, offer=offer,
                errors=list(errors.items()), mistakes=errors,
                typed=typed({"valid_until": proposed}))  # fmt: skip


@blueprint.route("/<offer_id>/withdrawal", methods=["GET", "POST"])
@guarded(Permission.OFFER_WRITE, load=queries.get_own)
def withdrawal(offer: Offer) -> Response:
    """GET, POST /offers/<id>/withdrawal: taken back, for a stated reason."""
    expect(offer, "withdraw")
    form, errors = WithdrawalForm(), {}
    if is_submitted() and form.validate():
        try:
            actions.withdraw(current_actor(), offer, reason=form.reason.data,
                             revision=form.revision.data)  # fmt: skip
        except Refusal as refusal:
            errors = at_its_place(refusal)
        else:
            return done(url_of(offer), _("The offer was withdrawn."))
    elif is_submitted():
        errors = form.mistakes
    return page("offers/withdrawal.html", status=422 if errors else 200, offer=offer,
                errors=list(errors.items()), mistakes=errors, typed=typed({}))  # fmt: skip


def _a_year_after(last: date | None) -> date:
    """The same day a year after the last on which it stands, or after today where that has passed."""
    begins = max(last or queries.today(), queries.today())
    is_leap_day = (begins.month, begins.day) == (2, 29)
    return begins.replace(year=begins.year + 1, day=28 if is_leap_day else begins.day)
