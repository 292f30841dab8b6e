"""Is each published file of HTCDS read, and each of its mismatches told by sheet, row and column?"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from app.cases.htcds import field_standards, lookups, xlsform
from app.cases.htcds.headings import headings_of
from app.cases.htcds.opening import MACROS, OTHER_ENDING, Page, opened
from app.cases.htcds.standard import bare, standard
from app.storage.archives import LOCKED
from app.storage.refusals import Unwelcome
from app.storage.texts import ACTIVE, OTHER_KIND
from tests.cases.htcds import mismatches
from tests.cases.htcds.told import CASES, DEFINITIONS, FILES, FORM, listed, pages_of, told


def test_the_standard_has_its_84_fields() -> None:
    items = standard().items
    assert len(items) == 84
    assert sum(item.core for item in items) == 40
    assert sum(item.deprecated for item in items) == 3
    prefixes = [item.name[:4] for item in items]
    assert {each: prefixes.count(each) for each in dict.fromkeys(prefixes)} == {
        "org_": 10, "prs_": 25, "vic_": 16, "per_": 3, "cas_": 13, "cco_": 1, "hte_": 10, "spl_": 5, "con_": 1,
    }  # fmt: skip


def test_misspelt_codes_stay_as_they_were_published() -> None:
    relationship = standard().by_name["vic_RelationshipToTrafficker"]
    assert [*relationship.codes] == ["Familial", "Acquainted", "Unaquainted"]
    assert relationship.code_of("Unacquainted") is None


def test_no_two_names_are_taken_for_each_other() -> None:
    for item in standard().items:
        assert standard().named(item.name) is item
        assert standard().named(bare(item.name)) is item


def test_the_field_standards_say_what_our_document_of_the_standard_says() -> None:
    (page,) = pages_of(DEFINITIONS)
    assert field_standards.is_definitions(page)
    assert told(field_standards.judge(page)) == listed(mismatches.IN_DEFINITIONS)


def test_every_mismatch_of_the_survey_form_is_told() -> None:
    pages = pages_of(FORM)
    assert xlsform.is_form(pages)
    assert told(xlsform.judge(pages)) == listed(mismatches.IN_FORM)


def test_every_mismatch_above_the_cases_is_told() -> None:
    page = pages_of(CASES)[0]
    headings = headings_of(page)
    assert headings is not None
    assert (headings.last_row, headings.numbers) == (2, 1)
    assert told(headings.findings) == listed(mismatches.IN_HEADINGS)


def test_every_mismatch_of_the_lists_to_choose_from_is_told() -> None:
    cases, about, lists = pages_of(CASES)
    assert [lookups.is_lookup(page) for page in (cases, about, lists)] == [False, False, True]
    assert headings_of(about) is None
    assert told(lookups.judge(lists)) == listed(mismatches.IN_LOOKUPS)


def changed(page: Page, row: int, column: int, text: str) -> Page:
    lines = tuple((at, {**cells, column: text} if at == row else cells) for at, cells in page.lines)
    return replace(page, lines=lines)


FIRST_LIST, CODES, LABELS = 12, 10, 11


@pytest.mark.parametrize(
    ("row", "column", "text", "line"),
    [
        (3, 5, "Nome", "E3: UNKNOWN_FIELD:  | org_Nome"),
        (3, 6, "Name", "F3: OTHER_LABEL: Organisation Name | Name"),
        (3, 8, "Long Text", "H3: OTHER_TYPE: Text | Long Text"),
        (14, 3, "", "C14: NOT_CORE: Core |"),
        (4, 5, "Name", "E4: TWICE:  | org_Name"),
        (FIRST_LIST, CODES, "NGO\nPolice", "J12: UNKNOWN_CODE:  | Police"),
        (FIRST_LIST, CODES, "NGO\nPolice", "J12: CODE_MISSING: LegalService |"),
        (FIRST_LIST, CODES, "NGO\nPolice", "K12: UNEQUAL: 2 | 9"),
        (4, 7, "org_City", "E4: RENAMED: org_ShippingCity | org_City"),
    ],
)
def test_definitions_that_were_changed_are_told(
    row: int, column: int, text: str, line: str
) -> None:
    (page,) = pages_of(DEFINITIONS)
    found = told(field_standards.judge(changed(page, row, column, text)))
    assert f"Field_Standards {line}" in found


def test_a_field_that_is_not_defined_is_missed() -> None:
    (page,) = pages_of(DEFINITIONS)
    page = replace(page, lines=tuple(line for line in page.lines if line[0] != 3))
    assert "Field_Standards 1: NOT_THERE: org_Name |" in told(field_standards.judge(page))


@pytest.mark.parametrize(
    ("at", "row", "column", "text", "line"),
    [
        (0, 23, 1, "select_one traffickingstatusdecisionmaking",
         "survey A23: LIST_CUT: traffickingstatusdecisionmakingorg | traffickingstatusdecisionmaking"),
        (0, 9, 1, "select_one sexo", "survey A9: LIST_MISSING:  | sexo"),
        (0, 9, 1, "select_one sexo", "choices A2: UNKNOWN_LIST:  | gender"),
        (0, 6, 3, "Given name", "survey C6: OTHER_LABEL: First Name | Given name"),
        (0, 6, 2, "prs_SecondName", "survey B7: TWICE:  | prs_Second_Name"),
        (1, 282, 2, "MethodsOfControlRestrictsMovement",
         "choices B282: UNKNOWN_CODE:  | MethodsOfControlRestrictsMovement"),
        (1, 282, 2, "MethodsOfControlRestrictsMovement", "choices B267: CODE_MISSING: Other |"),
        (1, 282, 2, "MethodsOfControlOther", "choices B282: OTHER_SPELLING: Other | MethodsOfControlOther"),
        (1, 282, 3, "Others", "choices C282: OTHER_SPELLING: Other | Others"),
    ],
)  # fmt: skip
def test_a_form_that_was_changed_is_told(
    at: int, row: int, column: int, text: str, line: str
) -> None:
    pages = list(pages_of(FORM))
    pages[at] = changed(pages[at], row, column, text)
    assert line in told(xlsform.judge(pages))


def test_labels_alone_are_headings_too() -> None:
    page = pages_of(CASES)[0]
    page = replace(page, lines=tuple(line for line in page.lines if line[0] != 1))
    headings = headings_of(page)
    assert headings is not None
    assert headings.last_row == 2
    assert "Case Sheet 2: NO_KEYS:  |" in told(headings.findings)
    assert {"cas_ReasonForOutgoingReferral", "prs_MailingStreet"} <= {
        item.name for item in headings.columns.values()
    }


def test_a_field_that_stands_twice_is_read_once() -> None:
    page = changed(pages_of(CASES)[0], 1, 9, "prs_Gender")
    headings = headings_of(changed(page, 2, 9, "Gender"))
    assert headings is not None
    assert "Case Sheet I1: TWICE:  | prs_Gender" in told(headings.findings)


@pytest.mark.parametrize("name", ["cases.xlsm", "CASES.XLSM", "cases.xlsb"])
def test_a_workbook_with_macros_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(Unwelcome) as refused:
        opened(BytesIO(CASES.read_bytes()), name)
    assert refused.value.message == MACROS


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (CASES.read_bytes(), "cases.csv", OTHER_ENDING),
        (CASES.read_bytes(), "cases.ods", OTHER_KIND),
        (DEFINITIONS.read_bytes(), "cases.xlsx", OTHER_KIND),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "cases.xlsx", LOCKED),
        (b"", "cases.ods", OTHER_KIND),
    ],
)
def test_what_is_no_spreadsheet_is_refused(content: bytes, name: str, reason: str) -> None:
    with pytest.raises(Unwelcome) as refused:
        opened(BytesIO(content), name)
    assert refused.value.message == reason


def test_macros_under_an_innocent_name_are_refused() -> None:
    target = BytesIO(FORM.read_bytes())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(Unwelcome) as refused:
        opened(target, "cases.xlsx")
    assert refused.value.message == ACTIVE


def test_the_licence_stands_beside_the_files() -> None:
    assert "CC BY 4.0" in (FILES / "LICENSE.md").read_text(encoding="utf-8")
    assert "HTCDS by IOM" in (FILES / "README.md").read_text(encoding="utf-8")
    assert "HTCDS by IOM" in standard().attribution
