"""Asked everything that can be asked, does Enlace answer nobody wrongly and show nobody a foreign word?"""

from __future__ import annotations

import json
import random
from typing import Any

from tests.access.matrix import Matrix, decision
from tests.access.world import matrix as matrix
from tests.support.proof import RECORDS, SAMPLE_SEED, is_proving, record


def test_no_question_is_answered_wrongly(matrix: Matrix, database: Any, proof: Any) -> None:
    questions = list(matrix.questions())
    random.Random(SAMPLE_SEED).shuffle(questions)
    kind = "sqlite" if database.is_a_file else "postgresql"
    run = proof(
        f"access-{kind}",
        what="Everybody asks every address for own, foreign and missing records, by each method, for"
        " a page and for a fragment; answers are compared with lines written by hand, foreign ones"
        " with missing ones, and every body is searched for words planted in every field",
        full=len(questions),
        sample=100,
    )
    for _ in run.cases():
        question = questions[run.counts["cases"]]
        assert not (wrong := matrix.wrong(question)), wrong
        run.count(decision(question))
    if is_proving():
        gather()


def gather() -> None:
    """Put what was found on both databases together."""
    counts, seed = {}, None
    for path in sorted(RECORDS.glob("access-*.json")):
        found = json.loads(path.read_text())
        kind, seed = path.stem.removeprefix("access-"), found["seed"]
        counts |= {f"{kind}: {name}": number for name, number in found["counts"].items()}
    record("access", "Every question of the matrix, on both databases", counts, seed)
