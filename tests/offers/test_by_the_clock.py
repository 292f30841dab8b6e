"""Do offers end by themselves, are their writers warned in time and once, and hosts reminded?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from app import clock
from app.extensions import db
from app.funding.offers import actions, by_the_clock
from app.funding.offers.models import Offer
from app.outbox import kinds, letters
from app.outbox.conditions import is_still_due
from app.outbox.models import OutboxMessage
from tests.calls.settled import Settled
from tests.offers.offered import LAST, hosting, offered

DAY = timedelta(days=1)
NOON_OF_LAST = datetime(2004, 12, 31, 17, 0, tzinfo=UTC)


@pytest.fixture
def at(app: Flask, stored: Callable) -> Callable[[datetime], dict[str, Any]]:
    """Lets the job come round at an instant; what is known of offers and mail afterwards."""

    def come_round(instant: datetime) -> dict[str, Any]:
        with clock.stopped_at(instant):
            with app.app_context():
                by_the_clock.keep_up()
            return stored(read)

    return come_round


def read() -> dict[str, Any]:
    told = db.session.scalars(db.select(OutboxMessage.kind)).all()
    return {"state": db.session.scalars(db.select(Offer.state)).one(), "told": sorted(told)}


def test_it_is_warned_of_fourteen_days_before_and_ends_after_its_last_day(
    settled: Settled, stored: Callable, at: Callable
) -> None:
    stored(lambda: actions.create(settled["ca-sponsor"], offered(), opens=True).id)
    assert at(NOON_OF_LAST - 15 * DAY) == {"state": "open", "told": ["offer-opened"]}
    warned = {"state": "open", "told": ["offer-ending", "offer-opened"]}
    assert at(NOON_OF_LAST - 14 * DAY) == warned
    assert at(NOON_OF_LAST) == warned
    ended = {"state": "expired", "told": ["offer-ending", "offer-expired", "offer-opened"]}
    assert at(NOON_OF_LAST + DAY) == ended
    assert at(NOON_OF_LAST + 30 * DAY) == ended


def test_a_renewed_offer_is_warned_of_anew(
    settled: Settled, stored: Callable, at: Callable
) -> None:
    offer_id = stored(lambda: actions.create(settled["ca-sponsor"], offered(), opens=True).id)
    at(NOON_OF_LAST - 14 * DAY)

    def renew() -> None:
        offer = db.session.get_one(Offer, offer_id)
        actions.renew(settled["ca-sponsor"], offer, valid_until=date(2005, 12, 31),
                      revision=offer.revision)  # fmt: skip

    with clock.stopped_at(NOON_OF_LAST):
        stored(renew)
    assert at(NOON_OF_LAST + DAY)["told"].count("offer-ending") == 1
    assert at(NOON_OF_LAST + 360 * DAY)["told"].count("offer-ending") == 2


def test_a_host_is_reminded_once_on_the_day_that_it_chose(
    settled: Settled, stored: Callable, at: Callable
) -> None:
    stored(lambda: actions.create(settled["hn"], hosting(), opens=True).id)
    day = datetime(2004, 6, 14, 17, 0, tzinfo=UTC)
    assert "offer-date" not in at(day - DAY)["told"]
    for instant in (day, day + DAY):
        assert at(instant)["told"].count("offer-date") == 1


def test_no_letter_goes_out_about_what_was_settled_meanwhile(
    settled: Settled, stored: Callable
) -> None:
    def about() -> tuple[bool, bool, bool]:
        offer = actions.create(settled["hn"], hosting(valid_until=date(2004, 6, 1)), opens=True)
        params = {"offer": offer.id, "day": f"{offer.valid_until}"}
        asked = [is_still_due(kind, params) for kind in ("offer-ending", "offer-date")]
        actions.renew(settled["hn"], offer, valid_until=LAST, revision=offer.revision)
        terms = hosting(date_known=True, window_from=date(2004, 9, 1))
        actions.edit(settled["hn"], offer, terms, revision=offer.revision)
        later = [is_still_due(kind, params) for kind in ("offer-ending", "offer-date")]
        return (*asked, *later)

    assert stored(about) == (True, True, False, False)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_letters_lead_to_the_page_and_say_no_more(
    settled: Settled, stored: Callable, lang: str
) -> None:
    def written() -> dict[str, str]:
        offer = actions.create(settled["ca-sponsor"], offered(), opens=True)
        person = SimpleNamespace(id="x", name="Somebody", email="x@example.org", lang=lang)
        params = {"offer": offer.id, "day": f"{offer.valid_until}"}
        return {
            kind: letters.write(kind, kinds.variables(kind, params, person), person,
                                "https://enlace.test").body
            for kind in ("offer-opened", "offer-withdrawn", "offer-ending", "offer-expired",
                         "offer-date")
        } | {"id": offer.id}  # fmt: skip

    said = stored(written)
    offer_id = said.pop("id")
    for kind, body in said.items():
        page = {"offer-ending": "/renewal", "offer-expired": "/renewal", "offer-date": "/edit"}
        assert f"https://enlace.test/offers/{offer_id}{page.get(kind, '')}\n" in body
        for word in ("consular", "18400", "An office", "(en)"):
            assert word not in body
