"""Can a country that goes unnamed be named to a sponsor by what the Secretariat writes?"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.models import Person
from app.db.base import new_id
from app.extensions import db
from app.formats.canonical import canonical_json
from app.organisations.models import Membership, Organisation
from app.summaries import naming
from app.summaries.models import Routing, SummaryChange, SummaryQuestion
from app.web.errors import Refusal
from tests.calls.browsing import Reader
from tests.calls.settled import MORNING, Settled
from tests.summaries.accepted import Case, accepted


@pytest.fixture
def sent(case: Case) -> Case:
    case.prepare().send()
    return case


def how_many(case: Case, table: type) -> int:
    return case.stored(lambda: db.session.scalar(select(func.count()).select_from(table)))


def who_acts_for_it(case: Case, name: str) -> None:
    """A further colleague of the delegation, of that name."""
    person = Person(id=new_id(), key=None, name=name, email=f"{new_id()}@example.invalid",
                    password=None, fs_uniquifier=new_id(), created_at=MORNING)  # fmt: skip
    db.session.add(person)
    db.session.flush()
    db.session.add(Membership(id=new_id(), person_id=person.id, role="contributor",
                              organisation_id=case.settled.id("hn"), created_at=MORNING))  # fmt: skip


def naming_word(case: Case, text: str, **organisation: str) -> str:
    """The word at which a text is refused, for the case's country or for another; empty if none."""

    def look() -> str:
        opened = case.opened()
        if organisation:
            opened.organisation = Organisation(id=opened.organisation_id, **organisation)
        with db.session.no_autoflush:
            try:
                naming.refuse_naming(opened, {"why": text})
            except Refusal as refusal:
                return str(refusal.params["word"])
        return ""

    return case.stored(look)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Honduras pide esto; contacto: Ana Rivas", "Honduras"),
        ("Lo pide HONDURAS.", "HONDURAS"),
        ("Los colegas hondureños lo piden", "hondureños"),
        ("for hondurenas too", "hondurenas"),
        ("A Honduran course", "Honduran"),
        ("Hon\u00adduras", "Honduras"),
        ("See HND-2004-003", "HND"),
        ("see hnd", "hnd"),
        ("as HN (en) wrote", "HN (en"),
        ("contacto: Ana Rivas", "Ana Rivas"),
        ("contacto: ANA MARÍA RIVAS", "ANA MARÍA"),
        ("the consulate in La Hondura has not asked", ""),
        ("Ana will write; it fits what Guatemala and Canada do", ""),
    ],
)  # fmt: skip
def test_what_the_country_is_called_by_is_found_as_it_was_written(
    case: Case, text: str, word: str
) -> None:
    case.prepare()
    case.stored(lambda: who_acts_for_it(case, "Ana María Rivas (demonstration)"))
    assert naming_word(case, text) == word


def test_the_reference_of_its_need_is_found_whole(case: Case) -> None:
    case.prepare()
    reference = case.stored(lambda: case.opened().dossier.reference)
    assert naming_word(case, f"It is {reference.lower()}, as you know") == reference.lower()


@pytest.mark.parametrize(
    ("country", "name", "text", "word"),
    [
        ("CA", "Canadá", "They can join", ""),
        ("CA", "Canadá", "CAN-2004-001", "CAN"),
        ("CA", "Canadá", "para CANADA", "CANADA"),
        ("PA", "Panamá", "Falta hasta el pan", ""),
        ("PA", "Panamá", "a Panama course", "Panama"),
        ("US", "Estados Unidos", "Se usa entre nosotros; it helps us", ""),
        ("US", "Estados Unidos", "la pide EE.UU.", "EE.UU"),
        ("US", "Estados Unidos", "the US asks", "US"),
        ("US", "Estados Unidos", "the United  States", "United  States"),
        ("SV", "El Salvador", "el  salvador lo pide", "el  salvador"),
    ],
)  # fmt: skip
def test_a_code_that_is_a_word_as_well_names_a_country_in_capitals_only(
    case: Case, country: str, name: str, text: str, word: str
) -> None:
    case.prepare()
    assert naming_word(case, text, country=country, name_es=name, name_en=name) == word


def test_a_reason_that_names_it_is_refused_at_its_place_and_nothing_is_sent(
    case: Case, reader: Reader
) -> None:
    page = f"/summaries/{case.prepare().summary_id}"
    send, typed = f"{page}/routings", "Honduras pide esto; contacto Ana Rivas"
    chosen = [case.settled.id("ca-sponsor")]
    refused = reader.as_(case.st).submit(page, send, sponsors=chosen, why=typed)
    assert refused.status == 422
    assert 'id="error-why"' in refused.html
    assert "“Honduras” tells sponsors which country asks" in refused.words
    assert refused.fields(send)["why"] == [typed]
    assert refused.fields(send)["sponsors"] == chosen
    assert how_many(case, Routing) == 0
    in_spanish = reader.as_(replace(case.st, lang="es")).submit(
        page, send, sponsors=chosen, why=typed
    )
    assert "“Honduras” revela qué país presenta la necesidad" in in_spanish.words
    assert reader.submit(page, send, sponsors=chosen, why="Encaja").status == 303


def test_an_answer_that_names_it_is_refused_at_its_question(sent: Case, reader: Reader) -> None:
    sent.ask("When?")
    page = f"/summaries/{sent.summary_id}"
    shown = reader.as_(sent.st).get(page)
    action = next(one for one in shown.actions() if one.endswith("/answer"))
    refused = reader.send(action, shown.fields(action), answer="The Hondurans say in May")
    assert refused.status == 422
    assert f'id="error-answer-{action.split("/")[-2]}"' in refused.html
    assert "“Hondurans” tells sponsors which country asks" in refused.words
    assert refused.fields(action)["answer"] == ["The Hondurans say in May"]
    assert sent.stored(lambda: db.session.scalar(select(SummaryQuestion.answer))) is None
    assert reader.send(action, shown.fields(action), answer="In May").status == 303


def test_a_rewording_that_names_it_is_refused_and_what_the_country_wrote_stands(
    case: Case, reader: Reader
) -> None:
    def written_so() -> None:
        summary = case.opened().summary
        said = summary.preview.replace("Nobody on the night", "In Honduras nobody on the night")
        summary.preview = canonical_json(json.loads(said)).decode()

    case.prepare()
    case.stored(written_so)
    page = f"/summaries/{case.summary_id}/change"
    refused = reader.as_(case.st).submit(page, note="Spanish", **{"words.title.es": "En Honduras"})
    assert refused.status == 422
    assert 'id="error-words.title.es"' in refused.html
    assert "En Honduras" in refused.html
    assert how_many(case, SummaryChange) == 0
    assert reader.submit(page, note="Spanish", **{"words.title.es": "En puestos"}).status == 303


def test_a_country_that_lets_sponsors_know_its_name_may_be_named(
    settled: Settled, stored: Any, reader: Reader
) -> None:
    case = accepted(settled, stored, sponsors="named").prepare()
    page = f"/summaries/{case.summary_id}"
    done = reader.as_(case.st).submit(page, f"{page}/routings", why="Honduras asks",
                                      sponsors=[settled.id("ca-sponsor")])  # fmt: skip
    assert done.status == 303


def test_the_reason_that_was_sent_is_read_by_the_officer_and_by_its_country(
    sent: Case, reader: Reader
) -> None:
    for actor in (sent.st, sent.hn):
        for path in (f"/summaries/{sent.summary_id}", f"/summaries/of/{sent.need_id}"):
            seen = reader.as_(actor).get(path)
            assert "Why it was sent" in seen.words, path
            assert "It fits" in seen.words, path
