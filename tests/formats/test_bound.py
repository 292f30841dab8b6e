"""Are rows, units and colleagues called by words, and never by what is sealed?"""

from __future__ import annotations

from typing import Any

import pytest

from app.formats.bound import bound, row_name
from app.formats.hidden import hidden
from app.formats.kinds import BadAnswer
from app.formats.projection import Viewer, project
from app.formats.spec import Code, CodeList, Text
from tests.formats.documents import case

FORM = case()
HIDDEN = hidden("1")
PERSON = {"id": "r2", "person_local_id": "P2", "person_role": "POSSIBLE_VICTIM",
          "surname": "NEVER-SHOWN", "age_band": "12-14"}  # fmt: skip
ANSWERS: dict[str, Any] = {
    "report_kind": "FOLLOW_UP", "crime_type": ["MINOR_TRAVEL"], "persons": [PERSON],
    "minors": [{"id": "m1", "minor_local_id": "r2", "siblings": ["r2"]}],
    "recipient_units": ["u1", "u7"],
}  # fmt: skip
UNITS = {
    "units": CodeList("units", (Code("u1", Text("El Salvador · Niñez", "El Salvador · Children")),))
}


def shown(key: str) -> str:
    sections = project(FORM, ANSWERS, Viewer("own"), UNITS)
    return next(f.text("es", "es") for s in sections for f in s.fields if f.field.key == key)


def test_a_row_is_called_by_its_first_answers_that_are_not_sealed() -> None:
    table = FORM.field("persons")
    assert row_name(table, PERSON, 1, "es") == "P2 · Posible víctima · 12 a 14 años"
    assert row_name(table, {"id": "r", "surname": "x", "age_band": HIDDEN}, 4, "en") == "4"


def test_a_pointer_shows_what_it_points_at() -> None:
    assert (
        shown("minors")
        == "P2 · Posible víctima · 12 a 14 años · P2 · Posible víctima · 12 a 14 años"
    )


def test_a_unit_shows_its_name_and_an_unknown_one_no_id() -> None:
    assert shown("recipient_units") == "El Salvador · Niñez; …"


def test_only_what_is_there_can_be_chosen() -> None:
    cell = bound(FORM, FORM.field("minors"), ANSWERS).cell("minor_local_id")
    assert cell.kind.load(["r2"], cell, "es") == "r2"
    with pytest.raises(BadAnswer):
        cell.kind.load(["r9"], cell, "es")
    units = bound(FORM, FORM.field("recipient_units"), ANSWERS, UNITS)
    with pytest.raises(BadAnswer):
        units.kind.load(["u7"], units, "es")


def test_what_points_nowhere_is_left_as_it_is() -> None:
    for key in ("tlp", "legs"):
        assert bound(FORM, FORM.field(key), ANSWERS) is FORM.field(key)


def test_free_text_names_no_row() -> None:
    leg = {"id": "l", "leg_no": 1, "leg_kind": "TRANSIT", "from_country": "HN",
           "from_point": "Agua Caliente", "to_country": "GT"}  # fmt: skip
    assert row_name(FORM.field("legs"), leg, 1, "es") == "1 · Tránsito · Honduras · Guatemala"


def test_a_question_is_called_by_what_is_written() -> None:
    asked = FORM.field("request_text")
    labels = {kind: bound(FORM, asked, {"report_kind": kind}).told_as.en
              for kind in ("REQUEST", "REPLY", "CLOSE")}  # fmt: skip
    assert labels == {
        "REQUEST": "Request detail", "REPLY": "Answer", "CLOSE": "What is told on closing",
    }  # fmt: skip
    assert bound(FORM, asked, {}) is asked
