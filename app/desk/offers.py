"""What does a desk show of offers: those that end soon, those that are new, dates to communicate?"""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from app.desk.items import ASKED, Block, Item, block
from app.funding.offers import queries
from app.funding.offers.models import Offer
from app.policy.actor import Actor
from app.policy.engine import might
from app.policy.permissions import Permission
from app.web import locale
from app.web.states import state_tag
from app.workflow.tables import OFFER


def ending(actor: Actor) -> Block:
    """Offers that end soon: one's own with the way to renew each, all of them for the Secretariat."""
    renews = might(actor, Permission.OFFER_WRITE)
    endpoint = "offers.renewal" if renews else "offers.show"
    title = _("Offers that end soon") if actor.is_secretariat else _("Your offers that end soon")

    def draw(offer: Offer) -> Item:
        return _item(offer, url_for(endpoint, offer_id=offer.id))

    rows = queries.ending(actor, ASKED)
    return block("offers-ending", title, rows, draw, url_for("offers.index", state="open"))


def lately(actor: Actor) -> Block:
    """Open offers that do not end soon: what the Secretariat can count on, a sponsor's own."""
    title = _("New offers") if actor.is_secretariat else _("Your offers")
    rows = queries.lately(actor, ASKED)
    return block("offers", title, rows, lambda offer: _item(offer, _page(offer)),
                 url_for("offers.index", state="open"))  # fmt: skip


def without_date(actor: Actor) -> Block:
    """A delegation's offers to host whose date is still to be communicated."""

    def draw(offer: Offer) -> Item:
        day = locale.show_date(offer.remind_on)
        said = (_("reminder on %(day)s", day=day),) if offer.remind_on else ()
        return Item(title=offer.title, lang=_lang(offer), notes=said,
                    url=url_for("offers.edit", offer_id=offer.id))  # fmt: skip

    rows = queries.without_date(actor, ASKED)
    return block("offer-dates", _("Host dates to communicate"), rows, draw,
                 url_for("offers.index", role="host"))  # fmt: skip


def _item(offer: Offer, url: str) -> Item:
    last = locale.show_date(offer.valid_until)
    return Item(title=offer.title, lang=_lang(offer), url=url, tag=state_tag(OFFER, "open"),
                notes=(_("stands until %(day)s", day=last),))  # fmt: skip


def _page(offer: Offer) -> str:
    return url_for("offers.show", offer_id=offer.id)


def _lang(offer: Offer) -> str | None:
    return offer.lang if offer.lang != locale.lang() else None
