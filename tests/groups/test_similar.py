"""Does what is proposed hold for every pair in it, and does the same always come out?"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.groups import similar
from app.groups.reasons import Words, but_for, differences, name_of, reasons
from app.groups.similar import Comparable, Shared, misfits, propose, shared_by
from app.needs.format import NEED

COUNTRIES = ("CR", "GT", "HN", "SV")
FIRST = date(2004, 7, 1)
WORDS = Words(NEED)


def need(number: int, country: str = "HN", **more: Any) -> Comparable:
    common: dict[str, Any] = {
        "participants": 10, "themes": frozenset({"T2"}), "profiles": frozenset({"judge"}),
        "languages": frozenset({"es"}), "level": 1,
    }  # fmt: skip
    return Comparable(need_id=f"n{number:04}", version_id=f"v{number:04}", country=country,
                      **common | more)  # fmt: skip


def some(codes: tuple[str, ...], least: int = 0) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(codes), min_size=least, max_size=3)


days = st.none() | st.integers(0, 60).map(lambda n: FIRST + timedelta(days=n))
drawn = st.builds(
    Comparable, need_id=st.none(), version_id=st.none(), country=st.sampled_from(COUNTRIES),
    participants=st.integers(0, 40), themes=some(("T1", "T2", "T3"), 1),
    profiles=some(("judge", "consular", "prosecutor")), languages=some(("es", "en")),
    level=st.none() | st.integers(0, 4), window_from=days, window_to=days,
    joint=st.none() | st.booleans(), joint_countries=some(COUNTRIES),
    urgency=st.none() | st.integers(1, 5),
)  # fmt: skip
worlds = st.lists(drawn, max_size=40).map(
    lambda needs: [
        replace(each, need_id=f"n{number:04}", version_id=f"v{number:04}")
        for number, each in enumerate(needs)
    ]
)


@given(worlds)
def test_no_need_is_in_two_proposals_and_each_proposal_is_of_two_countries(
    world: list[Comparable],
) -> None:
    found = propose(world)
    ids = [each.need_id for proposed in found for each in proposed.needs]
    assert len(ids) == len(set(ids))
    assert all(len({each.country for each in proposed.needs}) > 1 for proposed in found)


@given(worlds)
def test_what_is_said_of_a_proposal_holds_for_every_pair_in_it(world: list[Comparable]) -> None:
    for proposed in propose(world):
        assert proposed.shared == shared_by(proposed.needs)
        assert not proposed.shared.broken
        for one, other in combinations(proposed.needs, 2):
            assert proposed.theme in one.themes & other.themes
            assert one.profiles & other.profiles
            assert one.languages & other.languages or not (one.languages and other.languages)
            assert one.level is None or other.level is None or abs(one.level - other.level) <= 1
            assert not (one.window_to and other.window_from and other.window_from > one.window_to)
            for asks, other_one in ((one, other), (other, one)):
                assert not asks.joint_countries or other_one.country in asks.accepted


@given(worlds)
def test_a_country_that_wants_no_joint_course_is_never_proposed_and_is_told_why(
    world: list[Comparable],
) -> None:
    for proposed in propose(world):
        assert all(each.joint is not False for each in proposed.needs)
        for near in proposed.near:
            assert misfits(proposed.shared, near.need) == (near.but_for,)
            assert (near.need.joint is False) == (near.but_for == "joint")
            assert near.need not in proposed.needs


@given(worlds, st.randoms())
def test_the_same_needs_give_the_same_proposals_in_whatever_order_they_come(
    world: list[Comparable], chance: random.Random
) -> None:
    again = list(world)
    chance.shuffle(again)
    assert propose(again) == propose(world)


@given(drawn, drawn)
def test_what_is_refused_at_a_glance_would_not_fit_either(
    one: Comparable, other: Comparable
) -> None:
    shared = Shared.of_one(one)
    if not shared.broken and not shared.may_take(other):
        assert shared.with_(other).broken


def test_what_nobody_said_excludes_nothing() -> None:
    silent = need(2, "GT", languages=frozenset(), level=None)
    assert [len(each.needs) for each in propose([need(1), silent])] == [2]


@pytest.mark.parametrize(
    ("criterion", "change"),
    [
        ("level", {"level": 3}),
        ("language", {"languages": frozenset({"en"})}),
        ("window", {"window_from": date(2005, 1, 1)}),
        ("countries", {"joint_countries": frozenset({"CR"})}),
        ("profile", {"profiles": frozenset({"consular"})}),
        ("joint", {"joint": False}),
    ],
)
def test_one_thing_keeps_a_need_out_and_is_named_with_both_sides_values(
    criterion: str, change: dict[str, Any]
) -> None:
    until = {"window_to": date(2004, 12, 31)}
    pair = [need(1, "HN", **until), need(2, "GT", **until)]
    (found,) = propose([*pair, need(3, "SV", **change)])
    assert [each.need_id for each in found.needs] == ["n0002", "n0001"]
    (near,) = found.near
    assert near.but_for == criterion
    told = but_for(near, found.shared, WORDS)
    assert "" not in (told.es, told.en)
    assert told.es != told.en


def test_a_near_miss_of_the_dates_says_whose_dates_are_which() -> None:
    until = {"window_to": date(2004, 12, 31)}
    late = need(3, "SV", window_from=date(2005, 1, 10))
    (found,) = propose([need(1, "HN", **until), need(2, "GT", **until), late])
    told = but_for(found.near[0], found.shared, WORDS)
    assert told.en == "The dates: from 10 January 2005 on; the others until 31 December 2004."
    assert told.es == (
        "Las fechas: desde el 10 de enero de 2005; las demás, hasta el 31 de diciembre de 2004."
    )


def test_reasons_are_told_in_both_languages_with_their_values() -> None:
    window = {"window_from": date(2004, 9, 6), "window_to": date(2004, 11, 26), "joint": True}
    other = need(2, "GT", level=2, languages=frozenset(), **window | {"joint": None})
    (found,) = propose([need(1, **window), other])
    told = reasons(found.shared, found.needs, WORDS)
    assert [each.en for each in told] == [
        "Thematic content in common: Detection and indicators.",
        "Neighbouring levels: Use it in everyday work; Solve hard cases without help.",
        "Profile in common: Judges.",
        "Language in common: Spanish. One of them does not say.",
        "Dates in common: from 6 September 2004 to 26 November 2004.",
        "None rules out a joint course. One of them does not say.",
    ]
    assert told[0].es == "Contenido temático en común: Detección e indicadores."
    assert name_of(found.theme, found.shared, WORDS).en == "Detection and indicators · Judges"


def test_what_does_not_hold_in_a_group_that_a_person_made_is_said_as_a_difference() -> None:
    needs = (need(1), need(2, "GT", profiles=frozenset({"consular"}), joint=False))
    told = [each.en for each in differences(shared_by(needs), needs, WORDS)]
    assert "No profile is common to all." in told
    assert "Do not want a joint course: Guatemala." in told


def test_a_proposal_holds_no_more_needs_than_a_page_can_show() -> None:
    found = propose([need(n, COUNTRIES[n % 4]) for n in range(50)])
    assert sorted(len(each.needs) for each in found) == [10, similar.MOST_NEEDS, similar.MOST_NEEDS]


def test_ten_thousand_needs_without_a_pair_are_compared_with_a_bounded_number_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[int] = []
    real = Shared.may_take
    monkeypatch.setattr(Shared, "may_take", lambda self, each: looked.append(1) or real(self, each))
    apart = [
        need(n, COUNTRIES[n % 4], window_from=FIRST + timedelta(days=n),
             window_to=FIRST + timedelta(days=n))
        for n in range(3_000)
    ]  # fmt: skip
    assert propose(apart) == ()
    assert len(looked) <= similar.LOOKED_AT * len(apart)


def test_how_far_a_search_is_is_told_theme_by_theme() -> None:
    told: list[tuple[int, int]] = []
    propose(
        [need(1), need(2, "GT", themes=frozenset({"T1"}))], told=lambda *each: told.append(each)
    )
    assert told == [(0, 2), (1, 2)]
