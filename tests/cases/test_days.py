"""Is it the same day for all countries wherever cases and their reservations are handled?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from app import clock

CASES = Path(__file__).parents[2] / "app/cases"


def test_a_day_ends_on_the_clocks_of_the_conference() -> None:
    with clock.stopped_at(datetime(2004, 5, 25, 4, 59, tzinfo=UTC)):
        assert clock.today() == date(2004, 5, 24)
    with clock.stopped_at(datetime(2004, 5, 25, 5, tzinfo=UTC)):
        assert clock.today() == date(2004, 5, 25)


def test_nothing_asks_the_clocks_of_the_reader_for_the_day() -> None:
    asked = [path.name for path in CASES.rglob("*.py") if "locale.today" in path.read_text()]
    assert asked == []
