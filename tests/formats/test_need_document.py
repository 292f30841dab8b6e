"""Does the training need ask what the network asked for, in both languages, and guard its people?"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from app.formats.checks import RULES
from app.formats.spec import Code, Field, Text
from tests.formats.documents import need

FORM = need()
KEYS = {
    "essentials": "title gap themes audience participants duration course_hours",
    "content": "subtheme objectives legal_basis current_level wanted_level prerequisite materials_held",
    "delivery": "modality languages interpretation interpretation_detail window_from window_to "
    "blocked_dates group_min group_max place_preference can_host host_offer accessibility childcare "
    "gender_target",
    "urgency": "urgency_rank urgency_reason",
    "context": "submitting_agency already_doing already_asked who_took_part",
    "costs": "costs in_kind",
    "results": "expected_result indicator replication_plan evaluation_wanted joint_course "
    "joint_countries",
    "contact": "contact_post contact_phone contact_email",
}


def everything() -> Iterator[tuple[str, Field]]:
    for field in FORM.fields:
        yield field.key, field
        for cell in field.cells:
            yield f"{field.key}.{cell.key}", cell


def all_codes() -> Iterator[Code]:
    for codes in FORM.code_lists.values():
        yield from codes.codes


def all_texts() -> Iterator[Text]:
    yield FORM.title
    for section in FORM.sections:
        yield from filter(None, (section.title, section.help))
    for _, field in everything():
        yield from filter(None, (field.label, field.heading, field.help))
    for code in all_codes():
        yield from filter(None, (code.label, code.help))
    for check in FORM.checks:
        yield from check.messages.values()


def test_the_sections_have_their_questions() -> None:
    found = {section.key: [field.key for field in section.fields] for section in FORM.sections}
    assert found == {key: words.split() for key, words in KEYS.items()}
    assert len(found["delivery"]) == 15


def test_only_the_five_are_required_and_they_come_first() -> None:
    required = [field.key for field in FORM.fields if field.required]
    assert required == ["title", "gap", "themes", "audience", "duration"]
    assert [field.key for field in FORM.fields if field.first] == KEYS["essentials"].split()
    assert FORM.title_field == "title"


def test_every_text_is_there_in_both_languages() -> None:
    texts = list(all_texts())
    assert len(texts) > 250
    for text in texts:
        assert text.es.strip()
        assert text.en.strip()


def test_every_question_and_section_has_help_with_an_example() -> None:
    for section in FORM.sections:
        assert section.help is not None, section.key
    for key, field in everything():
        assert field.help is not None, key
        assert "Por ejemplo" in field.help.es, key
        assert "For example" in field.help.en, key


def test_questions_never_use_the_words_of_evaluators() -> None:
    for text in all_texts():
        for word in ("kirkpatrick", "proficiency", "competencia"):
            assert word not in f"{text.es} {text.en}".casefold()


def test_spanish_says_usted_and_the_words_of_the_network() -> None:
    for text in all_texts():
        found = re.search(
            r"\b(tu|tus|tienes|puedes|escribe|marca|elige|formación|recibo)\b", text.es, re.I
        )
        assert found is None, text.es


def test_code_lists_have_the_length_the_network_knows() -> None:
    assert [code.key for code in FORM.code_lists["themes"].codes] == [f"T{n}" for n in range(1, 21)]
    lengths = {key: len(codes.codes) for key, codes in FORM.code_lists.items()}
    assert lengths["profiles"] == 21
    assert lengths["agencies"] == 16
    assert lengths["modalities"] == 8
    assert lengths["cost_lines"] == 12
    assert lengths["currencies"] == 11


def test_labels_of_a_list_can_be_told_apart() -> None:
    for codes in FORM.code_lists.values():
        for lang in ("es", "en"):
            labels = [code.label.say(lang) for code in codes.codes]
            assert len(set(labels)) == len(labels), codes.key


def test_every_code_list_is_used() -> None:
    used = {field.codes.key for _, field in everything() if field.codes}
    assert used | {"cost_lines"} == set(FORM.code_lists)


def test_free_text_and_contacts_reach_a_sponsor_only_by_release() -> None:
    for key, field in everything():
        if "sponsors" in field.audience and field.kind.is_free_text:
            assert field.release, key
    for key in ("title", "gap", "contact_post", "contact_phone", "contact_email"):
        assert FORM.field(key).release


@pytest.mark.parametrize("key", ["contact_post", "contact_phone", "contact_email"])
def test_contacts_are_restricted_and_not_for_members(key: str) -> None:
    assert FORM.field(key).klass == "restricted"
    assert FORM.field(key).audience == {"sponsors"}


def test_what_names_a_country_without_saying_so_is_released_too() -> None:
    for key in ("costs.currency", "costs.estimate", "joint_countries"):
        assert dict(everything())[key].release, key


def test_every_rule_of_the_document_has_its_sentences() -> None:
    assert {check.rule for check in FORM.checks} == {"ordered", "needs", "total_or_parts"}
    for check in FORM.checks:
        assert set(check.messages) == RULES[check.rule].problems


def test_levels_go_from_less_to_more() -> None:
    levels = [code.key for code in FORM.code_lists["levels"].codes]
    assert levels == ["awareness", "practitioner", "advanced", "expert", "trainer"]


def test_what_a_sponsor_may_read_is_called_by_a_heading_and_not_by_the_question() -> None:
    read = [(key, field.told_as) for key, field in everything() if "sponsors" in field.audience]
    assert len(read) > 50
    asks = re.compile(r"[¿?…]|\b(your?|ustedes)\b", re.IGNORECASE)
    assert not [key for key, words in read if asks.search(words.es + " " + words.en)]
