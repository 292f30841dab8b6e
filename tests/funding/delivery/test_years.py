"""Does each thing count once, in the year that the Conference's clocks showed?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from app.extensions import db
from app.funding.delivery import years
from app.funding.delivery.years import Year
from app.intake.models import Dossier
from tests.calls.browsing import Reader
from tests.calls.settled import Settled
from tests.desk import lying
from tests.matches.offering import offer

Stored = Callable[[Callable[[], Any]], Any]
EVE = datetime(2005, 1, 1, 4, 59, tzinfo=UTC)
"""Shortly before midnight in Panama, on the last day of 2004."""
NEW_YEAR = datetime(2005, 1, 1, 5, 0, tzinfo=UTC)


def by_year(stored: Stored, what: str) -> dict[int, int]:
    return {each.year: each[what] for each in stored(years.count) if each[what]}


def test_a_year_ends_at_midnight_on_the_conference_s_clocks(
    settled: Settled, stored: Stored
) -> None:
    def open_offers() -> None:
        for opened_at in (EVE, NEW_YEAR, datetime(2005, 12, 31, 23, tzinfo=UTC),
                          datetime(2005, 5, 1, 1, tzinfo=UTC)):  # fmt: skip
            offer(settled.id("ca-sponsor"), "Curso", opened_at=opened_at)

    stored(open_offers)
    assert by_year(stored, "offers") == {2004: 1, 2005: 3}


def test_needs_are_counted_and_nothing_else_that_is_submitted(
    settled: Settled, stored: Stored
) -> None:
    def submit() -> None:
        call = lying.open_call(settled)
        made = [lying.need(call, settled["hn"], "submitted", "Interviews") for _ in range(3)]
        db.session.execute(db.update(Dossier.__table__).where(Dossier.id == made[0].id)
                           .values(format_name="case"))  # fmt: skip

    stored(submit)
    assert by_year(stored, "needs") == {2004: 2}


def test_what_may_count_in_several_years_has_no_total(reader: Reader, settled: Settled) -> None:
    one = dict.fromkeys(years.COLUMNS, 1)
    whole = years.total([Year(2005, one), Year(2004, one)])
    assert whole == {**dict.fromkeys(years.COLUMNS, 2), "matches": None}


def test_the_page_says_so(reader: Reader, settled: Settled, stored: Stored) -> None:
    def open_offers() -> None:
        for opened_at in (EVE, NEW_YEAR):
            offer(settled.id("ca-sponsor"), "Curso", opened_at=opened_at)

    stored(open_offers)
    assert "Total 2 0 – 0 0 0 0" in reader.as_(settled["st"]).get("/years").words
