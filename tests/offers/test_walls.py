"""Does an offer exist for whom it should, and for nobody else?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.accounts.models import Person
from app.db.base import new_id
from app.db.errors import Missing
from app.extensions import db
from app.funding.offers import actions, queries
from app.funding.offers.models import Offer
from app.organisations.models import Organisation
from app.policy.actor import Actor
from tests.calls.settled import MORNING, Settled
from tests.offers.offered import hosting, offered


@pytest.fixture
def other_sponsor(settled: Settled) -> Actor:
    mine = settled["ca-sponsor"]
    other = replace(mine, person_id=new_id(), organisation_id=new_id(), organisation_name="Other")
    db.session.add(Organisation(id=other.organisation_id, key="us-sponsor", kind="sponsor",
                                country="US", name_es="Otra", name_en="Other",
                                created_at=MORNING))  # fmt: skip
    db.session.add(Person(id=other.person_id, key=None, name="Other", email="other@example.invalid",
                          password=None, fs_uniquifier=new_id(), created_at=MORNING))  # fmt: skip
    db.session.flush()
    return other


def who_reads(settled: Settled, offer: Offer, *more: Actor) -> set[str]:
    """Whose page there is of an offer, by the name of their organisation."""
    found = set()
    for actor in (*settled.actors.values(), *more):
        listed = queries.list_offers(actor, queries.Asked(), "").records
        as_of = [one.id for one in queries.open_as_of(actor, MORNING)]
        try:
            queries.get(actor, offer.id)
        except Missing:
            assert offer not in listed
            assert offer.id not in as_of
        else:
            assert offer in listed
            found.add(actor.organisation_name.removesuffix(" (en)"))
    return found


def test_a_draft_is_its_writers_alone(settled: Settled, other_sponsor: Actor) -> None:
    for key, terms in (("ca-sponsor", offered()), ("hn", hosting())):
        offer = actions.create(settled[key], terms)
        assert who_reads(settled, offer, other_sponsor) == {key}


def test_an_open_offer_is_read_by_members_and_by_no_other_sponsor(
    settled: Settled, other_sponsor: Actor
) -> None:
    members = {"st", "hn", "sv", "ca", "ppt"}
    offer = actions.create(settled["ca-sponsor"], offered(), opens=True)
    assert who_reads(settled, offer, other_sponsor) == members | {"ca-sponsor"}
    host = actions.create(settled["hn"], hosting(), opens=True)
    assert who_reads(settled, host, other_sponsor) == members


def test_a_withdrawn_one_stays_with_the_secretariat(settled: Settled) -> None:
    offer = actions.create(settled["ca-sponsor"], offered(), opens=True)
    actions.withdraw(settled["ca-sponsor"], offer, reason="Over", revision=offer.revision)
    assert who_reads(settled, offer) == {"st", "ca-sponsor"}
    unopened = actions.create(settled["ca-sponsor"], offered())
    actions.withdraw(settled["ca-sponsor"], unopened, reason="Wrong", revision=1)
    assert who_reads(settled, unopened) == {"ca-sponsor"}


def test_only_its_own_organisation_finds_it_to_change_it(settled: Settled) -> None:
    offer = actions.create(settled["ca-sponsor"], offered(), opens=True)
    assert queries.get_own(settled["ca-sponsor"], offer.id) is offer
    for key in ("st", "hn", "ca"):
        with pytest.raises(Missing):
            queries.get_own(settled[key], offer.id)


def test_the_list_is_narrowed_by_role_theme_line_and_state(settled: Settled) -> None:
    actions.create(settled["ca-sponsor"], offered(themes=("T10",)), opens=True)
    actions.create(settled["hn"], hosting(), opens=True)
    for asked, titles in (
        ({"role": "payer"}, ["Training for consular staff"]), ({"role": "host"}, ["Sede de la primera"]),
        ({"theme": "T10"}, ["Training for consular staff"]), ({"theme": "T1"}, []),
        ({"line": "venue_logistics"}, ["Sede de la primera"]), ({"line": "platform"}, []),
        ({"state": "expired"}, []), ({"role": '%"'}, []),
    ):  # fmt: skip
        page = queries.list_offers(settled["st"], queries.Asked(**asked), "")
        assert [one.title for one in page.records] == titles, asked
