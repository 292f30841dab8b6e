"""Does a record that fails hold up none of those behind it?"""

from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError

from app.jobs.one_by_one import one_by_one
from app.outbox.deeds import LookAgain
from app.workflow.machine import NotNow


@pytest.mark.parametrize(
    "fault", [ValueError("spoilt"), NotNow("pledge", "ended", "expire"), LookAgain("1")]
)
def test_the_others_have_their_turn(fault: Exception) -> None:
    done: list[str] = []

    def act(record_id: str) -> None:
        if record_id == "1":
            raise fault
        done.append(record_id)

    one_by_one("a-job", ["0", "1", "2"], act)
    assert done == ["0", "2"]


def test_a_database_that_is_away_ends_the_round() -> None:
    away = OperationalError("", {}, Exception("gone"))
    away.connection_invalidated = True

    def act(record_id: str) -> None:
        raise away

    with pytest.raises(OperationalError):
        one_by_one("a-job", ["0"], act)
