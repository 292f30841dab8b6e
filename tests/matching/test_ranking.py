"""Which offers come first, which nearly, and is it the same however they come?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.matching.criterion import Pair
from app.matching.match import match, rank
from app.matching.weights import DEFAULT, FIRST, BadWeights, Weights
from tests.matching import naive, worlds
from tests.matching.worlds import TODAY

many_offers = st.lists(worlds.offers(), max_size=12)


@settings(max_examples=80)
@given(worlds.asks(), many_offers, worlds.weights(), st.randoms(use_true_random=False))
def test_the_ranking_is_what_a_count_by_hand_gives_in_whatever_order_offers_come(
    asked, offers, weights, random
):
    keyed = [(f"offer{number:02}", offered) for number, offered in enumerate(offers)]
    random.shuffle(keyed)
    found = rank(match(Pair(asked, offered, TODAY), weights, key) for key, offered in keyed)
    fitting, near, others, failed = naive.ranking(
        [(key, asked, offered) for key, offered in keyed], TODAY, weights
    )
    assert [each.key for each in found.best] == fitting
    assert [each.key for each in found.near] == near
    assert (found.others, found.failed) == (others, failed)
    assert found.considered == len(offers) == found.matched + found.missed + found.others


@given(worlds.asks(), st.lists(worlds.offers(), min_size=4, max_size=10))
def test_what_is_not_kept_is_counted(asked, offers):
    judged = [match(Pair(asked, offered, TODAY), DEFAULT, f"{number:02}")
              for number, offered in enumerate(offers)]  # fmt: skip
    whole, short = rank(judged), rank(judged, best=2, near=1)
    assert short.best == whole.best[:2]
    assert short.near == whole.near[:1]
    assert (short.matched, short.missed) == (whole.matched, whole.missed)


@given(worlds.pairs())
def test_equal_totals_stand_in_the_order_of_their_keys(pair):
    judged = [match(pair, DEFAULT, key) for key in ("c", "a", "b")]
    found = rank(judged)
    assert [each.key for each in (*found.best, *found.near)] in (["a", "b", "c"], [])


@pytest.mark.parametrize("wrong", [
    {**FIRST, "theme": 31},
    {**FIRST, "theme": 29},
    {**FIRST, "theme": -5, "profile": 50},
    {**FIRST, "theme": 29.5, "profile": 15.5},
    {**FIRST, "theme": True, "profile": 44},
    {**FIRST, "luck": 0},
    {key: FIRST[key] for key in FIRST if key != "validity"},
])  # fmt: skip
def test_weights_are_a_hundred_whole_points_over_the_criteria(wrong):
    with pytest.raises(BadWeights):
        Weights(wrong)


@pytest.mark.parametrize("silence", [-1, 101, 50.0])
def test_silence_counts_between_nothing_and_all(silence):
    with pytest.raises(BadWeights):
        Weights(dict(FIRST), silence)


def test_weights_are_read_as_they_were_written():
    assert Weights.read(DEFAULT.written(), 1) == Weights(dict(FIRST), 50, 1)
