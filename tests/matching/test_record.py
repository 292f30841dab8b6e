"""Can what was written down of a ranking be read, and judged again to the same bytes?"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.formats.canonical import canonical_json
from app.formats.spec import Text
from app.matching.criterion import Pair
from app.matching.match import match, rank
from app.matching.record import Named, compute, judge_again, stands
from app.matching.weights import DEFAULT
from app.matching.written import read, write
from tests.matching import worlds
from tests.matching.worlds import LABELS, TODAY


def _named(facts, kind="offer"):
    return Named(kind, Text("título", "title"), "es", Text("alguien", "somebody"), facts)


@given(worlds.asks(), worlds.offers())
def test_facts_are_read_as_they_were_written(asked, offered):
    assert read(write(asked)) == asked
    assert read(write(offered)) == offered
    assert canonical_json(write(asked)) == canonical_json(write(read(write(asked))))


@st.composite
def records(draw):
    offers = [_named(draw(worlds.offers(f"offer{n}"))) for n in range(draw(st.integers(0, 6)))]
    return compute(_named(draw(worlds.asks()), "need"), offers, weights=draw(worlds.weights()),
                   today=TODAY, labels=LABELS)  # fmt: skip


@settings(max_examples=50)
@given(records())
def test_the_same_facts_and_weights_give_the_same_bytes(content):
    assert canonical_json(judge_again(content, LABELS)) == canonical_json(content)
    assert stands(content, LABELS)


def test_a_record_of_earlier_rules_is_judged_again_by_them_to_the_same_bytes():
    kept = (Path(__file__).parent / "judging_1.json").read_bytes()
    content = json.loads(kept)
    assert canonical_json(judge_again(content, LABELS)) == kept
    assert stands(content, LABELS)
    assert "judging" not in content
    anew = judge_again(content | {"judging": 2}, LABELS)
    assert canonical_json(anew) != kept


@settings(max_examples=50)
@given(records())
def test_whoever_changes_a_record_is_found_out(content):
    for entry in (*content["best"], *content["near"]):
        entry["total"] += 1
    assert stands(content, LABELS) == (not content["best"] and not content["near"])


@settings(max_examples=50)
@given(records(), worlds.weights())
def test_other_weights_give_the_order_that_they_would_have_given(content, weights):
    again = judge_again(content, LABELS, weights)
    for name in ("best", "near"):
        pairs = [
            (
                each["facts"]["key"],
                Pair(read(content["subject"]["facts"]), read(each["facts"]), TODAY),
            )
            for each in content[name]
        ]
        found = rank(match(pair, weights, key) for key, pair in pairs)
        places = [each.key for each in (found.best if name == "best" else found.near)]
        assert [each["facts"]["key"] for each in again[name]] == places


def test_an_offer_finds_its_needs_as_a_need_its_offers():
    asked, offered = worlds.asks(), worlds.offers()

    @settings(max_examples=50)
    @given(asked, offered)
    def both_ways(need, offer):
        day = TODAY + timedelta(1)
        one = compute(
            _named(need, "need"), [_named(offer)], weights=DEFAULT, today=day, labels=LABELS
        )
        other = compute(
            _named(offer), [_named(need, "need")], weights=DEFAULT, today=day, labels=LABELS
        )
        for name in ("best", "near"):
            assert [each["total"] for each in one[name]] == [each["total"] for each in other[name]]
            assert ([each["criteria"] for each in one[name]]
                    == [each["criteria"] for each in other[name]])  # fmt: skip
        assert one["failed"] == other["failed"]

    both_ways()
