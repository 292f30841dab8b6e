"""Do the pages of offers say what is wrong at its place, keep what was typed, and do what they say?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from app.extensions import db
from app.funding.offers import actions, queries
from app.funding.offers.models import Offer
from tests.calls.browsing import Reader
from tests.calls.settled import Settled
from tests.offers.offered import hosting, offered

NEW = "/offers/new"
WHOLE = {
    "title": "Training of trainers", "kind": "one_time", "roles": ["payer"], "themes": ["T20"],
    "profiles": ["trainer"], "valid_until": "31 December 2004", "contact": "An office",
    "form.materials": "in_kind", "then": "open",
}  # fmt: skip


def only(stored: Callable) -> tuple[Offer, object]:
    def read() -> tuple[Offer, object]:
        offer = db.session.scalars(db.select(Offer)).one()
        terms = queries.terms_of(offer)
        db.session.expunge(offer)
        return offer, terms

    return stored(read)


def test_a_sponsor_writes_an_offer_and_opens_it_in_one_step(
    reader: Reader, settled: Settled, stored: Callable
) -> None:
    reader.as_(settled["ca-sponsor"])
    sent = reader.submit(NEW, **WHOLE)
    assert sent.status == 303, sent.words
    offer, terms = only(stored)
    assert (offer.state, terms.roles, terms.themes) == ("open", ("payer",), ("T20",))
    assert [(one.line, one.form, one.amount) for one in terms.lines] == [
        ("materials", "in_kind", None)
    ]
    assert "Training of trainers" in reader.get("/offers").words
    page = reader.get(f"/offers/{offer.id}")
    assert "As needed" in page.words
    assert "Person of ca-sponsor" in page.words


def test_every_mistake_is_said_at_its_place_and_what_was_typed_stays(
    reader: Reader, settled: Settled, stored: Callable
) -> None:
    reader.as_(settled["ca-sponsor"])
    typed = {
        "title": "My words", "days": "some", "seats_min": "20", "seats_max": "10",
        "valid_until": "1 January 2004", "form.materials": "", "amount.materials": "300",
        "form.platform": "cash", "amount.platform": "1,5", "contact": "Mine", "then": "open",
        "amount": "12.345", "window_from": "2 June 2004", "window_to": "1 June 2004",
    }  # fmt: skip
    sent = reader.submit(NEW, **typed)
    assert sent.status == 422
    for name in ("kind", "roles", "themes", "profiles", "days", "seats_max", "valid_until",
                 "form.materials", "amount.platform", "amount", "window_to"):  # fmt: skip
        assert f'id="error-{name}"' in sent.html, name
        assert f'href="#{name}"' in sent.html, name
    held = sent.fields(NEW)
    assert {name: held[name][0] for name in typed if name != "then"} == {
        name: text for name, text in typed.items() if name != "then"
    }
    assert "<details" in sent.html
    assert "open><summary" in sent.html
    assert stored(lambda: db.session.scalar(db.select(db.func.count(Offer.id)))) == 0


@pytest.mark.parametrize(("country", "typed", "amount"), [
    ("HN", "18,400.50", "18400.50"), ("CR", "18.400,50", "18400.50"), ("CR", "18 400,5", "18400.5"),
    ("HN", "0.10", "0.10"),
])  # fmt: skip
def test_amounts_are_read_exactly_as_the_region_writes_them(
    reader: Reader, settled: Settled, stored: Callable, country: str, typed: str, amount: str
) -> None:
    reader.as_(replace(settled["ca-sponsor"], country=country, lang="es"))
    whole = {**WHOLE, "form.trainers_travel": "cash", "amount.trainers_travel": typed,
             "currency.trainers_travel": "USD", "valid_until": "31 de diciembre de 2004"}  # fmt: skip
    sent = reader.submit(NEW, **whole)
    assert sent.status == 303, sent.words
    _, terms = only(stored)
    found = {one.line: one.amount for one in terms.lines}
    assert found["trainers_travel"] == Decimal(amount)


def test_a_draft_needs_no_more_than_a_title(
    reader: Reader, settled: Settled, stored: Callable
) -> None:
    reader.as_(settled["hn"])
    sent = reader.submit(NEW, title="Sede", contact="", then="draft")
    assert sent.status == 303, sent.words
    offer, terms = only(stored)
    assert (offer.state, terms.roles, terms.named_to_sponsors) == ("draft", ("host",), None)
    reader.as_(settled["st"]).get(f"/offers/{offer.id}", status=404)
    reader.as_(settled["hn"])
    page = reader.submit(f"/offers/{offer.id}/edit", then="open")
    assert page.status == 422
    for name in ("kind", "date_known", "named_to_sponsors", "valid_until", "contact"):
        assert f'id="error-{name}"' in page.html, name
    sent = reader.submit(
        f"/offers/{offer.id}/edit", kind="one_time", date_known="no", remind_on="14 June 2004",
        named_to_sponsors="no", valid_until="31 December 2004", contact="Oficina", then="open",
    )  # fmt: skip
    assert sent.status == 303, sent.words
    assert only(stored)[0].state == "open"


def test_a_form_without_its_button_is_no_form(reader: Reader, settled: Settled) -> None:
    reader.as_(settled["ca-sponsor"])
    assert reader.submit(NEW, **{**WHOLE, "then": None}).status == 400


def test_who_was_slower_reads_so_and_keeps_every_word(
    reader: Reader, settled: Settled, stored: Callable
) -> None:
    made = stored(lambda: actions.create(settled["ca-sponsor"], offered(), opens=True).id)
    edit = f"/offers/{made}/edit"
    reader.as_(settled["ca-sponsor"])
    held = reader.get(edit).fields(edit)
    assert reader.submit(edit, title="A colleague's", then="open").status == 303
    sent = reader.send(edit, held, title="Mine", then="open")
    assert sent.status == 409
    assert sent.fields(edit)["title"] == ["Mine"]
    again = reader.send(edit, {**sent.fields(edit)}, then="open")
    assert again.status == 303, again.words
    assert only(stored)[0].title == "Mine"


def test_one_step_renews_and_a_reason_withdraws(
    reader: Reader, settled: Settled, stored: Callable
) -> None:
    made = stored(lambda: actions.create(settled["ca-sponsor"], offered(), opens=True).id)
    reader.as_(settled["ca-sponsor"])
    assert reader.submit(f"/offers/{made}/renewal").status == 303
    assert f"{only(stored)[0].valid_until}" == "2005-12-31"
    refused = reader.submit(f"/offers/{made}/withdrawal", reason=" ")
    assert refused.status == 422
    assert 'id="error-reason"' in refused.html
    assert reader.submit(f"/offers/{made}/withdrawal", reason="No funds").status == 303
    assert "No funds" in reader.as_(settled["st"]).get(f"/offers/{made}").words
    reader.as_(settled["hn"]).get(f"/offers/{made}", status=404)
    reader.as_(settled["ca-sponsor"]).get(f"/offers/{made}/edit", status=303)


def test_a_foreign_offer_is_like_none(reader: Reader, settled: Settled, stored: Callable) -> None:
    made = stored(lambda: actions.create(settled["hn"], hosting(), opens=True).id)
    reader.as_(settled["ca-sponsor"]).get(f"/offers/{made}", status=404)
    for page in ("edit", "renewal", "withdrawal"):
        reader.as_(settled["sv"]).get(f"/offers/{made}/{page}", status=404)
    seen = reader.as_(settled["sv"]).get(f"/offers/{made}").words
    assert "Person of hn" not in seen
