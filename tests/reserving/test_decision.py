"""Is of law, list, mark, class and every rule always the most restrictive obeyed?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.formats.spec import Klass
from app.reserving.decision import decide, decisions
from app.reserving.envelope import (
    COUNT,
    OWN,
    RECIPIENT,
    SECRETARIAT,
    SPONSORS,
    STRANGER,
    Envelope,
    Reader,
)
from app.reserving.rule import Direction, Effect, Of, Rule, Selector, digest
from app.reserving.targets import targets
from app.reserving.tlp import MARKS, Circle
from tests.reserving.documents import little_case

FORM = little_case()
SENT = Envelope("SV", frozenset({"GT"}), "AMBER", "PROTECTION", date(2004, 5, 24))
GUATEMALA = Reader(RECIPIENT, "GT", "unit", "PROTECTION", is_named=True)


def rule(of: Of = Of.KEY, value: str = "office", **more: Any) -> Rule:
    told: dict[str, Any] = {
        "id": "r", "country": "SV", "direction": Direction.SEND, "effect": Effect.DENY, **more,
    }  # fmt: skip
    return Rule(selector=Selector(of, value), **told)


def seen(reader: Reader = GUATEMALA, *rules: Rule, sent: Envelope = SENT) -> set[str]:
    found = decisions(FORM, sent, reader, rules)
    return {place for place, each in found.items() if each.is_open}


RESTRICTED = {
    *(
        "office",
        "form_version",
        "crime",
        "sentence",
        "detection_date",
        "country",
        "victims",
        "heads",
    ),
    *("persons.citizenship", "persons.consent", "persons.women", "persons.men"),
}
PERSONAL = {"place", "persons.alias", "persons.birth_date", "helpers.who", "helpers.phone"}


def test_a_named_unit_reads_all_but_what_is_secret_and_its_case_number() -> None:
    assert seen() == RESTRICTED | PERSONAL | {"national_case_ref"}


def test_what_is_secret_is_read_only_where_it_was_released_to_the_reader() -> None:
    assert "notes" in seen(replace(GUATEMALA, released=frozenset({"notes"})))


def test_what_is_personal_is_read_only_for_the_purpose_it_was_sent_for() -> None:
    other = replace(GUATEMALA, purpose="INVESTIGATION", released=frozenset({"notes"}))
    assert seen(other) == RESTRICTED
    assert seen(replace(GUATEMALA, purpose="STATISTICS"),
                sent=replace(SENT, purpose="STATISTICS")) == RESTRICTED  # fmt: skip


@pytest.mark.parametrize("reader", [
    Reader(STRANGER, "GT", purpose="PROTECTION"),
    Reader(RECIPIENT, "GT", purpose="PROTECTION"),
])  # fmt: skip
def test_who_was_not_named_reads_nothing_and_learns_of_no_question(reader: Reader) -> None:
    assert not any(each.exists for each in decisions(FORM, SENT, reader, []).values())


def test_the_secretariat_reads_the_envelope_and_nothing_sealed() -> None:
    found = decisions(FORM, SENT, Reader(SECRETARIAT), [])
    assert {place for place, each in found.items() if each.exists} == {"office", "form_version"}


def test_sponsors_read_what_is_public_and_marked_clear() -> None:
    clear = replace(SENT, tlp="CLEAR")
    assert seen(Reader(SPONSORS)) == set()
    assert seen(Reader(SPONSORS), sent=clear) == {"form_version"}


def test_figures_are_made_of_nothing_sealed_and_not_of_what_is_marked_red() -> None:
    assert seen(Reader(COUNT)) == RESTRICTED
    assert seen(Reader(COUNT), sent=replace(SENT, tlp="RED")) == set()
    kept = rule(direction=Direction.AGGREGATE, counterparts=frozenset({"ST"}))
    assert "office" not in seen(Reader(COUNT), kept)
    assert "office" in seen(GUATEMALA, kept)


def test_the_unit_that_wrote_it_reads_all() -> None:
    everything = rule(Of.CLASS, "restricted")
    assert seen(Reader(OWN, "SV"), everything) == set(targets(FORM))


def test_a_barred_country_learns_nothing_not_even_that_there_are_questions() -> None:
    barred = replace(SENT, bars=frozenset({"GT"}))
    assert not any(each.exists for each in decisions(FORM, barred, GUATEMALA, []).values())
    assert not decide(targets(FORM)["office"], barred, GUATEMALA, []).discloses


def test_marks_are_a_set_and_no_ladder() -> None:
    assert MARKS["AMBER_STRICT"] == {Circle.NAMED}
    passed_on = replace(GUATEMALA, is_forwarded=True)
    readable = {mark: bool(seen(passed_on, sent=replace(SENT, tlp=mark))) for mark in MARKS}
    assert readable == {
        "RED": False, "AMBER_STRICT": False, "AMBER": True, "GREEN": True, "CLEAR": True,
    }  # fmt: skip
    abroad = replace(passed_on, country="HN")
    assert not seen(abroad)
    assert seen(abroad, sent=replace(SENT, tlp="GREEN"))


@pytest.mark.parametrize("mark", ["", "AMBER+STRICT", "red"])
def test_what_has_no_mark_that_is_known_is_told_nobody(mark: str) -> None:
    assert seen(sent=replace(SENT, tlp=mark)) == set()


@pytest.mark.parametrize(("of", "value", "places"), [
    (Of.KEY, "office", {"office"}),
    (Of.KEY, "persons.alias", {"persons.alias"}),
    (Of.KEY, "helpers", {"helpers.who", "helpers.phone"}),
    (Of.SECTION, "envelope", {"office", "form_version", "national_case_ref"}),
    (Of.CLASS, "personal", PERSONAL),
    (Of.TLP, "AMBER", RESTRICTED | PERSONAL | {"national_case_ref"}),
    (Of.TLP, "GREEN", set()),
])  # fmt: skip
def test_a_rule_names_a_question_a_section_a_class_or_a_mark(
    of: Of, value: str, places: set[str]
) -> None:
    lost = seen() - seen(GUATEMALA, rule(of, value))
    assert lost - {"heads", "sentence"} == places - {"heads", "sentence"}


@pytest.mark.parametrize("sent_by", [
    rule(counterparts=frozenset({"GT"})),
    rule(purposes=frozenset({"PROTECTION"})),
    rule(valid_from=date(2004, 5, 24), valid_to=date(2004, 5, 24)),
    rule(country="GT", direction=Direction.RECEIVE),
    rule(country="GT", direction=Direction.RECEIVE, counterparts=frozenset({"SV"})),
])  # fmt: skip
def test_a_rule_acts_where_it_is_meant(sent_by: Rule) -> None:
    assert "office" not in seen(GUATEMALA, sent_by)


@pytest.mark.parametrize("elsewhere", [
    rule(counterparts=frozenset({"HN", "ST", "SPONSORS"})),
    rule(purposes=frozenset({"CONSULAR"})),
    rule(valid_from=date(2004, 5, 25)),
    rule(valid_to=date(2004, 5, 23)),
    rule(country="HN"),
    rule(country="GT"),
    rule(country="SV", direction=Direction.RECEIVE),
    rule(direction=Direction.ONWARD),
    rule(direction=Direction.AGGREGATE),
    rule(effect=Effect.ALLOW),
])  # fmt: skip
def test_and_nowhere_else(elsewhere: Rule) -> None:
    assert "office" in seen(GUATEMALA, elsewhere)


def test_who_reads_for_another_purpose_meets_the_rules_for_both() -> None:
    investigating = replace(GUATEMALA, purpose="INVESTIGATION")
    assert "office" not in seen(investigating, rule(purposes=frozenset({"INVESTIGATION"})))
    assert "office" not in seen(investigating, rule(purposes=frozenset({"PROTECTION"})))


def test_passing_on_obeys_the_sender_and_whoever_passes_on() -> None:
    green = replace(SENT, tlp="GREEN", forwarded_by=frozenset({"GT"}))
    honduras = Reader(RECIPIENT, "HN", purpose="PROTECTION", is_named=True, is_forwarded=True)
    assert "office" in seen(honduras, sent=green)
    for each in (
        rule(direction=Direction.ONWARD),
        rule(counterparts=frozenset({"HN"})),
        rule(country="GT"),
        rule(country="HN", direction=Direction.RECEIVE, counterparts=frozenset({"GT"})),
    ):
        assert "office" not in seen(honduras, each, sent=green)


def test_the_case_number_goes_to_the_unit_addressed_and_no_further() -> None:
    passed_on = replace(GUATEMALA, is_forwarded=True)
    assert "national_case_ref" not in seen(passed_on)


def test_a_class_is_raised_in_a_record_and_never_lowered() -> None:
    raised = replace(SENT, raised={"office": Klass.SECRET, "notes": Klass.PUBLIC})
    assert "office" not in seen(sent=raised)
    assert "notes" not in seen(sent=raised)


def test_two_masks_together_leave_nothing() -> None:
    year = rule(value="persons.birth_date", effect=Effect.MASK, mask="year")
    band = replace(year, id="b", country="GT", direction=Direction.RECEIVE, mask="age_band")
    assert decisions(FORM, SENT, GUATEMALA, [year])["persons.birth_date"].mask == "year"
    assert decisions(FORM, SENT, GUATEMALA, [year, band])["persons.birth_date"].is_withheld
    assert not decisions(FORM, SENT, GUATEMALA, [year, year])["persons.birth_date"].is_withheld


def test_a_mask_is_no_way_around_an_approval() -> None:
    waits = rule(value="persons.birth_date", effect=Effect.AFTER_APPROVAL)
    year = rule(id="y", value="persons.birth_date", effect=Effect.MASK, mask="year")
    both = decisions(FORM, SENT, GUATEMALA, [waits, year])["persons.birth_date"]
    assert both.is_withheld
    approved = decisions(FORM, SENT, GUATEMALA, [waits, year], frozenset({"r"}))
    assert approved["persons.birth_date"].mask == "year"
    assert not approved["persons.birth_date"].is_withheld


def test_what_a_mask_cannot_coarsen_is_withheld() -> None:
    initials = rule(Of.SECTION, "people", effect=Effect.MASK, mask="initials")
    found = decisions(FORM, SENT, GUATEMALA, [initials])
    assert found["persons.alias"].mask == "initials"
    assert found["persons.citizenship"].is_withheld


def test_a_mask_stands_with_its_effect_and_with_no_other() -> None:
    for effect, mask in ((Effect.MASK, None), (Effect.DENY, "year")):
        with pytest.raises(ValueError, match="mask"):
            rule(effect=effect, mask=mask)


def test_nobody_reads_in_an_unknown_way() -> None:
    with pytest.raises(ValueError, match="reads"):
        Reader("admin")


def test_the_word_of_the_sender_is_told_where_both_reserve() -> None:
    sender, receiver = rule(), rule(country="GT", direction=Direction.RECEIVE)
    for rules in ([sender, receiver], [receiver, sender]):
        assert decisions(FORM, SENT, GUATEMALA, rules)["office"].by == "sender"


def test_rules_are_told_apart_by_a_digest_whatever_their_order() -> None:
    one, other = rule(), rule(id="s", value="crime")
    assert digest([one, other]) == digest([other, one])
    assert digest([one]) != digest([replace(one, version=2)]) != digest([])
