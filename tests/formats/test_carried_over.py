"""Do the answers to one version of a form go along to another, and is what does not fit named?"""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from app.formats.carried_over import carry_over
from app.formats.load import load_format
from app.formats.spec import Format

OLD = """
format: letter
version: 1
title: {es: Carta, en: Letter}
title_field: subject
code_lists:
  colours:
    - {code: blue, label: {es: azul, en: blue}}
    - {code: red, label: {es: rojo, en: red}}
sections:
  - key: first
    title: {es: Uno, en: One}
    fields:
      - {key: subject, kind: text, label: {es: Asunto, en: Subject}, required: true, options: {max: 150}}
      - {key: gone, kind: text, label: {es: Fuera, en: Gone}}
      - {key: pages, kind: integer, label: {es: Páginas, en: Pages}}
      - {key: colour, kind: choice, codes: colours, label: {es: Color, en: Colour}}
      - {key: scans, kind: files, label: {es: Copias, en: Scans}}
      - key: people
        kind: rows
        label: {es: Personas, en: People}
        cells:
          - {key: name, kind: text, label: {es: Nombre, en: Name}}
          - {key: age, kind: integer, label: {es: Edad, en: Age}}
"""
ANSWERS: dict[str, Any] = {
    "subject": "Una carta", "gone": "Ya no se pregunta", "pages": 3, "colour": "red",
    "scans": ["abcdefghij"],
    "people": [{"id": "one", "name": "Ana", "age": 30}, {"id": "two", "age": 31}],
}  # fmt: skip


def numbered() -> Any:
    numbers = count(1)
    return lambda: f"new-{next(numbers)}"


def carried(new: Format, answers: dict[str, Any] = ANSWERS) -> Any:
    return carry_over(load_format(OLD, name="old"), new, answers, numbered())


def changed(*changes: tuple[str, str]) -> Format:
    text = OLD.replace("version: 1", "version: 2")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return load_format(text, name="new")


def test_the_same_form_takes_all_but_files_and_gives_rows_new_ids() -> None:
    found = carried(changed())
    assert found.left_out == ("scans",)
    assert found.answers == {
        "subject": "Una carta", "gone": "Ya no se pregunta", "pages": 3, "colour": "red",
        "people": [{"id": "new-1", "name": "Ana", "age": 30}, {"id": "new-2", "age": 31}],
    }  # fmt: skip


@pytest.mark.parametrize("klass", ["personal", "secret"])
def test_what_is_sealed_in_either_form_stays_where_it_was_written(klass: str) -> None:
    secret = changed(
        ("{key: pages, kind: integer", f"{{key: pages, class: {klass}, kind: integer"),
        ("{key: age, kind: integer", f"{{key: age, class: {klass}, kind: integer"),
    )
    for old, new in ((load_format(OLD), secret), (secret, secret), (secret, load_format(OLD))):
        found = carry_over(old, new, ANSWERS, numbered())
        assert found.left_out == ("pages", "scans", "people.age")
        assert found.answers["people"] == [{"id": "new-1", "name": "Ana"}]
        assert "pages" not in found.answers

    whole = changed(("        kind: rows", f"        kind: rows\n        class: {klass}"))
    found = carry_over(whole, whole, ANSWERS, numbered())
    assert "people" in found.left_out
    assert "people" not in found.answers


def test_a_question_that_is_asked_no_more_is_named() -> None:
    found = carried(changed(("key: gone", "key: other")))
    assert found.left_out == ("gone", "scans")
    assert "gone" not in found.answers
    assert "other" not in found.answers


def test_a_question_of_another_kind_or_with_other_codes_is_left_out() -> None:
    new = changed(("key: pages, kind: integer", "key: pages, kind: text"),
                  ("    - {code: red, label: {es: rojo, en: red}}\n", ""))  # fmt: skip
    found = carried(new)
    assert found.left_out == ("pages", "colour", "scans")


def test_an_answer_that_has_become_too_long_is_left_out() -> None:
    found = carried(changed(("max: 150", "max: 5")))
    assert "subject" in found.left_out


def test_a_cell_that_fits_no_more_is_named_and_an_empty_row_does_not_go_along() -> None:
    found = carried(changed(("key: age, kind: integer", "key: years, kind: integer")))
    assert found.left_out == ("scans", "people.age")
    assert found.answers["people"] == [{"id": "new-1", "name": "Ana"}]


def test_what_was_not_answered_is_not_named() -> None:
    found = carried(changed(("key: gone", "key: other")), {"subject": "Una carta"})
    assert found == type(found)({"subject": "Una carta"}, ())
