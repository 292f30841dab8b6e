"""What becomes of each cell of a sheet of cases that somebody filled in?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from itertools import count
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.common_format.format import CASE
from app.cases.htcds import taking
from app.cases.htcds.findings import Effect
from app.cases.htcds.importing import NOT_HTCDS, Examined, FileKind, examine, examined
from app.cases.htcds.opening import Page
from app.cases.htcds.standard import standard
from app.cases.htcds.taking import TOO_MANY_ROWS
from app.documents.xlsx_cells import Odd, Why
from app.storage.refusals import Unwelcome
from tests.cases.htcds.told import CASES, DEFINITIONS, FORM, told


def read(body: bytes, name: str = "cases.xlsx") -> Examined:
    numbers = count(1)
    return examine(BytesIO(body), name, CASE, lambda: f"id{next(numbers)}")


def template(cells: Mapping[str, Any]) -> bytes:
    """The published sheet of cases with cells filled in, as somebody at a desk would."""
    book = openpyxl.load_workbook(CASES)
    for place, value in cells.items():
        book["Case Sheet"][place] = value
    return saved(book)


def sheet(*rows: tuple[Any, ...], name: str = "Casos") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Any) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def taken(body: bytes) -> dict[str, Any]:
    examined = read(body)
    assert examined.taken is not None
    return examined.taken.document


def below(body: bytes, row: int = 3) -> list[str]:
    """What is said of rows of answers."""
    return told(
        each for each in read(body).findings if each.row >= row and each.sheet != "validation"
    )


pytestmark = pytest.mark.filterwarnings("ignore:Data Validation extension:UserWarning")


def test_the_published_template_is_taken_as_it_is_filled_in() -> None:
    body = template({
        "I3": "Honduras", "F3": "Yes", "S3": "Possible victim of trafficking", "T3": "Police",
        "W3": "Debt bondage ", "X3": "Forced labour", "AB3": "Follow up", "Y3": "Education",
        "I4": "Nicaragua", "U4": "At work", "AB4": "Follow up",
    })  # fmt: skip
    assert taken(body) == {
        "case_status": "FollowUp",
        "persons": [{"id": "id1", "consent": "GIVEN", "citizenship": ["HN"]}, {"id": "id3", "citizenship": ["NI"]}],
        "trafficking": [
            {"id": "id2", "victim_local_id": "id1", "trafficking_status": "PossibleVictimOfTrafficking",
             "status_decided_by": "Police", "means_of_control": ["DebtBondage"],
             "exploitation_type": ["ForcedLabour"], "labour_sector": "P_Education"},
            {"id": "id4", "victim_local_id": "id3", "recruitment_method": ["AtWork"]},
        ],
        "tlp": "RED", "crime_type": ["TIP"],
    }  # fmt: skip
    assert below(body) == [
        "Case Sheet F3: LABEL_FOR_CODE: TRUE | Yes",
        "Case Sheet I3: LABEL_FOR_CODE: HN | Honduras",
        "Case Sheet S3: LABEL_FOR_CODE: PossibleVictimOfTrafficking | Possible victim of trafficking",
        "Case Sheet W3: BLANKS: Debt bondage | Debt bondage·",
        "Case Sheet W3: LABEL_FOR_CODE: DebtBondage | Debt bondage",
        "Case Sheet X3: LABEL_FOR_CODE: ForcedLabour | Forced labour",
        "Case Sheet Y3: LABEL_FOR_CODE: P_Education | Education",
        "Case Sheet AB3: LABEL_FOR_CODE: FollowUp | Follow up",
        "Case Sheet AB3: OTHER_SPELLING: Follow Up | Follow up",
        "Case Sheet I4: LABEL_FOR_CODE: NI | Nicaragua",
        "Case Sheet U4: LABEL_FOR_CODE: AtWork | At work",
        "Case Sheet AB4: LABEL_FOR_CODE: FollowUp | Follow up",
        "Case Sheet AB4: OTHER_SPELLING: Follow Up | Follow up",
        "Case Sheet A5–1002: ONLY_NUMBERS:  |",
    ]


def test_the_empty_template_has_nothing_to_begin_with() -> None:
    examined = read(CASES.read_bytes())
    assert examined.kind is FileKind.CASES
    assert examined.taken is not None
    assert examined.taken.document == {}


@pytest.mark.parametrize(
    ("path", "kind"), [(DEFINITIONS, FileKind.DEFINITIONS), (FORM, FileKind.FORM)]
)
def test_definitions_and_forms_hold_no_cases(path: Any, kind: FileKind) -> None:
    examined = read(path.read_bytes(), path.name)
    assert examined.kind is kind
    assert examined.findings
    assert examined.taken is None


SEALED = ("prs_FirstName", "prs_SecondName", "prs_Birthdate", "prs_Gender", "prs_Email", "prs_IdentityNumber",
          "vic_TypeOfSexExploitation", "vic_AgeWhenTrafficked", "per_Organisation", "cco_CaseComment", "hte_Street")  # fmt: skip


@pytest.mark.parametrize("name", SEALED)
def test_a_personal_or_secret_column_is_named_and_never_read(name: str) -> None:
    body = sheet(("prs_Citizenship", name), ("HN", "CANARIO"), ("NI", "CANARIO"))
    examined = read(body)
    assert "CANARIO" not in repr(examined)
    (found,) = [each for each in examined.findings if each.found == name]
    assert (found.row, found.letters, found.effect, found.params) == (
        1,
        "B",
        Effect.LEFT_OUT,
        {"count": 2},
    )
    assert told([found]) == [f"Casos B1: SEALED:  | {name}"]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("prs_Salutation", "NO_PLACE"), ("prs_MailingStreet", "NO_PLACE"), ("cas_CaseOwner", "NO_PLACE"),
        ("hte_State", "NO_PLACE"), ("org_ShippingCountry", "OWN_WORDS"), ("vic_Vulnerabilities", "DEPRECATED"),
        ("cas_ReferredOrganisation", "NO_PLACE"),
    ],
)  # fmt: skip
def test_a_column_without_a_place_is_named_and_not_repeated(name: str, what: str) -> None:
    examined = read(sheet(("prs_Citizenship", name), ("HN", "CANARIO")))
    assert "CANARIO" not in repr(examined)
    assert f"Casos B1: {what}:  | {name}" in told(examined.findings)


def test_an_unknown_column_is_named_and_not_repeated() -> None:
    examined = read(
        sheet(("prs_Citizenship", "con_Consent", "Comentario libre"), ("HN", "TRUE", "CANARIO"))
    )
    assert "CANARIO" not in repr(examined)
    assert {
        "Casos C1: UNKNOWN_FIELD:  | Comentario libre",
        "Casos C1: NOT_READ:  | Comentario libre",
    } <= {*told(examined.findings)}


@pytest.mark.parametrize(
    ("name", "said", "answer"),
    [
        ("vic_MethodsOfControl", "DebtBondage;TakesEarnings", ["DebtBondage", "TakesEarnings"]),
        ("vic_MethodsOfControl", "TakesEarnings DebtBondage", ["DebtBondage", "TakesEarnings"]),
        ("vic_MethodsOfControl", " Takes earnings ; debt BONDAGE;", ["DebtBondage", "TakesEarnings"]),
        ("vic_MethodsOfControl", "MethodsOfControlTakesEarnings", ["TakesEarnings"]),
        ("vic_MethodsOfControl", "TakesEarnings;MethodsOfControlUsesChildren", ["TakesEarnings"]),
        ("vic_ForcedLabourIndustry", "Water supply; sewerage, waste management and remediation",
         "E_WaterSupplySewerageWasteManagement"),
        ("vic_RelationshipToTrafficker", "Unaquainted", "Unaquainted"),
        ("prs_Citizenship", "hn;NI", ["HN", "NI"]),
        ("prs_Citizenship", "México; Estados Unidos", ["MX", "US"]),
        ("prs_PrimaryLanguage", "spa", ["es"]), ("prs_PrimaryLanguage", "es", ["es"]),
        ("prs_PrimaryLanguage", "fre", ["fr"]), ("con_Consent", True, "GIVEN"), ("con_Consent", False, "REFUSED"),
        ("con_Consent", "no", "REFUSED"),
        ("hte_Type", "Transit", "TRANSIT"), ("hte_Country", "GT", "GT"), ("hte_Date", date(2004, 5, 24), "2004-05-24"),
        ("hte_Date", "2004-05-24", "2004-05-24"), ("hte_City", "Tecún Umán", "Tecún Umán"), ("hte_City", 7, "7"),
        ("per_RoleInProcess", "Smuggler;Exploiter", ["Smuggler", "Exploiter"]),
        ("per_RoleDetails", "=1+1 no", "=1+1 no"),
    ],
)  # fmt: skip
def test_an_answer_is_understood(name: str, said: Any, answer: Any) -> None:
    book = openpyxl.Workbook()
    book.active.append((name, "cas_Status"))
    book.active.append((None, "Active"))
    cell = book.active["A2"]
    cell.value = said
    if isinstance(said, str):
        cell.data_type = "s"
    document = taken(saved(book))
    (row,) = [
        row
        for table in ("trafficking", "persons", "legs", "suspects")
        for row in document.get(table, ())
    ]
    assert [value for key, value in row.items() if key != "id"] == [answer]


@pytest.mark.parametrize(
    ("name", "said", "line"),
    [
        ("vic_MethodsOfControl", "MethodsOfControlRestrictsMovement",
         "Casos A2: UNKNOWN_CODE:  | MethodsOfControlRestrictsMovement"),
        ("vic_ForcedLabourIndustry", "P_Education;F_Construction", "Casos A2: SEVERAL:  | P_Education;F_Construction"),
        ("vic_TypeOfExploitation", "UNKNOWN", "Casos A2: UNKNOWN_CODE:  | UNKNOWN"),
        ("prs_Citizenship", "Atlantis", "Casos A2: UNKNOWN_CODE:  | Atlantis"),
        ("prs_PrimaryLanguage", "xyz", "Casos A2: UNKNOWN_CODE:  | xyz"),
        ("con_Consent", "maybe", "Casos A2: UNKNOWN_CODE:  | maybe"),
        ("hte_Date", "mayo de 2004", "Casos A2: NO_DAY:  | mayo de 2004"),
        ("hte_Date", "2004-02-30", "Casos A2: NO_DAY:  | 2004-02-30"),
        ("hte_Country", "=HYPERLINK(1)", "Casos A2: FORMULA:  |"),
        ("hte_City", "x" * 500, None),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_left_out_and_named(name: str, said: str, line: str | None) -> None:
    examined = read(sheet((name, "cas_Status"), (said, "Active")))
    assert examined.taken is not None
    is_person = name[:4] in ("prs_", "con_")  # there is somebody, of whom this is not known
    persons = {"persons": [{"id": "id1"}]} if is_person else {}
    assert examined.taken.document == {"case_status": "Active", "tlp": "RED", **persons}
    found = [each for each in examined.findings if each.effect is Effect.LEFT_OUT]
    assert len(found) == 1
    assert line is None or told(found) == [line]


def test_what_rows_say_of_the_same_case_must_agree() -> None:
    body = sheet(("#", "prs_Citizenship", "cas_Status"), (1, "HN", "Active"), (2, "NI", "Closed"))
    assert taken(body)["case_status"] == "Active"
    assert "Casos C3: DIFFERS:  |" in told(read(body).findings)


def test_rows_of_the_same_number_are_one_person() -> None:
    document = taken(sheet(("#", "prs_Citizenship", "vic_TypeOfExploitation"),
                           (1, "HN", "ForcedLabour"), (1, None, "Servitude"), (2, "HN", None)))  # fmt: skip
    assert [person["id"] for person in document["persons"]] == ["id1", "id4"]
    assert {row["victim_local_id"] for row in document["trafficking"]} == {"id1"}


def test_somebody_of_whom_only_a_name_is_known_is_a_person_all_the_same() -> None:
    document = taken(sheet(("prs_FirstName", "vic_TypeOfExploitation"), ("Ana", "Servitude")))
    (person,), (row,) = document["persons"], document["trafficking"]
    assert person == {"id": row["victim_local_id"]}


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "MOST_ROWS", 2)
    with pytest.raises(Unwelcome) as refused:
        read(sheet(("prs_Citizenship", "cas_Status"), *[("HN", "Active")] * 3))
    assert (refused.value.message, refused.value.params) == (TOO_MANY_ROWS, {"most": 2})


def test_more_persons_than_the_format_takes_are_left_out_one_by_one() -> None:
    most = CASE.field("persons").options["max"]
    body = sheet(("prs_Citizenship", "con_Consent"), *[("HN", "TRUE")] * (most + 2))
    assert len(taken(body)["persons"]) == most
    found = [each for each in read(body).findings if each.params.get("most") == most]
    assert [each.row for each in found] == [most + 2, most + 3]


@pytest.mark.parametrize("body", [sheet(("Nombre", "Edad"), ("Ana", 7)), sheet()])
def test_a_file_without_a_field_of_the_standard_is_refused(body: bytes) -> None:
    with pytest.raises(Unwelcome) as refused:
        read(body)
    assert refused.value.message == NOT_HTCDS


def test_every_field_of_the_standard_may_be_a_column() -> None:
    names = [item.name for item in standard().items]
    examined = read(sheet(tuple(names), tuple("CANARIO" for _ in names)))
    assert not [
        each for each in examined.findings if told([each])[0].split(": ")[1] in ("RENAMED", "TWICE")
    ]


WORDS = (
    *("prs_Citizenship", "vic_MethodsOfControl", "cas_Status", "hte_Type", "per_RoleInProcess", "spl_Type", "#", "1"),
    *("Citizenship", "Methods of Control", "Status", "type", "name", "label", "required", "list_name", "gender"),
    *("select_one gender", "select_multiple", "Section", "Field Name", "Field Type", "Value Names (if picklist)"),
    *("Value Labels (if picklist)", "Field Name Prefix", "prs_", "Gender", "Core", "HN", "DebtBondage ", "TRUE", "N/A"),
    *("Feminine\nMasculine", ";", "a;b", "2004-05-24", "x" * 400),
)  # fmt: skip
CELLS = st.dictionaries(st.integers(1, 6), st.sampled_from(WORDS) | st.text(max_size=5) | st.just(Odd(Why.FORMULA)),
                        min_size=1, max_size=6)  # fmt: skip
PAGES = st.builds(
    lambda name, rows: Page(name, tuple(enumerate(rows, 1))),
    st.sampled_from(["survey", "choices", "validation", "Case Sheet", "Hoja1"]), st.lists(CELLS, max_size=6),
)  # fmt: skip


@given(st.lists(PAGES, max_size=3))
def test_whatever_stands_in_sheets_is_read_or_refused(pages: list[Page]) -> None:
    numbers = count(1)
    try:
        found = examined(pages, CASE, lambda: f"id{next(numbers)}")
    except Unwelcome:
        return
    assert all(each.what and each.row > 0 and each.column >= 0 for each in found.findings)
    if found.taken:
        ids = [row["id"] for rows in found.taken.document.values() if isinstance(rows, list)
               for row in rows if isinstance(row, dict)]  # fmt: skip
        assert len(ids) == len(set(ids))
