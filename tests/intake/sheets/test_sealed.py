"""Does a personal or secret answer stay out of every workbook, on the way out and on the way in?"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.formats.load import load_format
from app.formats.spec import Format
from app.intake.sheets.filled import Filled
from app.intake.sheets.fingerprints import compare, fingerprints
from app.intake.sheets.layout import Mark
from app.intake.sheets.lines import SEALED
from app.intake.sheets.reading import read
from app.intake.sheets.tables import NO_SUCH_SHEET
from app.intake.sheets.writing import Entry, workbook

FORM = """
format: letter
version: 1
title: {es: Carta, en: Letter}
title_field: subject
sections:
  - key: first
    title: {es: Uno, en: One}
    fields:
      - {key: subject, kind: text, label: {es: Asunto, en: Subject}, required: true}
      - {key: witness, kind: text, class: secret, label: {es: Testigo, en: Witness}}
      - key: people
        kind: rows
        label: {es: Personas, en: People}
        cells:
          - {key: office, kind: text, label: {es: Oficina, en: Office}}
          - {key: name, kind: text, class: personal, label: {es: Nombre, en: Name}}
      - key: victims
        kind: rows
        class: secret
        label: {es: Víctimas, en: Victims}
        cells:
          - {key: note, kind: text, label: {es: Nota, en: Note}}
"""
HIDDEN = ("Palabras del testigo", "Un nombre", "Otro nombre", "Nota de una víctima")
STORED: dict[str, Any] = {
    "subject": "Una carta", "witness": HIDDEN[0],
    "people": [{"id": "row1", "office": "Norte", "name": HIDDEN[1]}, {"id": "row2", "name": HIDDEN[2]},
               {"id": "row3", "office": "Sur"}],
    "victims": [{"id": "row4", "note": HIDDEN[3]}],
}  # fmt: skip
TABLE, SECRET_TABLE = "people", "victims"


@pytest.fixture
def form() -> Format:
    return load_format(FORM)


@pytest.fixture
def body(app: Any, form: Format) -> bytes:
    with app.test_request_context(headers={"Accept-Language": "es"}):
        return workbook(form, Mark(form.name, 1, "call"), "es", title="T", call="C", plural="P",
                        entries=[Entry("HND-1", STORED)])  # fmt: skip


def read_again(form: Format, body: bytes) -> Filled:
    return read(BytesIO(body), lambda mark: form, "es", lambda done, total: None)


def keyed(book: Any, key: str) -> tuple[Worksheet, int, int]:
    """Sheet, row and column of a hidden key."""
    return next((page, cell.row, cell.column) for page in book.worksheets
                for row in page.iter_rows(max_row=8) for cell in row if cell.value == key)  # fmt: skip


def saved(book: Any) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_workbook_holds_neither_the_answer_nor_the_question(body: bytes) -> None:
    with zipfile.ZipFile(BytesIO(body)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "Norte" in everything
    for words in (*HIDDEN, "Testigo", "Nombre", "Víctimas", "row2", "row4"):
        assert words not in everything, words


def test_signs_that_somebody_can_read_do_not_change_with_it(form: Format) -> None:
    other = {**STORED, "witness": "x", "victims": [],
             "people": [{**row, "name": "x"} for row in STORED["people"]]}  # fmt: skip
    assert fingerprints(form, STORED) == fingerprints(form, other)
    assert fingerprints(form, STORED).keys() == {"subject", "people"}


def test_what_comes_back_as_it_was_changes_nothing(form: Format, body: bytes) -> None:
    (record,) = read_again(form, body).records
    assert compare(form, {"subject", "people"}, record.answers, record.seen, STORED).is_none


def test_a_workbook_takes_nothing_away_that_it_does_not_show(form: Format, body: bytes) -> None:
    book = load_workbook(BytesIO(body))
    page, row, _column = keyed(book, "office")
    page.delete_rows(row + 1, 2)
    (record,) = read_again(form, saved(book)).records
    changes = compare(form, {"subject", "people"}, record.answers, record.seen, STORED)
    assert changes.answers == [(("row1", "people.office"), None)]
    assert [row_id for _asked, row_id in changes.removed] == ["row3"]


@pytest.mark.parametrize("key", ["witness", "witness.1", "name"])
def test_a_column_that_brings_it_along_is_refused_and_its_words_are_said_nowhere(
    form: Format, body: bytes, key: str
) -> None:
    book = load_workbook(BytesIO(body))
    page, row, column = keyed(book, "office" if key == "name" else "subject")
    page.cell(row, column + 5).value = key
    page.cell(row + 1, column + 5).value = HIDDEN[0]
    filled = read_again(form, saved(book))
    (problem,) = filled.problems
    assert (problem.message, problem.found) == (SEALED, "")
    assert filled.records[0].is_bad
    assert "witness" not in filled.records[0].answers


def test_a_sheet_that_brings_a_table_along_is_refused(form: Format, body: bytes) -> None:
    book = load_workbook(BytesIO(body))
    page, row, _column = keyed(book, "office")
    mark = str(page.cell(row, 1).value)
    page.cell(row, 1).value = mark.replace(f":{TABLE}", f":{SECRET_TABLE}")
    filled = read_again(form, saved(book))
    assert {each.message for each in filled.problems} == {NO_SUCH_SHEET}
    assert len(filled.lost) == 2
    assert "victims" not in filled.records[0].answers
