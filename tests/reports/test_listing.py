"""Does every figure open exactly the needs that it counted?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from app.extensions import db
from app.needs.format import NEED
from app.reports.compile import compile_figures
from app.reports.counted import statement
from app.reports.dimensions import DIMENSIONS, NOT_NAMED
from app.reports.figures import FULL, MEMBERS, Basis
from app.reports.listing import listed_needs, needs_behind, of_frozen
from app.web.keyset import SIZE
from tests.calls.settled import MORNING
from tests.reports.accepted import DAY, Accepted, Written, answers
from tests.reports.example import NEEDS, write_example


def all_behind(basis: Basis, **line: Any) -> list[str]:
    """The versions behind a line, page after page."""
    found, mark = [], ""
    while True:
        page = needs_behind(basis, mark=mark, **line)
        assert len(page.rows) <= SIZE
        found += [need.version_id for need in page.rows]
        if not (mark := page.behind):
            return found


@pytest.mark.parametrize("audience", [FULL, MEMBERS])
def test_each_line_opens_as_many_needs_as_it_counts_and_no_need_twice(
    accepted: Accepted, audience: Any
) -> None:
    call = write_example(accepted)
    write_example_of_another_call(accepted)
    basis = Basis(call_id=call.id, as_of=MORNING, audience=audience)
    compilation = compile_figures(basis, NEED)
    listed = listed_needs(basis, NEED)
    assert len(listed) == compilation.total.needs == len(all_behind(basis))
    for dimension in DIMENSIONS:
        for line in compilation.grouping(dimension).lines:
            behind = all_behind(basis, dimension=dimension, code=line.code)
            assert len(set(behind)) == len(behind) == line.figures.needs, (dimension, line)
            frozen = [need for _, need in of_frozen(listed, dimension, line.code)]
            assert len(frozen) == line.figures.needs
            if dimension != "profile":
                people = sum(need.participants for need in frozen)
                assert people == line.figures.participants


def write_example_of_another_call(accepted: Accepted) -> None:
    accepted.need(accepted.call("other"), Written(answers=answers()))


def test_a_long_list_is_paged_without_a_gap_or_a_repetition(accepted: Accepted) -> None:
    call = accepted.call()
    ids = accepted.needs(call, [
        # Many are accepted at the same instant, as after a meeting.
        [Written(answers=answers(), valid_from=MORNING - (number // 30) * DAY)]
        for number in range(60)
    ])  # fmt: skip
    behind = all_behind(Basis(call_id=call.id, as_of=MORNING), dimension="theme", code="T2")
    assert sorted(behind) == sorted(version_id for (version_id,) in ids)


def test_a_figure_of_another_day_opens_the_versions_of_that_day(accepted: Accepted) -> None:
    call, change = accepted.call(), MORNING - timedelta(hours=3)
    old, new = accepted.need(
        call,
        Written(answers=answers(), valid_to=change),
        Written(answers=answers(), valid_from=change),
    )

    def behind(as_of: Any) -> list[str]:
        return all_behind(Basis(call_id=call.id, as_of=as_of), dimension="theme", code="T2")

    assert behind(change - timedelta(microseconds=1)) == [old]
    assert behind(change) == [new]


def test_the_report_lists_needs_by_theme_with_the_words_of_the_country(accepted: Accepted) -> None:
    call = write_example(accepted)
    listed = listed_needs(Basis(call_id=call.id, as_of=MORNING), NEED)
    assert len(listed) == len(NEEDS)
    first = listed[0]
    assert first.title == "Entrevista a posibles víctimas de trata en puestos fronterizos"
    assert first.length.es == "4 días, 6 horas por día (24 horas en total)"
    assert first.length.en == "4 days, 6 hours a day (24 hours in all)"
    assert [theme.code for theme in first.themes] == ["T2", "T3"]
    people = [(each.profile.code, each.participants, each.not_stated) for each in first.audience]
    assert people == [("border_front_line", 36, 0), ("prosecutor", 9, 9)]
    assert [need.themes[0].code for need in listed] == ["T2", "T3", "T4", "T6", "T7", "T12", "T18"]


def test_members_read_nothing_that_tells_the_country_of_a_need_without_a_name(
    accepted: Accepted,
) -> None:
    call = write_example(accepted)
    listed = listed_needs(Basis(call_id=call.id, as_of=MORNING, audience=MEMBERS), NEED)
    assert len(listed) == len(NEEDS) - 1
    (unnamed,) = [need for need in listed if need.country.code == NOT_NAMED]
    assert (unnamed.need_id, unnamed.reference, unnamed.title) == (None, None, None)
    assert unnamed.themes[0].code == "T7"


@pytest.mark.parametrize("countries", [("HN", "SV"), ("SV", "HN")])
def test_needs_without_a_name_stand_in_the_same_order_however_they_came(
    accepted: Accepted, countries: tuple[str, str]
) -> None:
    said = {
        country: answers(audience=({"profile": "prosecutor", "total": people},
                                   {"profile": "consular", "total": 8 - people}))
        for country, people in (("HN", 3), ("SV", 5))
    }  # fmt: skip
    call = accepted.call()
    for country in countries:
        written = Written(country=country, answers=said[country], members="unnamed")
        accepted.need(call, written)
    listed = listed_needs(Basis(call_id=call.id, as_of=MORNING, audience=MEMBERS), NEED)
    assert [[each.participants for each in need.audience] for need in listed] == [[3, 5], [5, 3]]


def test_the_order_of_needs_without_a_name_tells_nothing_of_their_countries(
    accepted: Accepted,
) -> None:
    def shown(countries: tuple[str, ...]) -> list[Any]:
        call = accepted.call("-".join(countries))
        for country, people in zip(countries, (30, 10, 20), strict=True):
            said = answers(audience=({"profile": "judge", "total": people},))
            accepted.need(call, Written(country=country, answers=said, members="unnamed"))
        return list(listed_needs(Basis(call_id=call.id, as_of=MORNING, audience=MEMBERS), NEED))

    assert shown(("HN", "SV", "GT")) == shown(("GT", "HN", "SV"))


def test_reading_a_report_takes_the_same_few_statements_however_much_there_is(
    accepted: Accepted,
) -> None:
    def statements(needs: int) -> int:
        call = accepted.call(f"with-{needs}")
        accepted.needs(call, [[Written(answers=answers())] for _ in range(needs)])
        basis, seen = Basis(call_id=call.id, as_of=MORNING), []
        listener = ("before_cursor_execute", lambda *told: seen.append(told[2]))
        event.listen(db.engine, *listener)
        try:
            assert compile_figures(basis, NEED).total.needs == needs
            assert len(listed_needs(basis, NEED)) == needs
            assert len(needs_behind(basis, dimension="theme", code="T2").rows) == min(needs, SIZE)
        finally:
            event.remove(db.engine, *listener)
        return len(seen)

    assert statements(100) == statements(1000) == len(DIMENSIONS) + 3 + 1


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_both_databases_can_reach_what_they_group_by_an_index(
    accepted: Accepted, dimension: str
) -> None:
    plan = PLANS[db.engine.dialect.name](
        statement(Basis(call_id="a-call", as_of=MORNING), dimension)
    )
    assert any("ix_need_fact_in_force" in step for step in plan), plan
    assert not [step for step in plan if "SCAN " in step or "Seq Scan" in step], plan


def plan_of_sqlite(query: Any) -> list[str]:
    compiled = query.compile(db.engine)
    values = [str(compiled.params[name]) for name in compiled.positiontup]
    raw = db.session.connection().connection.driver_connection
    return [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {compiled}", values)]


def plan_of_postgresql(query: Any) -> list[str]:
    """What it does where reading whole tables would cost too much, as with many calls."""
    compiled = query.compile(db.engine)
    raw = db.session.connection().connection.driver_connection
    raw.execute("SET LOCAL enable_seqscan = off")
    return [row[0] for row in raw.execute(f"EXPLAIN {compiled}", compiled.params)]


PLANS = {"sqlite": plan_of_sqlite, "postgresql": plan_of_postgresql}
