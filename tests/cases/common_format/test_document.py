"""Does the shipped Common Format ask what was proposed, in both languages, and guard people by class?"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.formats.checks import RULES
from app.formats.spec import Field, Klass, Text
from tests.formats.documents import case

FORM = case()
PROPOSED = {
    row["key"]: row
    for row in csv.DictReader(
        Path(__file__).with_name("common-format-v1.psv").read_text("utf-8").splitlines(),
        delimiter="|",
    )
}
LETTERS = {"envelope": "A", "case": "B", "persons": "C", "trafficking": "D", "smuggling": "E",
           "route": "F", "minors": "G", "suspects": "H", "exchange": "I"}  # fmt: skip
KINDS = {
    "auto": {"automatic"}, "code": {"choice", "country", "code_with_detail", "derived", "automatic"},
    "code derived": {"choice", "derived"}, "bool": {"yes_no"}, "bool derived": {"derived"},
    "text": {"text"}, "longtext": {"long_text"}, "text[]": {"texts"}, "date": {"date"},
    "multi": {"choices", "countries", "units"}, "partial-date": {"partial_date"},
    "int": {"integer", "derived"}, "decimal": {"decimal"}, "ref": {"reference", "row_ref", "row_refs"},
    "user": {"officer"}, "file": {"files"}, "file[]": {"files"}, "rows": {"rows"},
    "code+text": {"code_with_detail"}, "code+date": {"code_with_detail"}, "code/text": {"text"},
}  # fmt: skip
"""A type of the proposal -> the kinds that say the same."""
HELPERS = {
    *("persons", "trafficking", "legs", "minors", "suspects"),
    *("responsible_authority.minor", "responsible_authority.country"),
    *("responsible_authority.authority", "responsible_authority.date"),
    *("companion_crossings.minor", "companion_crossings.date"),
    *("companion_crossings.post", "companion_crossings.with_minors"),
}
"""What holds the proposed fields together: tables, and cells of those that the proposal has in one field."""


def everything() -> Iterator[tuple[str, str, Field]]:
    """Section, path and field."""
    for section in FORM.sections:
        for field in section.fields:
            yield section.key, field.key, field
            for cell in field.cells:
                yield section.key, f"{field.key}.{cell.key}", cell


CORRECTED = {
    "reply_by": "Responder a más tardar el",  # “antes de” leaves the day itself out
    "visa_free_entry": "Régimen de visa usado",
    "child_view_heard": "¿Se escuchó la opinión de la niña, el niño o adolescente?",
    "child_authority_notified": "Autoridad de la niñez notificada",
}
"""Labels of the proposal that are no good Spanish, as they are said instead."""
OURS = {path.rpartition(".")[2]: (section, field) for section, path, field in everything()
        if path not in HELPERS}  # fmt: skip


def texts() -> Iterator[Text]:
    for section in (*FORM.sections, *FORM.screens):
        yield from filter(None, (section.title, section.help))
    for _section, _path, field in everything():
        yield from filter(None, (field.label, field.help))
    for codes in FORM.code_lists.values():
        for code in codes.codes:
            yield code.label
    for check in FORM.checks:
        yield from check.messages.values()


def test_all_130_fields_are_there_and_no_other() -> None:
    assert len(PROPOSED) == 130
    assert set(OURS) == set(PROPOSED)
    assert len([path for _, path, _ in everything() if path not in HELPERS]) == 130


@pytest.mark.parametrize("key", PROPOSED)
def test_a_field_is_as_it_was_proposed(key: str) -> None:
    proposed, (section, field) = PROPOSED[key], OURS[key]
    assert LETTERS[section] == proposed["sec"].rstrip("*")
    assert field.klass.value == proposed["class"]
    assert (field.label.es, field.label.en) == (
        CORRECTED.get(key, proposed["es"]), proposed["en"].replace("'", "’"),
    )  # fmt: skip
    kind = next((each for each in sorted(KINDS, key=len, reverse=True)
                 if re.match(rf"{re.escape(each)}(\b|\W|$)", proposed["type"])), "")  # fmt: skip
    assert field.kind.name in KINDS[kind], (proposed["type"], field.kind.name)


@pytest.mark.parametrize("key", PROPOSED)
def test_what_htcds_calls_it_comes_from_the_proposal(key: str) -> None:
    told = PROPOSED[key]["maps"]
    for column in OURS[key][1].maps:
        prefix, _sep, name = column.removesuffix("~").partition("_")
        assert f"{prefix}_" in told
        assert name in told or name.removesuffix("Phone") in told


def test_every_field_and_section_has_help_with_an_example() -> None:
    for section in (*FORM.sections, *FORM.screens):
        assert section.help is not None
        assert "Por ejemplo" in section.help.es, section.key
        assert "or example" in section.help.en, section.key
    for _section, path, field in everything():
        assert field.help is not None, path
        assert "Por ejemplo" in field.help.es, path
        assert "For example" in field.help.en, path


def test_every_text_is_there_in_both_languages_and_says_usted() -> None:
    for text in texts():
        assert text.es.strip()
        assert text.en.strip()
        found = re.search(r"\b(tu|tus|tienes|puedes|escribe|marca|elige|formación)\b", text.es)
        assert found is None, text.es


def test_required_is_the_core_and_no_more() -> None:
    required = {path for _, path, field in everything() if field.required}
    assert required == {
        *("report_kind", "tlp", "recipient_units", "purpose", "legal_basis"),
        *("crime_type", "detection_date", "detection_country"),
        *("trafficking", "trafficking.exploitation_type", "smuggling_modality"),
        *("minors.minor_local_id", "responsible_authority.minor", "companion_crossings.minor"),
    }


def test_labels_of_a_list_can_be_told_apart() -> None:
    for codes in FORM.code_lists.values():
        for lang in ("es", "en"):
            labels = [code.label.say(lang) for code in codes.codes]
            assert len(set(labels)) == len(labels), codes.key


def test_every_code_list_is_used() -> None:
    used = {field.codes.key for _, _, field in everything() if field.codes}
    assert used == set(FORM.code_lists)


def test_nothing_of_a_case_is_for_members_or_sponsors() -> None:
    assert not [path for _, path, field in everything() if field.audience or field.release]
    assert FORM.is_sensitive
    assert FORM.title_field == ""


def test_only_the_version_is_public() -> None:
    assert [path for _, path, f in everything() if f.klass is Klass.PUBLIC] == ["form_version"]
    assert not [path for _, path, f in everything() if f.klass is Klass.MEMBERS]


def test_the_quick_alert_has_at_most_fourteen_questions_and_all_that_an_alert_requires() -> None:
    (alert,) = FORM.screens
    keys = {field.key for field in alert.fields}
    assert len(alert.fields) <= 14
    assert not [field.key for field in alert.fields if field.klass.is_sealed]
    required = {
        f.key for key in ("envelope", "case") for f in FORM.section(key).fields if f.required
    }
    assert required <= keys


def test_each_person_leg_minor_and_suspect_has_a_page() -> None:
    paged = {field.key for field in FORM.fields if field.has_pages}
    assert paged == {"persons", "trafficking", "legs", "minors", "suspects"}


def test_every_rule_has_its_sentences_and_none_repeats_an_answer() -> None:
    for check in FORM.checks:
        assert set(check.messages) == RULES[check.rule].problems
        for message in check.messages.values():
            assert "%(" not in message.es + message.en


def test_no_list_holds_a_fact_that_a_question_of_a_stricter_class_asks() -> None:
    """`repeat_adult` is secret; as an indicator it would be told to every unit addressed."""
    asked = {field.key: field.klass for _, _, field in everything()}
    for _, _, field in everything():
        for code in field.codes.codes if field.codes else ():
            same = asked.get(code.key.lower())
            assert same is None or list(Klass).index(same) <= list(Klass).index(field.klass), (
                field.key, code.key,
            )  # fmt: skip
