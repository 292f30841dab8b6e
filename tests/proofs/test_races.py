"""Who acts while somebody else does: does it end as if one had come after the other?"""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import Any

import pytest
from flask import Flask

from tests.accounts.house import House
from tests.accounts.standing import cheap_hashes as cheap_hashes
from tests.accounts.standing import house as house
from tests.intake.acts import ACTS_IN
from tests.intake.placing import Stage
from tests.intake.racing import Races

Pair = tuple[str, str, str]
FIRST: tuple[Pair, ...] = (
    ("draft", "certify", "withdraw"), ("draft", "certify", "save"),
    ("draft", "certify", "discard"), ("draft", "discard", "save"), ("draft", "say_ready", "say_ready"),
    ("discarded", "bring_back", "bring_back"),
    ("draft", "save", "save_otherwise"), ("draft", "save_cell", "remove_row"),
    ("submitted", "accept", "return"), ("submitted", "accept", "withdraw"),
    ("returned", "reopen", "withdraw"), ("accepted", "reopen", "reopen"),
    ("mended", "certify", "certify"), ("open", "start", "start"), ("open", "start", "close"),
    ("closed", "certify", "permit"), ("closed", "permit", "permit"),
)  # fmt: skip
"""What `make test` asks: of each kind of meeting one."""


def pairs() -> list[Pair]:
    """Every two acts that can be asked of the same need or call."""
    every = [
        (where, *two)
        for where, acts in ACTS_IN.items()
        for two in combinations_with_replacement(acts, 2)
    ]
    assert set(FIRST) <= set(every)
    return [*FIRST, *(pair for pair in every if pair not in FIRST)]


@pytest.fixture
def races(app: Flask, house: House, monkeypatch: pytest.MonkeyPatch) -> Races:
    return Races(Stage(app, house), monkeypatch)


def test_two_at_once_end_as_if_one_had_come_after_the_other(
    races: Races, database: Any, proof: Any
) -> None:
    every = pairs()
    run = proof(
        f"races-{database.kind}",
        what="Two requests on one need or one call, the second sent while the first is about to"
        " commit, in both orders: what was done and all that is stored are as after one of them"
        " followed the other",
        full=len(every),
        sample=len(FIRST),
    )
    for _ in run.cases():
        where, one, other = every[run.counts["cases"]]
        serial = [races.one_after_the_other(where, one, other),
                  races.one_after_the_other(where, other, one).turned()]  # fmt: skip
        ended = [races.at_once(where, one, other)]
        if one != other:
            ended.append(races.at_once(where, other, one).turned())
        for each in ended:
            assert each in serial, f"{where}: {one} and {other} end as {each}, not as {serial}"
        run.count("races", len(ended))
