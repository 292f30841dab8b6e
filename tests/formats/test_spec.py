"""Can a format be asked for what it has, and say clearly what it has not?"""

from __future__ import annotations

import pytest

from app.formats.spec import Text, UnknownField, UnknownSection
from tests.formats.documents import need

FORM = need()


def test_fields_and_sections_are_found_by_key() -> None:
    assert FORM.field("themes").key == "themes"
    assert FORM.section_of("modality") is FORM.section("delivery")
    assert FORM.field("audience").cell("women").kind.name == "integer"
    assert "themes" in FORM
    assert "nothing" not in FORM


def test_what_is_not_there_is_refused_by_name() -> None:
    for ask in (FORM.field, FORM.section_of, FORM.field("audience").cell):
        with pytest.raises(UnknownField):
            ask("nothing")
    with pytest.raises(UnknownSection):
        FORM.section("nothing")


def test_fields_come_in_the_order_of_the_document() -> None:
    assert [field.key for field in FORM.fields[:3]] == ["title", "gap", "themes"]


def test_facts_name_the_field_that_fills_them() -> None:
    assert {name: field.key for name, field in FORM.facts.items()} == {
        "theme": "themes",
        "audience": "audience",
        "participants": "participants",
        "duration": "duration",
        "course_hours": "course_hours",
        "modality": "modality",
        "language": "languages",
        "urgency": "urgency_rank",
        "level": "wanted_level",
        "joint_country": "joint_countries",
        **{name: name for name in (
            "window_from", "window_to", "group_min", "group_max", "can_host", "joint_course", "costs",
        )},
    }  # fmt: skip


def test_words_are_said_in_the_language_asked_for() -> None:
    text = Text("Sí", "Yes")
    assert [text.say(lang) for lang in ("es", "es_419", "en", "fr")] == ["Sí", "Sí", "Yes", "Yes"]


def test_a_code_list_knows_its_codes() -> None:
    themes = FORM.code_lists["themes"]
    assert "T1" in themes
    assert "T21" not in themes
    assert None not in themes
    assert themes.label("T14", "en") == "Consular protection"
    assert themes.label("T99", "en") == "T99"
    assert themes.get("T99") is None


def test_formats_and_fields_can_key_caches() -> None:
    assert hash(FORM) == hash(need())
    assert {FORM: 1}[need()] == 1
    assert {FORM.field("title"): 1}[need().field("title")] == 1
