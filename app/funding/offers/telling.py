"""Who is told by mail that an offer was opened, withdrawn, ends or still waits for its date?"""

from __future__ import annotations

from app.funding.offers.models import Offer
from app.outbox import post
from app.policy.actor import OrganisationKind, Role
from app.policy.roles import CERTIFIERS, OFFICERS

WRITERS = (Role.SPONSOR_PLEDGER, *CERTIFIERS)
"""Who writes offers in the organisation whose they are."""


def opened(offer_id: str) -> None:
    """The Secretariat hears of a new offer."""
    post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, "offer-opened", offer=offer_id)


def withdrawn(offer_id: str) -> None:
    """The Secretariat hears that it can no longer count on an offer."""
    post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, "offer-withdrawn", offer=offer_id)


def writers(offer: Offer, kind: str) -> None:
    """Whoever writes the organisation's offers is told of one of them."""
    post.to_roles(offer.organisation_id, WRITERS, kind, offer=offer.id,
                  day=f"{offer.valid_until}")  # fmt: skip
