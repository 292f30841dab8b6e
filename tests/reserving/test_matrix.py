"""Does the matrix say who can tell whom what, which questions nobody can exchange, and what a change does?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.formats.completeness import missing
from app.formats.countries import MEMBERS
from app.reserving.change import Change, change
from app.reserving.matrix import Line, matrix
from app.reserving.owed import reserved_places
from app.reserving.rule import Direction, Effect, Of, Rule
from tests.reserving.documents import CASE, little_case
from tests.reserving.test_decision import SENT, rule

FORM = little_case()
DAY = date(2004, 5, 24)


def lines(*rules: Rule, purpose: str | None = None, mark: str | None = None) -> dict[str, Line]:
    return {line.target.place: line for line in matrix(FORM, rules, MEMBERS, DAY, purpose, mark)}


def test_without_rules_every_pair_tells_everything() -> None:
    assert not any(line.always or line.at_worst for line in lines().values())


def test_a_rule_stands_on_its_way_and_not_on_the_way_back() -> None:
    office = lines(rule(counterparts=frozenset({"GT"})))["office"]
    assert office.effect(("SV", "GT")) is Effect.DENY
    assert {office.effect(("GT", "SV")), office.effect(("SV", "HN"))} == {Effect.ALLOW}
    receiving = lines(rule(direction=Direction.RECEIVE))["office"]
    assert set(receiving.always) == {(each, "SV") for each in MEMBERS if each != "SV"}


def test_the_strictest_of_both_countries_stands() -> None:
    year = rule(value="detection_date", effect=Effect.MASK, mask="year")
    no = rule(value="detection_date", country="GT", direction=Direction.RECEIVE)
    found = lines(year, no)["detection_date"]
    assert found.effect(("SV", "GT")) is Effect.DENY
    assert found.effect(("SV", "HN")) is Effect.MASK


def test_what_holds_for_some_purpose_or_mark_is_said_to_be_the_worst_only() -> None:
    for each, asked in (
        (rule(purposes=frozenset({"CONSULAR"})), {"purpose": "CONSULAR"}),
        (rule(Of.TLP, "RED"), {"mark": "RED"}),
    ):
        found = lines(each)["office"]
        assert (found.effect(("SV", "GT")), found.worst(("SV", "GT"))) == (
            Effect.ALLOW, Effect.DENY,
        )  # fmt: skip
        assert lines(each, **asked)["office"].effect(("SV", "GT")) is Effect.DENY
        other = {key: "GREEN" if key == "mark" else "PROTECTION" for key in asked}
        assert lines(each, **other)["office"].worst(("SV", "GT")) is Effect.ALLOW


def test_what_no_country_can_tell_another_is_flagged() -> None:
    all_but_one = [rule(country=each) for each in MEMBERS[1:]]
    assert not lines(*all_but_one)["office"].is_closed
    assert lines(*all_but_one, rule(country=MEMBERS[0]))["office"].is_closed


def test_core_questions_that_any_country_reserves_are_flagged() -> None:
    found = lines(rule(counterparts=frozenset({"GT"})), rule(value="victims"))
    assert {place for place, line in found.items() if line.is_core_reserved} == {"office"}
    masked = lines(rule(value="detection_date", effect=Effect.MASK, mask="year"))
    assert not masked["detection_date"].is_core_reserved


def test_what_hangs_on_another_follows_it() -> None:
    found = lines(rule(value="crime"), rule(value="persons.women"))
    assert found["sentence"].effect(("SV", "GT")) is Effect.DENY
    assert found["heads"].effect(("SV", "GT")) is Effect.DENY


def test_rules_that_are_over_or_of_figures_are_not_in_it() -> None:
    for each in (rule(valid_to=date(2004, 5, 23)), rule(direction=Direction.AGGREGATE),
                 rule(direction=Direction.ONWARD), rule(country="ES")):  # fmt: skip
        assert not lines(each)["office"].at_worst


YEAR = rule(value="persons.birth_date", effect=Effect.MASK, mask="year")
TIGHTENS, LOOSENS = Change(tightens=True, loosens=False), Change(tightens=False, loosens=True)
NEITHER, BOTH = Change(tightens=False, loosens=False), Change(tightens=True, loosens=True)


@pytest.mark.parametrize(("before", "after", "what"), [
    (None, rule(), TIGHTENS),
    (rule(), None, LOOSENS),
    (rule(), rule(version=2), NEITHER),
    (rule(), rule(counterparts=frozenset({"GT"})), LOOSENS),
    (rule(counterparts=frozenset({"HN"})), rule(counterparts=frozenset({"GT"})), BOTH),
    (rule(purposes=frozenset({"CONSULAR"})), rule(), TIGHTENS),
    (YEAR, replace(YEAR, effect=Effect.DENY, mask=None), TIGHTENS),
    (YEAR, replace(YEAR, mask="age_band"), BOTH),
    (rule(), rule(Of.SECTION, "envelope"), TIGHTENS),
    (rule(), rule(value="crime"), BOTH),
    (rule(), rule(direction=Direction.RECEIVE), BOTH),
    (rule(), rule(discloses=False), TIGHTENS),
    (rule(effect=Effect.ALLOW), None, NEITHER),
    (rule(), rule(valid_to=date(2005, 1, 1)), LOOSENS),
    (rule(valid_from=DAY), rule(), TIGHTENS),
])  # fmt: skip
def test_a_change_tightens_or_loosens(
    before: Rule | None, after: Rule | None, what: Change
) -> None:
    others, purposes = (*MEMBERS, "ST", "SPONSORS"), ("PROTECTION", "CONSULAR")
    old, new = [before] if before else [], [after] if after else []
    assert change(FORM, old, new, others, purposes) == what


def test_rules_of_one_kind_are_weighed_together() -> None:
    two = [rule(), rule(id="s", value="crime")]
    assert change(FORM, two, two[:1], MEMBERS, ("CONSULAR",)) == LOOSENS
    assert change(FORM, two, [*reversed(two)], MEMBERS, ("CONSULAR",)) == NEITHER


def test_what_is_required_and_reserved_is_not_missing() -> None:
    office = {**CASE, "office": None}
    kept = reserved_places(FORM, SENT, [rule()])
    assert kept == {"office"}
    assert [each.field_key for each in missing(FORM, office, frozenset())] == ["office"]
    assert missing(FORM, office, kept) == ()


def test_it_is_asked_for_while_any_country_addressed_may_have_it() -> None:
    two = replace(SENT, recipients=frozenset({"GT", "HN"}))
    assert reserved_places(FORM, two, [rule(counterparts=frozenset({"GT"}))]) == frozenset()
    assert reserved_places(FORM, replace(two, recipients=frozenset()), [rule()]) == frozenset()


def test_only_what_the_country_itself_does_not_send_is_not_asked() -> None:
    others = [rule(country="GT", direction=Direction.RECEIVE), YEAR]
    assert reserved_places(FORM, SENT, others) == frozenset()
    table = reserved_places(FORM, SENT, [rule(value="persons")])
    assert {"persons", "persons.alias"} <= table
    assert missing(FORM, {**CASE, "persons": None}, table) == ()
