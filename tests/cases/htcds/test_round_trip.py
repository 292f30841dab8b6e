"""Does a communication come back from the columns of HTCDS as it left, and does nothing leave that must not?"""

from __future__ import annotations

import csv
import random
import zipfile
from datetime import date
from io import BytesIO, StringIO
from itertools import count
from typing import Any

import openpyxl
import pycountry
import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st

from app.cases.common_format.format import CASE
from app.cases.htcds.exports import Leaving, htcds_csv, htcds_workbook
from app.cases.htcds.giving import give
from app.cases.htcds.importing import Examined, FileKind, examine
from app.cases.htcds.places import CODES, places
from app.cases.htcds.standard import standard
from tests.cases.htcds.chance import EXACT, NOT_SAID, document, said


@pytest.fixture(scope="module")
def app() -> Flask:
    """No more of the application than what words need."""
    app = Flask("app")
    Babel(app)
    return app


LEAVING = Leaving("CRM-HND-2026-000001", "Fiscalía de El Salvador", date(2026, 11, 23))


def sent(app: Flask, given_document: dict[str, Any]) -> bytes:
    with app.test_request_context():
        return htcds_workbook(CASE, given_document, LEAVING, "es")


def read(body: bytes) -> Examined:
    numbers = count(1)
    return examine(BytesIO(body), "cases.xlsx", CASE, lambda: f"id{next(numbers)}")


def came_back(app: Flask, given_document: dict[str, Any]) -> dict[str, Any]:
    examined = read(sent(app, given_document))
    assert examined.kind is FileKind.CASES
    assert examined.taken is not None
    return examined.taken.document


CASE_ = {
    "case_status": "FollowUp",
    "reporting_institution": "=Fiscalía",
    "assistance_given": ["Health", "Legal"],
    "persons": [
        {"id": "a", "citizenship": ["HN", "NI"], "languages": ["es", "en"], "consent": "GIVEN"},
        {"id": "b"},
    ],
    "trafficking": [
        {"id": "t", "victim_local_id": "a", "relationship_to_trafficker": "Unaquainted"},
        {"id": "u", "victim_local_id": "a", "exploitation_type": ["ForcedLabour", "Other"]},
        {
            "id": "v",
            "victim_local_id": "b",
            "labour_sector": "E_WaterSupplySewerageWasteManagement",
        },
    ],
    "legs": [{"id": "l", "leg_kind": "TRANSIT", "to_country": "GT", "leg_date": "2004-05-24"}],
    "suspects": [
        {"id": "s", "suspect_citizenship": ["MX"]},
        {"id": "x", "suspect_role": ["Smuggler"]},
    ],
}


def test_a_communication_comes_back_as_it_left(app: Flask) -> None:
    document_ = came_back(app, CASE_)
    assert said(document_) == said(CASE_)
    assert len(document_["persons"]) == 2
    assert document_["trafficking"][0]["relationship_to_trafficker"] == "Unaquainted"


def test_what_came_from_a_file_is_marked_most_strictly(app: Flask) -> None:
    assert came_back(app, {**CASE_, "tlp": "CLEAR"})["tlp"] == "RED"
    assert CASE.code_lists["tlp2"].codes[0].key == "RED"


@given(st.randoms(use_true_random=False))
def test_any_communication_comes_back_as_far_as_htcds_says_it(
    app: Flask, chance: random.Random
) -> None:
    given_document = document(CASE, chance)
    assert said(came_back(app, given_document)) == said(given_document)


def test_whatever_is_said_exactly_is_known_here() -> None:
    found: dict[str, set[str]] = {}
    for place in places(CASE):
        if not place.is_sealed and place.field.is_asked:
            found.setdefault(place.table, set()).add(place.key)
    assert found == {table: set(keys) for table, keys in EXACT.items()}


def test_every_code_of_the_standard_has_one_of_ours() -> None:
    for place in places(CASE):
        if (
            place.field.codes is None
            or place.field.kind.name not in ("choice", "choices")
            or place.is_language
        ):
            continue
        for code in place.item.codes:
            ours = place.ours(code)
            assert ours is not None, (place.item.name, code)
            assert place.theirs(ours) == code


def test_each_language_is_written_as_iso_639_2_has_it() -> None:
    for ours, theirs in CODES["languages"].items():
        known = pycountry.languages.get(alpha_2=ours) or pycountry.language_families.get(
            alpha_3=ours
        )
        assert known.alpha_3 == theirs
    missing = {code.key for code in CASE.code_lists["languages"].codes} - CODES["languages"].keys()
    assert missing == NOT_SAID["languages"]


def test_each_map_of_the_format_names_a_field_of_the_standard() -> None:
    prefixes = {item.name[:4] for item in standard().items}
    named = {name.removesuffix("~") for field in CASE.fields for each in (field, *field.cells)
             for name in each.maps if name[:4] in prefixes}  # fmt: skip
    assert named <= standard().by_name.keys()
    assert len(named) > 30


def with_canaries() -> dict[str, Any]:
    """A word planted in every answer that is personal or secret."""
    found: dict[str, Any] = dict(CASE_)
    for field in CASE.fields:
        if field.is_rows:
            sealed = {
                cell.key: f"CANARIO-{field.key}-{cell.key}"
                for cell in field.cells
                if cell.klass.is_sealed
            }
            found[field.key] = [{**row, **sealed} for row in found.get(field.key) or [{"id": "z"}]]
        elif field.klass.is_sealed:
            found[field.key] = f"CANARIO-{field.key}"
    return found


def test_no_personal_or_secret_answer_leaves(app: Flask) -> None:
    body = sent(app, with_canaries())
    with zipfile.ZipFile(BytesIO(body)) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    assert not any(b"CANARIO" in part for part in parts)
    assert "CANARIO" not in "".join(htcds_csv(CASE, with_canaries()))


def test_whether_such_an_answer_was_given_changes_nothing_that_leaves(app: Flask) -> None:
    assert sent(app, with_canaries()) == sent(app, {**with_canaries(), **without_canaries()})
    assert list(htcds_csv(CASE, with_canaries())) == list(htcds_csv(CASE, CASE_))


def without_canaries() -> dict[str, Any]:
    plain = with_canaries()
    for field in CASE.fields:
        if field.is_rows:
            plain[field.key] = [
                {key: value for key, value in row.items() if not str(value).startswith("CANARIO")}
                for row in plain[field.key]
            ]
        elif str(plain.get(field.key)).startswith("CANARIO"):
            plain[field.key] = None
    return plain


def test_what_stands_in_the_place_of_a_hidden_or_masked_answer_does_not_leave(app: Flask) -> None:
    hidden = {"sealed": "abc"}
    masked = {
        "case_status": hidden, "reporting_institution": {"masked": "x"},
        "persons": [{"id": "a", "citizenship": "Centroamérica", "consent": hidden}],
        "legs": [{"id": "l", "leg_date": "2004", "to_country": "México"}],
    }  # fmt: skip
    assert said(came_back(app, masked)) == said({})
    # Of what is hidden it is not said either that HTCDS has no word for it.
    assert (
        give(
            CASE, {"reporting_institution": hidden, "legs": [{"id": "l", "to_point": hidden}]}
        ).unsaid.total()
        == 0
    )


def about(body: bytes) -> str:
    sheet = openpyxl.load_workbook(BytesIO(body))["about"]
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def test_the_file_says_what_it_is_and_what_was_left_out(app: Flask) -> None:
    text = about(
        sent(
            app,
            {**CASE_, "persons": [{"id": "a", "languages": ["es", "miq"], "citizenship": ["XXA"]}]},
        )
    )
    for words in (
        "HTCDS 2.0",
        "HTCDS by IOM, CC BY 4.0",
        "CRM-HND-2026-000001",
        "Apellidos",
        "Idiomas",
    ):
        assert words in text, text


def test_cells_that_look_like_formulas_are_texts(app: Flask) -> None:
    book = openpyxl.load_workbook(BytesIO(sent(app, CASE_)))
    cells = [
        cell for row in book["Case Sheet"].iter_rows() for cell in row if cell.value == "=Fiscalía"
    ]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_list_has_every_row_and_no_formula() -> None:
    text = "".join(htcds_csv(CASE, CASE_)).removeprefix("\ufeff")
    rows = list(csv.DictReader(StringIO(text)))
    assert {name for name in rows[0] if name != "#"} <= standard().by_name.keys()
    assert [row["#"] for row in rows] == ["1", "1", "2", "", "", "", "", ""]
    assert {row["org_Name"] for row in rows} == {"'=Fiscalía", ""}
    assert rows[5]["hte_Date"] == "2004-05-24"


@pytest.mark.parametrize("document_", [{}, {"persons": []}, {"persons": [{"id": "a"}]}])
def test_a_communication_without_such_answers_leaves_empty_sheets(
    app: Flask, document_: dict[str, Any]
) -> None:
    assert said(came_back(app, document_)) == said({})
