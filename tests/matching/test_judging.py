"""Does the product judge a pair as somebody would by hand, in either direction, and never unfairly?"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.matching.criterion import Pair, Verdict
from app.matching.facts import Asked
from app.matching.match import findings, match
from app.matching.weights import CRITERIA, DEFAULT, KEYS
from tests.matching import naive, worlds
from tests.matching.worlds import LABELS, TODAY


@settings(max_examples=200)
@given(worlds.pairs(), worlds.weights())
def test_each_share_and_the_total_are_what_a_count_by_hand_gives(pair, weights):
    found = match(pair, weights, "key")
    assert dict(zip(KEYS, found.shares, strict=True)) == naive.shares(
        pair.asked, pair.offered, TODAY
    )
    assert found.total == naive.total(pair.asked, pair.offered, TODAY, weights)


@given(worlds.pairs(), worlds.weights())
def test_a_need_s_page_and_an_offer_s_page_say_the_same(pair, weights):
    for_need, for_offer = (
        match(pair, weights, pair.offered.key),
        match(pair, weights, pair.asked.key),
    )
    assert for_need.total == for_offer.total
    assert findings(for_need, weights, LABELS) == findings(for_offer, weights, LABELS)


@given(worlds.pairs(), worlds.weights())
def test_the_total_is_the_sum_of_what_is_shown(pair, weights):
    found = match(pair, weights, "key")
    shown = findings(found, weights, LABELS)
    assert sum(each.points for each in shown) == found.total
    assert sum(each.weight for each in shown) == 100
    for each in shown:
        counted = weights.not_stated if each.share is None else each.share
        assert each.points == each.weight * counted


@given(worlds.pairs(), st.randoms(use_true_random=False))
def test_the_order_of_needs_and_codes_changes_nothing(pair, random):
    needs, offered = list(pair.asked.needs), pair.offered
    random.shuffle(needs)
    turned = {name: tuple(reversed(getattr(offered, name)))
              for name in ("themes", "profiles", "countries", "modalities", "languages", "costs")}  # fmt: skip
    other = Pair(Asked(key=pair.asked.key, needs=tuple(needs)), replace(offered, **turned), TODAY)
    before, after = match(pair, DEFAULT, "key"), match(other, DEFAULT, "key")
    assert (before.shares, before.total) == (after.shares, after.total)
    assert findings(before, DEFAULT, LABELS) == findings(after, DEFAULT, LABELS)


@given(worlds.pairs(), st.sampled_from(["themes", "profiles", "languages", "costs", "modalities"]),
       st.data())  # fmt: skip
def test_an_offer_that_gives_more_is_never_worth_less(pair, name, data):
    own = getattr(pair.offered, name)
    assume(own)
    lists = {"costs": "cost_lines"}
    more = tuple(dict.fromkeys((*own, *data.draw(worlds.some(lists.get(name, name), least=1)))))
    _no_worse(pair, **{name: more})


@given(worlds.pairs(), worlds.days)
def test_an_offer_that_holds_longer_is_never_worth_less(pair, day):
    _no_worse(pair, valid_until=max(day, pair.offered.valid_until))
    window = pair.offered.window
    assume(window.last)
    _no_worse(pair, window=replace(window, last=max(day, window.last)))


@given(worlds.pairs(), worlds.countries)
def test_an_offer_open_to_more_countries_is_never_worth_less(pair, more):
    assume(pair.offered.countries)
    _no_worse(pair, countries=tuple(dict.fromkeys((*pair.offered.countries, *more))))
    _no_worse(pair, countries=())


@given(worlds.pairs(), st.integers(1, 100))
def test_an_offer_with_more_seats_is_never_worth_less(pair, more):
    assume(pair.offered.seats_max)
    _no_worse(pair, seats_max=pair.offered.seats_max + more)


def _no_worse(pair, **better):
    other = Pair(pair.asked, replace(pair.offered, **better), TODAY)
    before, after = match(pair, DEFAULT, "key"), match(other, DEFAULT, "key")
    assert after.total >= before.total, (better, before.shares, after.shares)


@given(worlds.pairs())
def test_a_host_is_asked_for_the_place_alone_and_judged_by_what_it_says(pair):
    host = replace(pair.offered, is_host=True)
    for each in findings(match(Pair(pair.asked, host, TODAY), DEFAULT, "key"), DEFAULT, LABELS):
        may_be_silent = {"theme": host.themes, "profile": host.profiles, "level": host.level,
                         "language": host.languages, "modality": host.modalities, "costs": ()}  # fmt: skip
        is_asked = bool(may_be_silent.get(each.criterion, True))
        assert (each.verdict is Verdict.NOT_ASKED) == (not is_asked), each
        if not is_asked:
            assert (each.share, each.change, each.rules_out) == (None, None, False)


@given(worlds.pairs())
def test_nobody_else_is_excused_of_anything(pair):
    payer = replace(pair.offered, is_host=False)
    told = findings(match(Pair(pair.asked, payer, TODAY), DEFAULT, "key"), DEFAULT, LABELS)
    assert Verdict.NOT_ASKED not in {each.verdict for each in told}


@given(worlds.pairs())
def test_a_criterion_that_rules_out_says_so_and_only_where_it_fails(pair):
    for each in findings(match(pair, DEFAULT, "key"), DEFAULT, LABELS):
        may = {criterion.key: criterion.rules_out for criterion in CRITERIA}[each.criterion]
        assert each.rules_out == (may and each.verdict is Verdict.FAILS)
        assert (each.change is not None) == (each.verdict is Verdict.FAILS)
