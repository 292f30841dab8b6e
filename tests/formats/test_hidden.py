"""Does a sealed answer tell that it is there and nothing of what it says, whatever kind it is of?"""

from __future__ import annotations

from typing import Any

import pytest

from app.formats.answers import diff, with_derived
from app.formats.completeness import is_ready, missing, problems
from app.formats.hidden import hidden, is_hidden
from app.formats.kinds import KINDS
from app.formats.load import load_format
from app.formats.projection import Viewer, project
from tests.formats.documents import field
from tests.formats.test_completeness import FORM, READY, said

SEALED = hidden("a-mark")
ANY = field("text")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_tells_of_a_sealed_answer_that_it_is_there_and_no_more(kind: str) -> None:
    one, asked = KINDS[kind], ANY
    assert one.show(SEALED, asked, "es", "es_HN") == "sellado"
    assert one.show(SEALED, asked, "en", "en_BZ") == "sealed"
    assert one.cell(SEALED, asked, "en") == "sealed"
    assert one.dump(SEALED, asked, "es_HN") == []
    assert one.is_answered(SEALED)
    assert one.is_complete(SEALED)
    assert one.holds(SEALED) == frozenset()


def test_what_was_erased_is_told_so() -> None:
    gone = hidden("a-mark", is_erased=True)
    assert KINDS["text"].show(gone, ANY, "es", "es_HN") == "borrado para siempre"


def test_a_required_answer_that_is_sealed_is_not_missing() -> None:
    assert missing(FORM, {**READY, "gap": SEALED, "duration": SEALED}) == ()
    row = {**READY["audience"][0], "profile": SEALED, "women": SEALED}
    assert missing(FORM, {**READY, "audience": [row]}) == ()


def test_answers_of_which_one_is_sealed_are_not_judged_against_each_other() -> None:
    row = {"id": "r1", "profile": "prosecutor", "total": SEALED, "women": 3}
    assert problems(FORM, {**READY, "audience": [row]}) == ()
    assert said({**READY, "audience": [{**row, "total": 5}]})
    assert is_ready(FORM, {**READY, "audience": [row]})


def test_nothing_is_worked_out_from_what_is_sealed() -> None:
    answers = with_derived(FORM, {**READY, "duration": SEALED})
    assert {key for key, value in answers.items() if is_hidden(value)} == {"duration"}
    assert answers["course_hours"] is None
    row = {"id": "r1", "total": SEALED}
    assert with_derived(FORM, {**READY, "audience": [row]})["participants"] is None


CONDITION = """\
format: sample
version: 1
title: {es: Muestra, en: Sample}
title_field: title
sections:
  - key: one
    title: {es: Uno, en: One}
    fields:
      - {key: title, kind: text, label: {es: T, en: T}, required: true, first: true}
      - {key: known, kind: yes_no, label: {es: K, en: K}, class: personal}
      - {key: more, kind: text, label: {es: M, en: M}, required: true, when: {field: known, any_of: ["yes"]}}
"""


def test_what_depends_on_a_sealed_answer_is_shown_and_not_missing() -> None:
    form = load_format(CONDITION, name="sample")
    answers: dict[str, Any] = {"title": "x", "known": SEALED}
    assert missing(form, answers) == ()
    assert missing(form, {**answers, "known": True})
    assert not missing(form, {**answers, "known": False})
    [section] = project(form, {**answers, "more": "y"}, Viewer("own"))
    assert [(each.field.key, each.state) for each in section.fields] == [
        ("title", "value"), ("known", "value"), ("more", "value"),
    ]  # fmt: skip


def test_two_marks_that_differ_are_a_change_and_two_alike_are_none() -> None:
    before, after = {"gap": SEALED}, {"gap": hidden("another")}
    assert [each.field for each in diff(FORM, before, after)] == ["gap"]
    assert diff(FORM, before, dict(before)) == ()
