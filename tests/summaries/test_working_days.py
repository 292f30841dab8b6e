"""Do the five working days leave out what the country wrote down, and stay as the country was told?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.extensions import db
from app.organisations.days import actions, queries
from app.organisations.days.models import NonWorkingDay
from app.summaries.models import SummaryChange
from app.web.errors import Refusal
from tests.calls.browsing import Reader
from tests.calls.settled import Settled
from tests.summaries.accepted import Case
from tests.summaries.test_life import SHORTER


def off(case: Case, actor: Any, day: date, country: str = "hn") -> None:
    case.stored(lambda: actions.add(
        actor, queries.get(actor, case.settled.id(country)), day=day,
        name_es="Fiesta nacional", name_en="National holiday"))  # fmt: skip


def closing(case: Case) -> date:
    at = case.stored(lambda: db.session.scalar(select(SummaryChange.closes_at)))
    return at.date()


def test_without_days_the_fifth_working_day_is_the_last(case: Case) -> None:
    case.prepare().change(SHORTER)
    assert closing(case) == date(2004, 6, 1)  # the end of 31 May in Panama


def test_a_day_off_moves_the_close_of_that_country_alone(case: Case) -> None:
    off(case, case.hn, date(2004, 5, 27))
    case.prepare().change(SHORTER)
    assert closing(case) == date(2004, 6, 2)


def test_the_days_of_another_country_do_not_count(case: Case) -> None:
    off(case, case.settled["sv"], date(2004, 5, 27), "sv")
    case.prepare().change(SHORTER)
    assert closing(case) == date(2004, 6, 1)


def test_a_day_added_later_moves_no_clock_that_runs(case: Case, reader: Reader) -> None:
    off(case, case.hn, date(2004, 5, 27))
    case.prepare().change(SHORTER)
    off(case, case.hn, date(2004, 5, 28))
    assert closing(case) == date(2004, 6, 2)
    words = reader.as_(case.hn).get(f"/summaries/{case.summary_id}/decision").words
    assert (
        "The days that count: Tuesday 25 May, Wednesday 26 May, Friday 28 May, Monday 31 May,"
        " Tuesday 1 June. Thursday 27 May does not count: National holiday." in words
    )


class TestThePage:
    def page(self, settled: Settled) -> str:
        return f"/days/{settled.id('hn')}"

    def test_the_country_writes_its_days_down_and_takes_them_off(
        self, settled: Settled, reader: Reader, stored: Any
    ) -> None:
        page = self.page(settled)
        sent = reader.as_(settled["hn"]).submit(
            page, f"{page}?year=2004", day="15 September 2004", name_es="Independencia")  # fmt: skip
        assert sent.status == 303
        shown = reader.get(page)
        assert "Wednesday 15 September Independencia verified by the country" in shown.words
        taking_off = next(each for each in shown.actions() if each.endswith("/removal"))
        assert reader.submit(page, taking_off).status == 303
        assert "No day is written down for this year." in reader.get(page).words
        assert stored(lambda: db.session.scalars(select(NonWorkingDay)).all()) == []

    def test_what_the_secretariat_writes_waits_for_the_country(
        self, settled: Settled, reader: Reader
    ) -> None:
        page = self.page(settled)
        typed = {"day": "15 September 2004", "name_es": "Independencia", "name_en": "Independence"}
        assert reader.as_(settled["st"]).submit(page, f"{page}?year=2004", **typed).status == 303
        seen = reader.get(page)
        assert "Independence to be verified by the country" in seen.words
        assert not [each for each in seen.actions() if each.endswith("/confirmation")]
        own = reader.as_(settled["hn"]).get(page)
        confirming = next(each for each in own.actions() if each.endswith("/confirmation"))
        assert reader.submit(page, confirming).status == 303
        assert "verified by the country" in reader.get(page).words

    def test_the_secretariat_takes_off_only_what_the_country_has_not_confirmed(
        self, settled: Settled, reader: Reader, stored: Any
    ) -> None:
        page = self.page(settled)

        def removals(who: str) -> set[str]:
            shown = reader.as_(settled[who]).get(page)
            return {each for each in shown.actions() if each.endswith("/removal")}

        def kept() -> list[date]:
            return stored(lambda: [each.day for each in db.session.scalars(select(NonWorkingDay))])

        for who, day in (("st", "16 September 2004"), ("hn", "17 September 2004")):
            reader.as_(settled[who]).submit(page, f"{page}?year=2004", day=day, name_es="Fiesta")
        of_country, (own,) = removals("hn"), removals("st")
        fields = reader.get(page).fields(own)
        for confirmed in of_country - {own}:
            assert reader.send(confirmed, fields).status == 403
        assert date(2004, 9, 16) in kept()
        assert reader.send(own, fields).status == 303
        assert removals("st") == set()
        assert date(2004, 9, 17) in kept()
        assert date(2004, 9, 16) not in kept()

    @pytest.mark.parametrize(
        ("typed", "field", "said"),
        [
            (
                {"day": "15 September 2004", "name_es": ""},
                "name_es",
                "Write what the day is called",
            ),
            ({"day": "soon", "name_es": "X"}, "day", "Write a date"),
            ({"day": "18 September 2004", "name_es": "X"}, "day", "Saturdays and Sundays"),
        ],
    )
    def test_a_refused_day_keeps_what_was_typed(
        self, settled: Settled, reader: Reader, typed: dict[str, str], field: str, said: str
    ) -> None:
        page = self.page(settled)
        seen = reader.as_(settled["hn"]).submit(page, f"{page}?year=2004", **typed)
        assert seen.status == 422
        assert said in seen.words
        assert f'id="error-{field}"' in seen.html
        assert f'value="{typed["day"]}"' in seen.html

    def test_a_day_stands_there_once(self, case: Case) -> None:
        off(case, case.hn, date(2004, 9, 15))
        with pytest.raises(Refusal, match="written down already"):
            off(case, case.st, date(2004, 9, 15))

    def test_nobody_else_sees_the_days_of_a_country(self, settled: Settled, reader: Reader) -> None:
        reader.as_(settled["sv"]).get(self.page(settled), status=404)
        reader.as_(settled["ca-sponsor"]).get(self.page(settled), status=403)
        reader.as_(settled["st"]).get(f"/days/{settled.id('ca-sponsor')}", status=404)
        reader.get(f"{self.page(settled)}?year=99999")
