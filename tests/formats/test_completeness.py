"""Is everything missing or contradictory named, and nothing asked for that does not count?"""

from __future__ import annotations

from typing import Any

import pytest

from app.formats.completeness import (
    Missing,
    applies,
    asked,
    is_answered,
    is_ready,
    missing,
    problems,
    section_states,
)
from app.formats.load import load_format
from tests.formats.documents import SOUND, need

FORM = need()
FOUR_DAYS = {"unit": "days", "count": 4, "hours": "6"}
READY: dict[str, Any] = {
    "title": "Entrevista",
    "gap": "Nadie sabe entrevistar",
    "themes": ["T3"],
    "audience": [{"id": "r1", "profile": "prosecutor", "women": 12, "men": 8}],
    "duration": FOUR_DAYS,
}


def answered(section: str, answers: dict[str, Any]) -> list[str]:
    """The questions of a section that count and have an answer."""
    found = asked(FORM, FORM.section(section), answers)
    return [field.key for field in found if is_answered(field, answers)]


def state(section: str, answers: dict[str, Any]) -> str:
    return section_states(FORM, answers)[section]


def said(answers: dict[str, Any]) -> list[tuple[str, str | None, str | None, str]]:
    found = problems(FORM, answers)
    return [(each.field_key, each.row_id, each.cell, each.message.es) for each in found]


def test_the_five_answers_are_enough_to_certify() -> None:
    assert missing(FORM, READY) == ()
    assert problems(FORM, READY) == ()
    assert is_ready(FORM, READY)


def test_of_nothing_the_five_are_missing() -> None:
    assert [each.field_key for each in missing(FORM, {})] == [
        *("title", "gap", "themes", "audience", "duration"),
    ]
    assert {each.section_key for each in missing(FORM, {})} == {"essentials"}


@pytest.mark.parametrize("key", sorted(READY))
def test_each_of_the_five_is_required(key: str) -> None:
    answers = {name: value for name, value in READY.items() if name != key}
    assert missing(FORM, answers) == (Missing("essentials", key),)
    assert not is_ready(FORM, answers)


def test_half_a_duration_is_missing() -> None:
    half = {**READY, "duration": {"unit": "days", "count": 4, "hours": None}}
    assert missing(FORM, half) == (Missing("essentials", "duration"),)


def test_required_cells_count_in_the_rows_there_are() -> None:
    answers = {**READY, "audience": [*READY["audience"], {"id": "r2", "total": 5}]}
    assert missing(FORM, answers) == (Missing("essentials", "audience", "r2", "profile"),)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"total": 20, "women": 12, "men": 8}, "contaría dos veces"),
        ({"total": 20, "not_stated": 0}, "contaría dos veces"),
        ({}, "Escriba cuántas personas"),
        ({"women": 12}, "tanto mujeres como hombres"),
        ({"not_stated": 3}, "tanto mujeres como hombres"),
        ({"women": 0, "men": 0}, "suma cero"),
        ({"total": 0}, "suma cero"),
    ],
)
def test_a_row_takes_one_total_or_women_and_men(cells: dict[str, int], problem: str) -> None:
    answers = {**READY, "audience": [{"id": "r1", "profile": "judge", **cells}]}
    (found,) = said(answers)
    assert found[:3] == ("audience", "r1", "total")
    assert problem in found[3]
    assert not is_ready(FORM, answers)


@pytest.mark.parametrize(
    "cells", [{"total": 20}, {"women": 12, "men": 0}, {"women": 0, "men": 0, "not_stated": 4}]
)
def test_a_row_that_says_it_in_one_way_is_fine(cells: dict[str, int]) -> None:
    assert said({**READY, "audience": [{"id": "r1", "profile": "judge", **cells}]}) == []


def test_days_and_group_sizes_go_upwards() -> None:
    days = {"window_from": "2004-11-26", "window_to": "2004-09-06"}
    sizes = {"group_min": 30, "group_max": 4}
    assert [each[0] for each in said({**days, **sizes})] == ["window_to", "group_max"]
    assert said({"window_from": "2004-09-06", "window_to": "2004-09-06"}) == []
    assert said({"group_min": 4, "group_max": 30}) == []
    assert said({"window_from": "2004-11-26"}) == []


def test_an_amount_needs_its_currency() -> None:
    (found,) = said({"costs": [{"id": "materials", "estimate": "18400.50"}]})
    assert found[:3] == ("costs", "materials", "currency")
    assert said({"costs": [{"id": "materials", "currency": "USD"}]}) == []


def test_a_condition_decides_what_counts() -> None:
    detail = FORM.field("interpretation_detail")
    assert not applies(FORM, detail, {})
    assert not applies(FORM, detail, {"interpretation": False})
    assert applies(FORM, detail, {"interpretation": True})
    kept = {"interpretation": False, "interpretation_detail": "del inglés"}
    assert answered("delivery", kept) == ["interpretation"]


def test_a_condition_reaches_through_the_field_it_depends_on() -> None:
    more = "        when: {field: colour, any_of: [red]}\n"
    chained = SOUND.replace(
        more,
        more + "        required: true\n"
        "      - {key: how, kind: yes_no, label: {es: C, en: H}, required: true, "
        "when: {field: colour, any_of: [red]}}\n"
        "      - {key: deep, kind: text, label: {es: D, en: D}, required: true, "
        "when: {field: how, any_of: ['yes']}}\n",
    )
    form = load_format(chained)
    red = {"title": "t", "colour": "red", "how": True}
    assert [each.field_key for each in missing(form, red)] == ["why", "deep"]
    assert missing(form, {**red, "colour": "blue"}) == ()


def test_rules_leave_alone_what_does_not_count() -> None:
    text = SOUND.replace(
        "label: {es: Hasta, en: To}",
        "label: {es: Hasta, en: To}\n        when: {field: colour, any_of: [red]}",
    )
    form = load_format(text)
    days = {"from_day": "2004-02-02", "to_day": "2004-01-01"}
    assert problems(form, {**days, "colour": "blue"}) == ()
    assert len(problems(form, {**days, "colour": "red"})) == 1


def test_a_section_is_empty_started_or_complete() -> None:
    assert state("essentials", {}) == "empty"
    assert state("essentials", {"title": "x"}) == "started"
    assert state("essentials", READY) == "complete"
    doubled = {"id": "r1", "profile": "judge", "total": 2, "women": 1}
    assert state("essentials", {**READY, "audience": [doubled]}) == "started"
    assert state("delivery", {"childcare": False}) == "complete"
    assert state("delivery", READY) == "empty"
    assert state("costs", {"costs": [{"id": "materials"}]}) == "empty"


def test_what_enlace_computes_is_neither_asked_nor_counted() -> None:
    section = FORM.section("essentials")
    assert [field.key for field in asked(FORM, section, READY)] == list(READY)
    assert answered("essentials", READY) == list(READY)


def test_zero_and_no_are_answers() -> None:
    assert answered("delivery", {"can_host": False}) == ["can_host"]
