"""Does a reader see of a case what is theirs to see, in five states, and no sign of the rest?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.formats.canonical import canonical_json
from app.formats.hidden import hidden
from app.formats.in_part import in_part, reserved_by
from app.formats.shown import Shown
from app.formats.spec import Klass
from app.reserving.envelope import OWN, RECIPIENT, SECRETARIAT, Reader
from app.reserving.projection import Projection, project
from app.reserving.rule import Direction, Effect, Of, Rule
from tests.reserving.documents import CASE, little_case, with_files
from tests.reserving.test_decision import GUATEMALA, SENT, rule

FORM = little_case()


def shown(
    *rules: Rule, case: dict[str, Any] | None = None, reader: Reader = GUATEMALA, **more: Any
) -> Projection:
    return project(FORM, CASE if case is None else case, SENT, reader, rules, **more)


def fields(found: Projection) -> dict[str, Shown]:
    return {each.field.key: each for section in found.sections for each in section.fields}


def states(found: Projection) -> dict[str, str]:
    return {key: each.state for key, each in fields(found).items()}


def receiving(**more: Any) -> Rule:
    return rule(country="GT", direction=Direction.RECEIVE, **more)


def test_there_are_five_states() -> None:
    found = shown(
        rule(value="victims", effect=Effect.MASK, mask="count_band"),
        rule(value="detection_date"),
        receiving(value="place"),
        case={**CASE, "country": None},
    )
    told = {"office": "value", "victims": "masked", "detection_date": "reserved_by_sender",
            "place": "reserved_by_receiver", "country": "not_provided"}  # fmt: skip
    assert {key: states(found)[key] for key in told} == told
    assert found.document.keys() & told.keys() == {"office", "victims"}
    assert found.document["victims"] == in_part("count_band", "5-9")


def test_who_wrote_it_sees_all() -> None:
    found = shown(rule(Of.CLASS, "restricted"), reader=Reader(OWN, "SV"))
    assert found.document == CASE


def test_a_reservation_that_is_not_disclosed_looks_as_if_nothing_had_been_answered() -> None:
    for value in ("office", "persons.alias", "persons", "helpers", "crime"):
        table, _, cell = value.partition(".")
        without = {**CASE, table: None}
        if cell:
            rows = [{k: v for k, v in row.items() if k != cell} for row in CASE[table]]
            without = {**CASE, table: rows}
        if table == "persons":  # of which the number of heads follows
            without["heads"] = None
        secretly = shown(rule(value=value, discloses=False))
        assert secretly == shown(case=without)
        assert canonical_json(dict(secretly.document)) == canonical_json(
            dict(shown(case=without).document)
        )


def test_it_is_said_of_a_reservation_alike_whether_there_is_an_answer_or_not() -> None:
    kept = rule(value="office")
    assert shown(kept) == shown(kept, case={**CASE, "office": None})


def test_a_question_that_counts_by_a_reserved_answer_is_not_there() -> None:
    assert "sentence" in states(shown())
    for each in (rule(value="crime"), rule(value="crime", discloses=False)):
        found = shown(each)
        assert "sentence" not in states(found)
        assert found == shown(each, case={**CASE, "crime": ["SOM"], "sentence": None})
    contacted = [cell.key for cell in fields(shown())["persons"].cells]
    assert "contacted" not in contacted
    released = replace(GUATEMALA, released=frozenset({"persons.asylum"}))
    row = fields(shown(reader=released))["persons"].value[0]
    assert (row["asylum"], row["contacted"]) == (False, True)


def test_what_is_computed_follows_what_it_is_computed_from() -> None:
    assert fields(shown())["heads"].value == 3
    assert states(shown(rule(value="persons.women")))["heads"] == "reserved_by_sender"


def test_rows_that_tell_nothing_are_not_there_nor_is_their_number() -> None:
    kept = rule(value="helpers.who")
    found = shown(kept)
    assert fields(found)["helpers"].value == [
        {"id": "h2", "who": reserved_by("sender"), "phone": "555"}
    ]
    assert found.document["helpers"] == [{"id": "h2", "phone": "555"}]
    more = [*CASE["helpers"], {"id": "h3", "who": "Luis"}]
    assert found == shown(kept, case={**CASE, "helpers": more})


def test_a_table_of_which_all_is_reserved_says_so_alike_with_and_without_rows() -> None:
    kept = rule(value="helpers")
    assert states(shown(kept))["helpers"] == "reserved_by_sender"
    assert shown(kept) == shown(kept, case={**CASE, "helpers": None})
    assert "helpers" not in shown(kept).document


def test_a_part_is_told_through_a_mask() -> None:
    found = shown(
        rule(value="persons.birth_date", effect=Effect.MASK, mask="age_band"),
        rule(id="i", value="persons.alias", effect=Effect.MASK, mask="initials"),
        rule(id="c", value="persons.citizenship", effect=Effect.MASK, mask="region"),
        rule(id="d", value="country", effect=Effect.MASK, mask="region"),
    )
    first, second = found.document["persons"]
    assert first["birth_date"] == in_part("age_band", "12-14")
    assert second["birth_date"] == in_part("age_band", "UNK")
    assert first["alias"] == in_part("initials", ["A. S."])
    assert second["citizenship"] == in_part("region", ["013", "029"])
    text = fields(found)["persons"].text("es", "es_GT")
    assert text.startswith("A. S. · 12 a 14 años · Centroamérica")
    assert fields(found)["country"].text("en", "en_GT") == "Central America"


def test_a_part_that_may_not_be_known_to_be_one_is_told_as_an_answer() -> None:
    case = {**CASE, "place": "La Hachadura"}
    secretly = shown(
        rule(value="place", effect=Effect.MASK, mask="initials", discloses=False), case=case
    )
    openly = shown(rule(value="place", effect=Effect.MASK, mask="initials"), case=case)
    assert (states(secretly)["place"], states(openly)["place"]) == ("value", "masked")
    for found in (secretly, openly):
        assert fields(found)["place"].text("es", "es_GT") == "L. H."
    kept = dict(secretly.document)
    assert states(shown(case=kept))["place"] == "value"  # also once the rule is gone
    sealed = {**CASE, "place": hidden("c1")}
    before = shown(
        rule(value="place", effect=Effect.MASK, mask="initials", discloses=False), case=sealed
    )
    assert fields(before)["place"].text("es", "es_GT") == "sellado"
    assert "c1" not in str(before.document["place"])


def test_what_a_class_keeps_back_looks_like_what_is_reserved_in_secret() -> None:
    secretly = rule(value="place", discloses=False)
    for_figures = replace(SENT, purpose="STATISTICS")
    reader = replace(GUATEMALA, purpose="STATISTICS")
    found = project(FORM, CASE, for_figures, reader, [])
    assert found == project(FORM, CASE, for_figures, reader, [secretly])
    assert {"place", "notes"} <= states(found).keys()
    assert states(found)["place"] == states(shown())["notes"] == "not_provided"
    assert shown() == shown(rule(value="notes", discloses=False))


def test_an_age_is_told_only_to_whoever_may_know_the_day_of_detection() -> None:
    band = rule(value="persons.birth_date", effect=Effect.MASK, mask="age_band")
    found = shown(band, rule(id="d", value="detection_date"))
    assert found.document["persons"][0]["birth_date"] == in_part("age_band", "UNK")


def test_each_persons_consent_decides_of_that_person() -> None:
    only = rule(value="persons.alias", effect=Effect.CONSENT_ONLY)
    first, second = fields(shown(only))["persons"].value
    assert (first["alias"], second["alias"]) == ("Ana Sol", reserved_by("sender"))
    assert states(shown(rule(value="place", effect=Effect.CONSENT_ONLY)))["place"] == (
        "reserved_by_sender"
    )
    agreed = [{**row, "consent": "GIVEN"} for row in CASE["persons"]]
    found = shown(rule(value="place", effect=Effect.CONSENT_ONLY), case={**CASE, "persons": agreed})
    assert fields(found)["place"].value == "La Hachadura"


def test_consent_that_may_not_be_known_opens_nothing() -> None:
    rules = [
        rule(value="persons.alias", effect=Effect.CONSENT_ONLY),
        rule(id="c", value="persons.consent"),
    ]
    found = fields(shown(*rules))["persons"].value
    assert {str(row["alias"]) for row in found} == {str(reserved_by("sender"))}
    agreed = [{**row, "consent": "GIVEN"} for row in CASE["persons"]]
    for_place = rule(value="place", effect=Effect.CONSENT_ONLY)
    assert "place" not in shown(for_place, rules[1], case={**CASE, "persons": agreed}).document


def test_what_awaits_an_approval_is_told_once_it_is_given() -> None:
    waits = rule(value="place", effect=Effect.AFTER_APPROVAL)
    assert states(shown(waits))["place"] == "reserved_by_sender"
    assert states(shown(waits, approvals=frozenset({"r"})))["place"] == "value"


def test_sealed_answers_pass_as_what_stands_for_them_and_never_through_a_mask() -> None:
    sealed = {**CASE, "place": hidden("c1"), "notes": hidden("c2")}
    found = shown(case=sealed)
    assert found.document["place"] == hidden("c1")
    assert "notes" not in found.document
    initials = rule(value="place", effect=Effect.MASK, mask="initials")
    assert shown(initials, case=sealed).document["place"] == in_part("initials")


def test_what_was_kept_is_read_again_by_the_rules_of_now() -> None:
    year = rule(value="persons.birth_date", effect=Effect.MASK, mask="year")
    kept = shown(year)
    again = shown(year, case=dict(kept.document))
    assert again == kept
    assert shown(case=dict(kept.document)).document == kept.document  # loosening adds nothing
    band = rule(value="persons.birth_date", effect=Effect.MASK, mask="age_band")
    row = fields(shown(band, case=dict(kept.document)))["persons"].value[0]
    assert row["birth_date"] == reserved_by("sender")
    assert "persons" not in shown(rule(value="persons"), case=dict(kept.document)).document


def test_the_secretariat_is_shown_the_envelope() -> None:
    found = shown(reader=Reader(SECRETARIAT))
    assert [section.section.key for section in found.sections] == ["envelope"]
    assert set(found.document) == {"office", "form_version"}


def test_a_barred_country_is_shown_nothing() -> None:
    barred = replace(SENT, bars=frozenset({"GT"}))
    assert project(FORM, CASE, barred, GUATEMALA, []) == Projection((), {})


@pytest.mark.parametrize(("klass", "mark", "kept"), [
    (Klass.PERSONAL, "AMBER", True), (Klass.SECRET, "AMBER", False), (Klass.PUBLIC, "", False),
])  # fmt: skip
def test_files_have_a_class_and_a_mark_of_their_own(klass: Klass, mark: str, kept: bool) -> None:
    form, sent = with_files(), replace(SENT, files={"f1": (klass, mark)})
    case = {**CASE, "files": ["f1", "f2"]}
    found = project(form, case, sent, GUATEMALA, [])
    assert found.document["files"] == (["f1", "f2"] if kept else ["f2"])
    assert project(form, case, sent, Reader(OWN, "SV"), []).document["files"] == ["f1", "f2"]


def test_passing_on_shows_no_more_than_was_kept() -> None:
    passed = replace(SENT, tlp="GREEN", forwarded_by=frozenset({"GT"}))
    honduras = Reader(RECIPIENT, "HN", purpose="PROTECTION", is_named=True, is_forwarded=True)
    first = shown(rule(value="place", counterparts=frozenset({"GT"})))
    second = project(FORM, dict(first.document), passed, honduras, [])
    assert "place" not in second.document
