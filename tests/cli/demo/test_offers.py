"""Does the demonstration hold the offers of recommendation 2, as it says them, and mark what it adds?"""

from __future__ import annotations

from sqlalchemy import select

from app.funding.offers.models import Offer, OfferLine
from app.organisations.models import Organisation

TRAINERS = {"trainers_travel", "trainers_lodging", "materials"}
OFFERED = {
    "ca.sponsor": (["payer", "content"], TRAINERS),
    "us.sponsor": (["payer", "content"], TRAINERS),
    "mx.sponsor": (["payer", "content"], TRAINERS),
    "sv": (["host"], {"venue_logistics"}),
    "unhcr": (["content"], set()),
    "iom": (["technical", "fund_seeker"], set()),
}
"""Who offers -> in which roles, and which costs it covers."""


INVENTED = "(demostración)"
"""How the title ends of an offer that no source tells of."""


def offers(looking):
    return looking.execute(
        select(Organisation.key, Offer).join(Offer, Offer.organisation_id == Organisation.id)
    ).all()


def test_whoever_offered_in_2004_offers_that_and_no_more(looking):
    lines = looking.scalars(select(OfferLine)).all()
    found = {
        key: (offer.roles, {one.line for one in lines if one.offer_id == offer.id})
        for key, offer in offers(looking)
        if not offer.title.endswith(INVENTED)
    }
    assert found == OFFERED
    assert {one.amount for one in lines} == {None}  # the sources name no figure


def test_what_is_wholly_invented_says_so(looking):
    told = {key: offer.text for key, offer in offers(looking) if offer.title.endswith(INVENTED)}
    assert set(told) == {"cr", "mx.sponsor"}
    assert all("todo este ofrecimiento es inventado" in text for text in told.values())


def test_each_is_open_and_says_that_it_adds_something(looking):
    for key, offer in offers(looking):
        assert (offer.state, offer.is_demonstration) == ("open", True), key
        mark = "Demonstration:" if offer.lang == "en" else "Demostración:"
        assert mark in offer.text, key


def test_el_salvador_still_has_its_date_to_communicate(looking):
    host = dict(tuple(row) for row in offers(looking))["sv"]
    assert (host.date_known, host.window_from, host.named_to_sponsors) == (False, None, True)
    assert host.remind_on is not None
