"""Does a proof ask what it says, go on where it was interrupted, and write down what it found?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import proof as proofs
from tests.support.proof import Run


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "RECORDS", tmp_path / "records")
    monkeypatch.setattr(proofs, "STATE", tmp_path / "state")
    monkeypatch.setattr(proofs, "commit", lambda: "abc")


def begin(total: int = 250, seed: int = 7) -> Run:
    return Run("probes", "Everybody asks for everything", seed, total, proofs.STATE / "probes.json")


def recorded() -> dict:
    return json.loads((proofs.RECORDS / "probes.json").read_text())


def test_a_finished_proof_says_what_was_asked_where_and_how_often() -> None:
    run = begin()
    for _ in run.cases():
        run.count("wrong", 0)
    assert recorded() == {
        "what": "Everybody asks for everything",
        "commit": "abc",
        "seed": 7,
        "counts": {"cases": 250, "wrong": 0},
    }


def test_the_same_seed_asks_the_same_and_another_asks_other_things() -> None:
    first, again, other = (
        [chance.random() for chance in begin(seed=seed).cases()] for seed in (7, 7, 8)
    )
    assert first == again
    assert not set(first) & set(other)


def test_an_interrupted_proof_goes_on_where_it_was() -> None:
    whole = [chance.random() for chance in begin().cases()]
    asked = []
    for number, chance in enumerate((run := begin()).cases()):
        if number == 130:
            break  # as an interruption does, before the case was counted
        asked.append(chance.random())
        run.count("answers")
    del run
    for chance in (run := begin()).cases():
        asked.append(chance.random())
        run.count("answers")
    assert asked == whole
    assert recorded()["counts"] == {"cases": 250, "answers": 250}


def test_a_proof_killed_without_a_word_repeats_less_than_a_hundred_cases() -> None:
    cases = (run := begin()).cases()
    for _ in range(180):
        next(cases)
    saved = json.loads((proofs.STATE / "probes.json").read_text())
    assert saved["next"] == 100
    assert run.counts["cases"] == 179


@pytest.mark.parametrize("changed", ["commit", "seed", "total"])
def test_what_was_asked_of_another_program_does_not_count(
    changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = begin().cases()
    for _ in range(180):
        next(cases)
    cases.close()
    if changed == "commit":
        monkeypatch.setattr(proofs, "commit", lambda: "def")
    run = begin(**{changed: 300} if changed != "commit" else {})
    assert len(list(run.cases())) == run.total


def test_nothing_is_recorded_when_a_case_fails() -> None:
    def ask() -> None:
        for number, _ in enumerate(begin().cases()):
            assert number < 20

    with pytest.raises(AssertionError):
        ask()
    assert not proofs.RECORDS.exists()


def test_the_sample_asks_little_and_writes_nothing(proof) -> None:
    run = proof("probes", what="…", full=20_000, sample=5)
    assert len(list(run.cases())) == (20_000 if proofs.is_proving() else 5)
    assert proofs.RECORDS.exists() is proofs.is_proving()
