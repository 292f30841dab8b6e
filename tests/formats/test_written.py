"""Is a format written as one text read back as the same format?"""

from __future__ import annotations

import json

import pytest

from app.formats.load import load_format
from app.formats.spec import Format
from app.formats.written import to_text
from tests.formats.documents import SOUND, case, field, need


@pytest.mark.parametrize(
    "form", [need(), case(), load_format(SOUND)], ids=["need", "case", "sample"]
)
def test_a_written_format_is_read_back_as_the_same(form: Format) -> None:
    again = load_format(to_text(form))
    assert again == form
    assert again.hash == form.hash


def test_a_written_format_needs_no_file_beside_it() -> None:
    assert "file" not in json.loads(to_text(need()))["code_lists"]


def test_a_list_of_its_own_stays_with_its_field() -> None:
    told = field("choice", codes=[{"code": "x", "label": {"es": "X", "en": "X"}}])
    assert told.codes is not None
    assert told.codes.key == "asked"
