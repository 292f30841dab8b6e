"""Does the Common Format work on the engine's pages: rows with pages, sections that count, the quick screen?"""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask

from tests.accounts.house import House, build
from tests.intake.case_draft import CaseDraft, blueprint

TEXT = "La persona adulta no supo decir quién espera a las niñas ni dónde vivirán. " * 11
"""About a hundred and fifty words."""
MOST = 15_000


@pytest.fixture
def app(app: Flask, database: Any, instance: Any) -> Iterator[Flask]:
    """The application with the draft's pages."""
    from app import create_app
    from tests.support.world import let_go, settings

    made = create_app(settings(database.url, instance))
    made.register_blueprint(blueprint())
    yield made
    let_go(made)


@pytest.fixture
def draft(app: Flask) -> CaseDraft:
    house: House = build(app)
    return CaseDraft(app, house)


def start(draft: CaseDraft, kind: str = "FOLLOW_UP", **more: Any) -> None:
    answer = draft.send("sections/envelope", report_kind=kind, tlp="AMBER", purpose="PROTECTION",
                        recipient_units=["u1"], **{"legal_basis.code": "TREATY"})  # fmt: skip
    assert answer.status_code == 303
    answer = draft.send("sections/case", crime_type=["MINOR_TRAVEL"], detection_date="05/2004",
                        detection_country="HN", summary=TEXT, **more)  # fmt: skip
    assert answer.status_code == 303


def steps(page: str) -> list[str]:
    """The pages of the draft that a page leads to."""
    return re.findall(r'/sections/(\w+)"', page)


def test_sections_that_do_not_count_are_not_on_the_way(draft: CaseDraft) -> None:
    draft.send("sections/envelope", report_kind="REPLY")
    page = draft.get("sections/envelope").text
    assert "/sections/persons" in page
    assert "/sections/case" not in page
    draft.send("sections/envelope", report_kind="CLOSE")
    assert "/sections/persons" not in draft.get("sections/envelope").text
    answer = draft.send("sections/envelope", _more="1")
    assert answer.location.endswith("/sections/exchange")


def test_a_draft_is_called_by_its_reference(draft: CaseDraft) -> None:
    draft.send("sections/envelope", report_kind="ALERT")
    assert "CRM-HND-2004-7K3QX2" in draft.get("sections/case").text


def test_the_quick_alert_saves_answers_of_several_sections(draft: CaseDraft) -> None:
    draft.send("sections/envelope", report_kind="ALERT")
    assert "/sections/alert" in draft.get("sections/envelope").text
    answer = draft.send(
        "sections/alert", tlp="AMBER", crime_type=["TIP"], detection_date="05/2004",
        detection_country="HN", recipient_units=["u2"], purpose="PROTECTION",
        **{"legal_basis.code": "TREATY", "legal_basis.detail": "Protocolo de Palermo, art. 10"},
    )  # fmt: skip
    assert answer.location.endswith("/check")
    assert draft.document()["legal_basis"]["detail"] == "Protocolo de Palermo, art. 10"
    checked = draft.get("check").text
    assert "Antes de certificar" not in checked.replace("Antes de poder", "Antes de")
    assert "Guatemala · Fiscalía" in checked
    assert draft.send("sections/alert", _more="1").location.endswith("/sections/envelope")


def test_the_quick_alert_is_there_for_alerts_alone(draft: CaseDraft) -> None:
    start(draft)
    assert "/sections/alert" not in draft.get("sections/case").text


def test_rows_are_a_list_with_a_page_each(draft: CaseDraft) -> None:
    start(draft)
    child = draft.add("persons", "persons", person_role="MINOR", age_band="12-14")
    adult = draft.add("persons", "persons", person_role="ACCOMPANYING_ADULT", age_band="25-34")
    listed = html.unescape(draft.get("sections/persons").text)
    assert "P1 · Niña, niño o adolescente · 12 a 14 años" in listed
    assert "P2 · Persona adulta que acompaña · 25 a 34 años" in listed
    assert f"persons.{child}.surname" not in listed
    page = html.unescape(draft.get(f"sections/persons.{child}").text)
    assert f'name="persons.{child}.person_role"' in page
    assert f'name="persons.{adult}.person_role"' not in page
    assert f"sections/persons.{adult}" in page, "the next one"


def test_a_minor_points_at_persons_by_their_names(draft: CaseDraft) -> None:
    start(draft)
    child = draft.add("persons", "persons", person_role="MINOR", age_band="12-14")
    adult = draft.add("persons", "persons", person_role="ACCOMPANYING_ADULT", age_band="25-34")
    pair = draft.add("minors", "minors", minor_local_id=child, accompanying_local_id=adult)
    page = html.unescape(draft.get(f"sections/minors.{pair}").text)
    assert f'<option value="{child}" selected>P1 · Niña, niño o adolescente' in page
    draft.send(f"sections/minors.{pair}", **{f"minors.{pair}.minor_local_id": adult})
    assert "no es menor de 18" in draft.get("sections/minors").text
    assert "no es menor de 18" in draft.get("check").text


def test_a_row_is_removed_on_its_page_and_no_number_comes_again(draft: CaseDraft) -> None:
    start(draft)
    first = draft.add("persons", "persons", person_role="MINOR")
    answer = draft.send(f"sections/persons.{first}", _remove=first)
    assert answer.location.endswith("/sections/persons#removed-persons")
    assert draft.get(f"sections/persons.{first}").status_code == 404
    draft.add("persons", "persons", person_role="WITNESS")
    assert [row["person_local_id"] for row in draft.document()["persons"]] == ["P2"]


def test_what_was_typed_into_a_row_removed_meanwhile_is_shown(draft: CaseDraft) -> None:
    start(draft)
    row = draft.add("persons", "persons", person_role="MINOR")
    page = draft.form(f"sections/persons.{row}")
    draft.send(f"sections/persons.{row}", draft.beto, _remove=row)
    answer = draft.post(f"sections/persons.{row}", page, **{f"persons.{row}.sex": "F"})
    assert answer.status_code == 409
    assert "Femenino" in answer.text


def test_nobody_overwrites_what_a_colleague_wrote_in_a_row(draft: CaseDraft) -> None:
    start(draft)
    row = draft.add("persons", "persons", person_role="MINOR")
    page = draft.form(f"sections/persons.{row}")
    draft.send(f"sections/persons.{row}", draft.beto, **{f"persons.{row}.sex": "F"})
    answer = draft.post(f"sections/persons.{row}", page, **{f"persons.{row}.sex": "M"})
    assert answer.status_code == 409
    assert draft.document()["persons"][0]["sex"] == "F"
    assert f'name="_conflict.persons.{row}.sex"' in answer.text


def test_pages_of_rows_that_are_not_there_are_missing(draft: CaseDraft) -> None:
    start(draft)
    for page in ("persons.nobody", "companion_crossings.x", "nothing.x"):
        assert draft.get(f"sections/{page}").status_code == 404


def test_the_next_row_is_one_press_away(draft: CaseDraft) -> None:
    start(draft)
    row = draft.add("persons", "persons", person_role="MINOR")
    answer = draft.send(f"sections/persons.{row}", _add="persons")
    assert re.search(r"/sections/persons\.\w+$", answer.location)
    assert draft.send(f"sections/persons.{row}", _stay=None).location.endswith(
        "/sections/persons#persons"
    )


def test_what_is_doubtful_is_told_and_stops_nothing(draft: CaseDraft) -> None:
    start(draft)
    draft.add("route", "legs", leg_kind="TRANSIT", from_country="HN", leg_date="24/05/2004")
    draft.add("route", "legs", leg_kind="TRANSIT", to_country="US", leg_date="23/05/2004")
    checked = draft.get("check").text
    assert "Este tramo sería anterior al que lo precede" in checked
    assert "Esto puede estar bien" in checked


def test_parts_that_were_not_mounted_have_no_pages(draft: CaseDraft) -> None:
    for page in ("review", "filing", "comments", "withdrawal", "document.pdf", "beginning"):
        assert draft.get(page).status_code == 404
    start(draft)
    assert "comments" not in draft.get("sections/case").text


def opened(draft: CaseDraft, page: str) -> str:
    """A page with what is sealed on it opened."""
    form = draft.form(page) | {"_purpose": "checking"}
    answer = draft.post("sections/openings", form)
    assert answer.status_code == 200
    return html.unescape(answer.text)


def test_the_page_of_a_row_opens_what_is_sealed_in_that_row_alone(draft: CaseDraft) -> None:
    start(draft)
    first = draft.add("persons", "persons", surname="Primer-Apellido")
    draft.add("persons", "persons", surname="Segundo-Apellido")
    shown = opened(draft, f"sections/persons.{first}")
    assert "Primer-Apellido" in shown
    assert "Segundo-Apellido" not in shown
    for page in ("sections/persons", f"sections/persons.{first}", "check"):
        assert "Apellido" not in draft.get(page).text.replace("Apellidos", "")


def test_what_a_birth_date_says_stays_unsaid_while_it_is_sealed(draft: CaseDraft) -> None:
    start(draft)
    child = draft.add("persons", "persons", birth_date="1995-05", is_minor="no")
    assert "por la edad lo es" not in draft.get("check").text
    draft.add("minors", "minors", minor_local_id=child)
    draft.send(f"sections/persons.{child}", **{f"persons.{child}.is_minor": ""})
    checked = draft.get("check").text
    assert "Falta decir la edad" not in checked
    assert "/sections/minors" in checked


def weigh(page: Any) -> int:
    assert page.status_code == 200
    return len(gzip.compress(page.data))


def test_pages_with_five_persons_and_six_legs_are_light(draft: CaseDraft) -> None:
    start(draft)
    countries = ["HN", "GT", "MX", "US", "CA", "PA", "CR"]
    people = [
        draft.add("persons", "persons", person_role=role, sex="F", citizenship=["HN"],
                  birth_country="HN", protection_need=["MEDICAL", "INTERPRETER"],
                  languages=["es", "miq"], surname="Apellido Compuesto", given_names="Nombre Largo",
                  health_notes=TEXT, age_band=band, consent="PENDING")
        for role, band in (("MINOR", "6-11"), ("MINOR", "12-14"), ("MINOR", "15-17"),
                           ("ACCOMPANYING_ADULT", "25-34"), ("WITNESS", "50+"))
    ]  # fmt: skip
    legs = [
        draft.add("route", "legs", leg_kind="TRANSIT", from_country=before, to_country=after,
                  from_point="Puesto de salida", to_point="Puesto de llegada", leg_date="05/2004",
                  transport_mode="BUS", crossing_kind="BLIND_SPOT", carrier="Autobús sin rótulo")
        for before, after in pairwise(countries)
    ]  # fmt: skip
    pair = draft.add("minors", "minors", minor_local_id=people[0], accompanying_local_id=people[3])
    draft.send("sections/exchange", request_text=TEXT, request_kind=["INFORMATION"])
    weights = {
        page: weigh(draft.get(page))
        for page in (
            *("sections/envelope", "sections/case", "sections/persons", "sections/route"),
            *("sections/minors", "sections/exchange", "check", f"sections/persons.{people[1]}"),
            *(f"sections/legs.{legs[2]}", f"sections/minors.{pair}"),
        )
    }
    assert {page: weight for page, weight in weights.items() if weight > MOST} == {}
