"""Do sections count by what was answered elsewhere, and is what does not count left out?"""

from __future__ import annotations

from typing import Any

import pytest

from app.formats.answers import with_derived
from app.formats.completeness import missing, section_states
from app.formats.conditions import applies, counted_sections, what_counts
from app.formats.hidden import hidden
from app.formats.load import load_format
from app.formats.projection import Viewer, project
from tests.formats.documents import SOUND, case

FORM = case()
HIDDEN = hidden("1")


def counted(**answers: Any) -> list[str]:
    return [each.key for each in counted_sections(FORM, with_derived(FORM, answers))]


@pytest.mark.parametrize(
    ("kind", "sections"),
    [
        (None, "envelope exchange"),
        ("ALERT", "envelope case persons exchange"),
        ("REQUEST", "envelope case persons route suspects exchange"),
        ("REPLY", "envelope persons exchange"),
        ("CASE_SHARE", "envelope case persons route suspects exchange"),
        ("FOLLOW_UP", "envelope case persons route suspects exchange"),
        ("CLOSE", "envelope exchange"),
    ],
)
def test_a_communication_asks_what_its_kind_needs(kind: str | None, sections: str) -> None:
    assert counted(report_kind=kind) == sections.split()


def test_crimes_bring_their_sections() -> None:
    def of(*crimes: str) -> set[str]:
        return set(counted(report_kind="CASE_SHARE", crime_type=list(crimes))) & {
            "trafficking", "smuggling", "minors",
        }  # fmt: skip

    assert of("TIP") == {"trafficking"}
    assert of("SOM") == {"smuggling"}
    assert of("TIP_SOM") == {"trafficking", "smuggling"}
    assert of("DOC_FRAUD", "MINOR_TRAVEL") == {"minors"}
    assert "smuggling" not in counted(report_kind="ALERT", crime_type=["SOM"])


def test_a_minor_among_the_persons_brings_the_section_on_minors() -> None:
    child, adult = {"id": "r1", "age_band": "6-11"}, {"id": "r2", "age_band": "50+"}
    assert "minors" in counted(report_kind="ALERT", persons=[adult, child])
    assert "minors" in counted(report_kind="REPLY", persons=[child])
    assert "minors" not in counted(report_kind="ALERT", persons=[adult])
    assert "minors" not in counted(report_kind="CLOSE", persons=[child])


def test_what_may_be_a_minor_counts_while_the_age_is_sealed() -> None:
    hidden = {"id": "r1", "birth_date": HIDDEN}
    assert "minors" in counted(report_kind="ALERT", detection_date="2004-05", persons=[hidden])


def test_what_is_required_is_asked_only_where_it_counts() -> None:
    asked = {each.field_key for each in missing(FORM, {"report_kind": "REPLY"})}
    assert asked == {"tlp", "recipient_units", "purpose", "legal_basis"}
    asked = {each.field_key for each in missing(FORM, {"report_kind": "ALERT"})}
    assert asked == {"tlp", "recipient_units", "purpose", "legal_basis", "crime_type",
                     "detection_date", "detection_country"}  # fmt: skip
    more = {"report_kind": "CASE_SHARE", "crime_type": ["TIP_SOM"]}
    assert {each.field_key for each in missing(FORM, more)} >= {"trafficking", "smuggling_modality"}


def test_what_is_reserved_is_never_asked_for() -> None:
    reserved = frozenset({"legal_basis", "trafficking.exploitation_type", "smuggling_modality"})
    answers = {"report_kind": "CASE_SHARE", "crime_type": ["TIP_SOM"], "trafficking": [{"id": "t"}]}
    asked = {each.key for each in missing(FORM, answers, reserved)}
    assert not asked & reserved
    assert "tlp" in asked
    assert "trafficking" not in {
        each.key for each in missing(FORM, answers, frozenset({"trafficking"}))
    }


def test_what_does_not_count_is_in_no_copy() -> None:
    answers = {
        "report_kind": "ALERT", "crime_type": ["SOM"], "smuggling_modality": ["RAIL"],
        "suspects": [{"id": "s1", "modus_operandi": "x"}], "urgency": "ROUTINE",
        "related_exchange_ref": "CRM-HND-2004-AAAAAA",
    }  # fmt: skip
    assert set(what_counts(FORM, answers)) == {"report_kind", "crime_type", "urgency"}


def test_cells_that_do_not_count_are_in_no_copy() -> None:
    row = {
        "id": "t1",
        "exploitation_type": ["ForcedLabour"],
        "sex_exploitation_type": ["Prostitution"],
    }
    answers = {"report_kind": "CASE_SHARE", "crime_type": ["TIP"], "trafficking": [row]}
    (kept,) = what_counts(FORM, answers)["trafficking"]
    assert kept == {"id": "t1", "exploitation_type": ["ForcedLabour"]}


def test_a_section_that_does_not_count_is_shown_to_nobody() -> None:
    answers = {"report_kind": "ALERT", "suspects": [{"id": "s1", "modus_operandi": "x"}]}
    assert "suspects" not in {each.section.key for each in project(FORM, answers, Viewer("own"))}
    assert not applies(FORM, FORM.field("suspects"), answers)
    assert section_states(FORM, answers)["suspects"] == "empty"


def test_that_a_section_is_there_tells_nobody_what_they_may_not_see() -> None:
    text = SOUND.replace(
        "  - key: two\n", "  - key: two\n    when: {field: colour, any_of: [red]}\n"
    ).replace(
        "label: {es: Por qué, en: Why}",
        "label: {es: Por qué, en: Why}\n        audience: [members]",
    )
    form = load_format(text)
    answers = {"colour": "red", "why": "porque"}
    assert "two" in {each.section.key for each in project(form, answers, Viewer("members"))}
    kept = Viewer("members", withheld=frozenset({"colour"}))
    assert "two" not in {each.section.key for each in project(form, answers, kept)}
