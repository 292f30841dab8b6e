"""May the Secretariat begin with words of a match, and do they tell a sponsor no more than it reads?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.calls.models import Call
from app.extensions import db
from app.funding.matches import quoting
from app.intake.models import Version
from app.needs import facts
from app.needs.counting import facts_of
from app.needs.format import NEED
from app.summaries import beginnings
from tests.calls.browsing import Reader
from tests.calls.settled import MORNING, Settled
from tests.matches.offering import TODAY, offer
from tests.summaries.accepted import ANSWERS, Case, accepted, another_sponsor

Stored = Callable[[Callable[[], Any]], Any]


@pytest.fixture
def case(settled: Settled, stored: Stored) -> Case:
    """Honduras's accepted need in force, unnamed to sponsors, with its summary prepared."""
    made = accepted(settled, stored)

    def count() -> None:
        version = db.session.scalars(
            db.select(Version).where(Version.dossier_id == made.need_id, Version.number == 2)
        ).one()
        facts.store([facts.CountedVersion(
            version_id=version.id, organisation_id=version.organisation_id, need_id=made.need_id,
            call_id=db.session.scalars(db.select(Call.id)).one(), country="HN", valid_from=MORNING,
            valid_to=None, facts=facts_of(NEED, ANSWERS),
        )])  # fmt: skip

    stored(count)
    return made.prepare()


FITS: dict[str, Any] = {
    "themes": ["T2", "T5"], "profiles": ["consular"], "countries": ["HN"], "languages": [],
    "modalities": ["in_person"], "lines": ("materials",), "window_from": None, "window_to": None,
}  # fmt: skip


def words(case: Case) -> str:
    (found,) = case.stored(lambda: beginnings.of(case.opened()))
    return str(found.text)


def test_words_say_what_fits_in_both_languages_and_not_whose_need_it_is(case: Case) -> None:
    case.stored(lambda: offer(case.settled.id("ca-sponsor"), "Detección", **FITS))
    said = words(case)
    assert (
        "Coincide con el contenido temático de su ofrecimiento: “Detección e indicadores”." in said
    )
    assert "It is for people of the profile that you offer to train: “Consular staff”." in said
    assert "La cantidad de participantes cabe en los cupos de su ofrecimiento." in said
    assert "Hondur" not in said
    assert "país" not in said.lower()
    assert "countr" not in said.lower()


def test_what_is_not_in_the_summary_is_not_said(case: Case) -> None:
    case.stored(lambda: offer(case.settled.id("ca-sponsor"), "Detección", **FITS))
    general = {"es": "Formación presencial", "en": "Training on the spot"}
    case.change({"modality": general}, "themes", "audience.profile")
    case.decide("consented")
    said = words(case)
    assert "Detección" not in said  # left out
    assert "Personal consular" not in said  # a column left out
    assert "Presencial" not in said  # said in more general words
    assert "cupos" not in said  # quotes nothing that could be looked for
    assert "Materiales didácticos" in said


def test_each_sponsor_has_the_words_of_its_best_open_offer_that_fits(case: Case) -> None:
    def offers() -> tuple[str, str, str]:
        one, other = case.settled.id("ca-sponsor"), another_sponsor()
        best = offer(one, "La mejor", **FITS)
        offer(one, "Menos", **{**FITS, "themes": ["T2"], "modalities": ["blended"]})
        offer(one, "Vencida", **FITS, state="expired", valid_until=TODAY)
        offer(other, "Otra cosa", **{**FITS, "themes": ["T9"]})
        offer(case.settled.id("sv"), "Sede", **FITS, roles=["host"])
        return best, one, other

    best, one, _ = case.stored(offers)
    found = case.stored(lambda: quoting.beginnings(case.opened()))
    assert [(each.key, each.sponsor_id) for each in found] == [(best, one)]


def test_words_that_name_the_country_all_the_same_are_not_offered(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.stored(lambda: offer(case.settled.id("ca-sponsor"), "Detección", **FITS))
    monkeypatch.setattr(quoting, "_text", lambda *_: "Para Honduras.")
    monkeypatch.setattr(beginnings, "_sources", [quoting.beginnings])
    assert case.stored(lambda: beginnings.of(case.opened())) == []


def test_one_begins_with_the_words_amends_and_sends_them(case: Case, reader: Reader) -> None:
    key = case.stored(lambda: offer(case.settled.id("ca-sponsor"), "Detección", **FITS))
    page = f"/summaries/{case.summary_id}"
    reader.as_(case.st)
    assert f"{page}?begin=#send" in reader.get(page).links()
    chosen = reader.get(f"{page}?begin=")
    assert f"{page}?begin={key}#send" in chosen.links()
    assert chosen.fields(f"{page}/routings")["why"] == [""]
    begun = reader.get(f"{page}?begin={key}").fields(f"{page}/routings")
    assert "It matches the thematic content of your offer" in begun["why"][0]
    assert case.stored(lambda: case.opened().summary.released_id) is None
    sent = reader.send(f"{page}/routings", begun, sponsors=case.settled.id("ca-sponsor"),
                       why=begun["why"][0] + " Gracias.")  # fmt: skip
    assert sent.status == 303
    read = reader.as_(case.sponsor).get(f"/received/{case.routing_id()}")
    assert "Coincide con el contenido temático de su ofrecimiento" in read.html


def test_where_nothing_fits_the_page_says_so(case: Case, reader: Reader) -> None:
    said = reader.as_(case.st).get(f"/summaries/{case.summary_id}?begin=nonsense")
    assert "No open offer of a sponsor fits." in said.words
