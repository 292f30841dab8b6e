"""Asked everything that can be asked, does Enlace answer nobody wrongly and show nobody a foreign word?"""

from __future__ import annotations

import json
import os
import random
from itertools import zip_longest
from typing import Any

from tests.access.matrix import Matrix, Question, decision
from tests.access.world import matrix as matrix
from tests.support.proof import RECORDS, SAMPLE_SEED, commit, is_proving, record

FULL = 25_000
"""On each database; ENLACE_TEST_QUESTIONS asks for another number, up to all there are (99,000)."""


def test_no_question_is_answered_wrongly(matrix: Matrix, database: Any, proof: Any) -> None:
    questions = in_turn(matrix)
    run = proof(
        f"access-{database.kind}",
        what="Everybody asks every address for own, foreign and missing records, by each method, for"
        " a page and for a fragment; answers are compared with lines written by hand, foreign ones"
        " with missing ones, and every body is searched for words planted in every field",
        full=min(int(os.environ.get("ENLACE_TEST_QUESTIONS", FULL)), len(questions)),
        sample=100,
    )
    for _ in run.cases():
        question = questions[run.counts["cases"]]
        assert not (wrong := matrix.wrong(question)), wrong
        run.count(decision(question))
    if is_proving():
        gather()


def in_turn(matrix: Matrix) -> list[Question]:
    """Every question by chance, so that each endpoint and each decision has its turn early."""
    piles: dict[tuple[str, str], list[Question]] = {}
    for question in matrix.questions():
        piles.setdefault((question.endpoint, decision(question)), []).append(question)
    chance = random.Random(SAMPLE_SEED)
    for pile in piles.values():
        chance.shuffle(pile)
    rounds = zip_longest(*piles.values())
    return [question for each in rounds for question in each if question is not None]


def gather() -> None:
    """Put what was found on both databases together."""
    counts, seed = {}, None
    for path in sorted(RECORDS.glob("access-*.json")):
        found = json.loads(path.read_text())
        if found["commit"] != commit():
            continue  # of an earlier proof
        kind, seed = path.stem.removeprefix("access-"), found["seed"]
        counts |= {f"{kind}: {name}": number for name, number in found["counts"].items()}
    record("access", "Every question of the matrix, on both databases", counts, seed)
