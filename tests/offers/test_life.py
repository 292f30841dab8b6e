"""Does an offer live as its table says, whatever is tried in which order, and is its past kept?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import clock
from app.extensions import db
from app.funding.offers import actions, queries
from app.funding.offers.models import Offer, OfferLine, OfferMove
from app.funding.offers.terms import Line
from app.policy.actor import Role
from app.policy.engine import Forbidden
from app.web.errors import Refusal
from app.workflow.machine import NotNow
from app.workflow.tables import OFFER
from tests.calls.settled import MORNING, Settled, in_role
from tests.offers.offered import LAST, hosting, offered

DAY = timedelta(days=1)
AFTER_LAST = datetime(2005, 1, 1, 14, 0, tzinfo=UTC)


def carry_out(actor, offer: Offer, verb: str) -> None:
    revision = offer.revision
    later = queries.today() + timedelta(days=200)
    if verb == "expire":
        actions.expire(offer)
    elif verb == "renew":
        actions.renew(actor, offer, valid_until=later, revision=revision)
    elif verb == "withdraw":
        actions.withdraw(actor, offer, reason="No funds this year", revision=revision)
    else:
        terms = offered(valid_until=later)
        actions.edit(actor, offer, terms, revision=revision, opens=verb == "open")


@settings(max_examples=40)
@given(steps=st.lists(st.tuples(st.sampled_from(OFFER.verbs), st.integers(0, 300)), max_size=8))
def test_every_verb_from_every_state_does_what_the_table_says_or_is_refused(
    settled: Settled, steps: list[tuple[str, int]]
) -> None:
    sponsor, at = settled["ca-sponsor"], MORNING
    with clock.stopped_at(at):
        offer = actions.create(sponsor, offered())
    for verb, days in steps:
        at += days * DAY
        with clock.stopped_at(at):
            seen = offer.state if verb == "expire" else queries.state_now(offer)
            before = (offer.state, offer.revision, offer.edition)
            if OFFER.may(seen, verb):
                carry_out(sponsor, offer, verb)
                assert offer.state == OFFER.after(seen, verb)
                assert offer.revision == before[1] + 1
            else:
                with pytest.raises(NotNow):
                    carry_out(sponsor, offer, verb)
                assert (offer.state, offer.revision, offer.edition) == before
    moves = queries.moves(offer)
    assert [move.number for move in moves] == sorted((m.number for m in moves), reverse=True)
    assert bool(moves) == (offer.opened_at is not None)
    if moves:
        assert moves[0].state == offer.state


def test_whoever_was_slower_changes_nothing(settled: Settled) -> None:
    sponsor = settled["ca-sponsor"]
    offer = actions.create(sponsor, offered(), opens=True)
    with pytest.raises(actions.Stale):
        actions.edit(sponsor, offer, offered(title="Mine"), revision=offer.revision - 1)
    assert offer.title == offered().title


def test_nobody_writes_an_offer_but_who_may(settled: Settled) -> None:
    sponsor = settled["ca-sponsor"]
    offer = actions.create(sponsor, offered(), opens=True)
    for other in (settled["st"], settled["hn"], settled["ppt"], settled["ar"],
                  in_role(sponsor, Role.SPONSOR_READER)):  # fmt: skip
        for verb in ("edit", "renew", "withdraw"):
            with pytest.raises(Forbidden):
                carry_out(other, offer, verb)
    with pytest.raises(Forbidden):
        actions.create(settled["st"], offered())
    with pytest.raises(Forbidden):
        actions.create(in_role(settled["hn"], Role.CONTRIBUTOR), hosting())


def test_a_delegation_offers_to_host_and_a_sponsor_does_not(settled: Settled) -> None:
    assert actions.create(settled["hn"], hosting(), opens=True).state == "open"
    for who, terms in (("hn", offered()), ("ca-sponsor", offered(roles=("host",)))):
        with pytest.raises(Refusal):
            actions.create(settled[who], terms)


@pytest.mark.parametrize("missing", [
    {"title": ""}, {"kind": ""}, {"roles": ()}, {"themes": ()}, {"profiles": ()}, {"days": None},
    {"contact": ""}, {"valid_until": None}, {"valid_until": date(2004, 5, 23)},
])  # fmt: skip
def test_what_lacks_something_stays_a_draft(settled: Settled, missing: dict) -> None:
    with pytest.raises(Refusal) as refused:
        actions.create(settled["ca-sponsor"], offered(**missing), opens=True)
    assert refused.value.field == next(iter(missing))


@pytest.mark.parametrize("missing", [
    {"date_known": None}, {"remind_on": None}, {"named_to_sponsors": None}, {"date_known": True},
])  # fmt: skip
def test_nothing_is_assumed_of_a_host(settled: Settled, missing: dict) -> None:
    with pytest.raises(Refusal):
        actions.create(settled["hn"], hosting(**missing), opens=True)


def test_a_reason_is_asked_for_a_withdrawal(settled: Settled) -> None:
    offer = actions.create(settled["ca-sponsor"], offered(), opens=True)
    with pytest.raises(Refusal):
        actions.withdraw(settled["ca-sponsor"], offer, reason=" ", revision=offer.revision)


def test_an_offer_stands_through_its_last_day_and_no_longer(settled: Settled) -> None:
    offer = actions.create(settled["ca-sponsor"], offered(), opens=True)
    last_hour = datetime(2005, 1, 1, 4, 30, tzinfo=UTC)  # 23:30 of the last day in Panama
    with clock.stopped_at(last_hour):
        assert queries.state_now(offer) == "open"
        assert queries.get(settled["hn"], offer.id) is offer
    with clock.stopped_at(last_hour + timedelta(hours=1)):
        assert queries.state_now(offer) == "expired"
        assert not queries.list_offers(settled["hn"], queries.Asked(), "").rows


def test_what_was_open_on_a_past_day_is_said_with_the_words_of_that_day(settled: Settled) -> None:
    sponsor = settled["ca-sponsor"]
    offer = actions.create(sponsor, offered(), opens=True)
    actions.create(sponsor, offered(title="Never opened"))
    with clock.stopped_at(MORNING + 10 * DAY):
        wider = (Line("materials", "cash", Decimal("0.10"), "CAD"),)
        actions.edit(sponsor, offer, offered(title="Wider", lines=wider), revision=offer.revision)
    with clock.stopped_at(MORNING + 20 * DAY):
        actions.withdraw(sponsor, offer, reason="Over", revision=offer.revision)

    def said(at: datetime) -> list:
        return [one.terms for one in queries.open_as_of(settled["st"], at)]

    assert said(MORNING - DAY) == []
    assert said(MORNING) == said(MORNING + 9 * DAY) == [offered()]
    assert said(MORNING + 10 * DAY) == [offered(title="Wider", lines=wider)]
    assert said(MORNING + 20 * DAY) == []


def test_a_renewed_offer_was_still_expired_in_between(settled: Settled) -> None:
    sponsor = settled["ca-sponsor"]
    offer = actions.create(sponsor, offered(), opens=True)
    with clock.stopped_at(AFTER_LAST + 30 * DAY):
        later = date(2005, 12, 31)
        actions.renew(sponsor, offer, valid_until=later, revision=offer.revision)
        assert (offer.state, offer.ended_at) == ("open", None)
        for at, stands in ((MORNING, True), (AFTER_LAST, False), (clock.now(), True)):
            found = queries.open_as_of(settled["st"], at)
            assert bool(found) is stands, at
        assert found[0].terms == replace(offered(), valid_until=later)


def test_open_offers_are_read_in_pages_of_ids(settled: Settled) -> None:
    made = {actions.create(settled["ca-sponsor"], offered(), opens=True).id for _ in range(5)}
    first = queries.open_as_of(None, MORNING, size=3)
    rest = queries.open_as_of(None, MORNING, after=first[-1].id, size=3)
    assert [one.id for one in (*first, *rest)] == sorted(made)


def test_lines_and_moves_are_written_once_and_hold_exact_figures(settled: Settled) -> None:
    offer = actions.create(settled["ca-sponsor"], offered(), opens=True)
    assert queries.terms_of(offer) == offered()
    amounts = db.session.scalars(db.select(OfferLine.amount).order_by(OfferLine.line)).all()
    assert amounts == [None, Decimal("18400.50")]
    assert db.session.scalars(db.select(OfferMove.valid_until)).all() == [LAST]
