"""Whatever is pledged, returned, withdrawn or lapses: do all totals agree to the cent?"""

from __future__ import annotations

from typing import Any

from tests.calls.conftest import morning as morning
from tests.calls.conftest import settled as settled
from tests.calls.settled import Settled
from tests.funding.sequences import by_chance, play

STEPS = 24


def test_totals_of_a_course_agree_after_every_act(
    settled: Settled, database: Any, proof: Any
) -> None:
    run = proof(
        f"pledges-{database.kind}",
        what="Three givers in four currencies, two countries, the Secretariat and the clock act on one course"
        " in any order: after every act the totals by line, by payer and of the course are those of the"
        " pledges' lines, each rounded once; what was returned, withdrawn or lapsed freed exactly its part;"
        " what was refused changed nothing",
        full=2000,
        sample=15,
    )
    for chance in run.cases():
        run.counts.update(play(settled, by_chance(chance, STEPS)))
