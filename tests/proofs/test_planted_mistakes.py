"""When a rule about access is wrong, does the matrix notice it?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.access.matrix import Matrix
from tests.access.mistakes import Mistake, all_mistakes
from tests.access.world import matrix as matrix
from tests.support.proof import SAMPLE_SEED, is_proving, record

AT_LEAST = 60


def test_each_planted_mistake_is_found(matrix: Matrix, database: Any) -> None:
    if not database.is_a_file:
        pytest.skip("PostgreSQL's own walls hide what a wrong query would have let out")
    planted = list(all_mistakes(matrix))
    assert len(planted) >= AT_LEAST
    chosen = planted if is_proving() else planted[:: len(planted) // 8]
    missed = [mistake.name for mistake in chosen if not is_found(matrix, mistake)]
    assert not missed, missed
    assert len(chosen) >= (AT_LEAST if is_proving() else 8)
    if is_proving() and database.is_a_file:
        record("planted-mistakes", WHAT, {"planted": len(chosen), "found": len(chosen)},
               SAMPLE_SEED)  # fmt: skip


WHAT = (
    "One mistake at a time in the policy table, a guard or a query's condition, on SQLite, where no"
    " wall of the database hides it; found is what gives at least one wrong answer in the matrix"
)


def is_found(matrix: Matrix, mistake: Mistake) -> bool:
    """Whether some question is answered wrongly with the mistake in place."""
    people = [one for one in matrix.one_of_each if one.is_signed_in]
    with pytest.MonkeyPatch().context() as patch:
        mistake.plant(patch)
        matrix.forget()
        questions = matrix.questions(people, mistake.endpoints, ways=(False,))
        found = any(matrix.wrong(question) for question in questions)
    matrix.forget()
    return found
