"""Does the report work on groups of similar needs as on single needs, and tell members nobody's name?"""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app import clock
from app.calls.models import Call
from app.extensions import db
from app.formats.spec import Text
from app.groups import actions as groups
from app.groups import queries
from app.groups.gathering import FACT
from app.policy.actor import Actor
from app.reports import actions as editions
from app.reports import building, content, drawing, listing, tallying
from app.reports.figures import FULL, GROUP, MEMBERS, NO_GROUP, Basis, Figures, SimilarNeeds
from app.reports.report import Report
from app.web.errors import Refusal
from tests.calls.settled import MORNING, Settled
from tests.reports.accepted import Accepted, Written, answers

NAME = Text("Detección en frontera", "Detection at the border")
OTHER = Text("Detección", "Detection")


@pytest.fixture
def officer(settled: Settled) -> Actor:
    return settled["st"]


@pytest.fixture(autouse=True)
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that goes on with every look at it."""
    ticks = itertools.count(1)
    monkeypatch.setattr(clock, "now", lambda: MORNING + timedelta(seconds=next(ticks)))


NEEDS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("HN", "named", {"themes": ("T2", "T3"), "languages": ["es", "en"],
                     "window_from": "2004-09-06", "window_to": "2004-11-26"}),
    ("GT", "named", {"themes": ("T2",), "languages": ["es"], "window_from": "2004-10-04",
                     "window_to": "2004-12-03"}),
    ("SV", "unnamed", {"themes": ("T2",), "languages": ["es"]}),
    ("NI", "named", {"themes": ("T2", "T6"), "languages": ["en"]}),
    ("MX", "none", {"themes": ("T2",), "languages": ["es"]}),
)  # fmt: skip
HN, GT, SV, NI, MX = range(5)


@pytest.fixture
def call(accepted: Accepted) -> Call:
    call = accepted.call()
    accepted.needs(call, [
        [Written(country=country, members=members, answers=answers(f"Need {number}", **said))]
        for number, (country, members, said) in enumerate(NEEDS)
    ])  # fmt: skip
    return call


@pytest.fixture
def needs(call: Call) -> list[str]:
    """The needs' ids, in the order in which they were written."""
    query = db.select(FACT.c.need_id).where(FACT.c.call_id == call.id).order_by(FACT.c.title)
    return list(db.session.scalars(query))


def report_of(call: Call, as_of: datetime | None = None, audience: Any = FULL) -> Report:
    return building.build(call, as_of=as_of or clock.now(), audience=audience)


def told(
    call: Call, as_of: datetime | None = None, audience: Any = FULL
) -> tuple[SimilarNeeds, ...]:
    return report_of(call, as_of, audience).groups or ()


def test_without_groups_nothing_is_told_of_them(call: Call) -> None:
    report = report_of(call)
    assert report.groups == ()
    assert GROUP not in [table.key for table in drawing.tables(report, "es", "es_419")]


def test_a_group_tells_what_its_needs_ask_for_together_and_have_in_common(
    officer: Actor, call: Call, needs: list[str]
) -> None:
    group = groups.begin(officer, call.id, needs[:2], NAME)
    one, rest = told(call)
    assert (one.code, one.label, rest.code) == (group.id, NAME, NO_GROUP)
    assert [each.code for each in one.countries] == ["GT", "HN"]
    assert one.figures == Figures(
        needs=2, countries=2, participants=40, women=24, men=16,
        course_hours=Decimal(48), participant_hours=Decimal(960),
    )  # fmt: skip
    assert [each.code for each in one.themes] == ["T2"]
    assert [each.code for each in one.languages] == ["es"]
    assert one.window is not None
    assert "4" in one.window.say("en")
    assert "October 2004" in one.window.say("en")
    assert "26 de noviembre" in one.window.say("es")


def test_groups_and_needs_in_none_are_the_needs_themselves(
    officer: Actor, call: Call, needs: list[str]
) -> None:
    groups.begin(officer, call.id, [needs[HN], needs[SV]], NAME)
    groups.begin(officer, call.id, [needs[NI], needs[MX]], OTHER)
    for audience in (FULL, MEMBERS):
        report = report_of(call, audience=audience)
        for name in ("needs", "participants", "women", "course_hours", "participant_hours"):
            parts = [getattr(each.figures, name) for each in report.groups or ()]
            assert sum(parts) == getattr(report.compilation.total, name) or not parts


def test_every_line_opens_exactly_the_needs_it_counts(
    officer: Actor, call: Call, needs: list[str]
) -> None:
    group = groups.begin(officer, call.id, needs[:2], NAME)
    now = clock.now()
    basis = Basis(call_id=call.id, as_of=now)
    behind = {
        code: {row.need_id for row in listing.needs_behind(basis, dimension=GROUP, code=code).rows}
        for code in (group.id, NO_GROUP)
    }
    assert behind == {group.id: set(needs[:2]), NO_GROUP: set(needs[2:])}
    report = report_of(call, now)
    frozen = {
        code: {need.need_id for _, need in listing.of_frozen(report.needs, GROUP, code)}
        for code in behind
    }
    assert frozen == behind


def test_names_and_needs_are_those_of_the_instant(
    officer: Actor, call: Call, needs: list[str]
) -> None:
    before = clock.now()
    group = groups.begin(officer, call.id, needs[:3], NAME)
    first = clock.now()
    groups.rename(officer, queries.get(officer, group.id), OTHER, group.revision)
    groups.take_out(officer, queries.get(officer, group.id), [needs[SV]])
    second = clock.now()
    groups.dissolve(officer, queries.get(officer, group.id))
    assert told(call, before) == ()
    assert [(each.label, each.figures.needs) for each in told(call, first)[:1]] == [(NAME, 3)]
    assert [(each.label, each.figures.needs) for each in told(call, second)[:1]] == [(OTHER, 2)]
    assert told(call) == ()


def test_a_report_of_a_moment_stays_the_same_bytes_whatever_is_done_with_groups_afterwards(
    officer: Actor, call: Call, needs: list[str]
) -> None:
    group = groups.begin(officer, call.id, needs[:2], NAME)
    other = groups.begin(officer, call.id, [needs[NI]], OTHER)
    moment = clock.now()

    def written() -> list[tuple[str, str]]:
        return [content.written(report_of(call, moment, audience)) for audience in (FULL, MEMBERS)]

    frozen = written()
    assert all(NAME.es in body for body, _ in frozen)
    groups.rename(officer, queries.get(officer, group.id), Text("Otra cosa", "Another thing"),
                  group.revision)  # fmt: skip
    groups.add(officer, queries.get(officer, group.id), [needs[SV], needs[MX]])
    assert written() == frozen
    groups.merge(officer, queries.get(officer, group.id), queries.get(officer, other.id))
    assert written() == frozen
    groups.dissolve(officer, queries.get(officer, group.id))
    assert written() == frozen


def test_groups_are_of_the_fifth_shape_and_read_as_they_were_written(
    officer: Actor, call: Call, needs: list[str]
) -> None:
    groups.begin(officer, call.id, needs[:2], NAME)
    report = report_of(call)
    report = replace(report, funding=replace(report.funding, left_out=None))
    body, hash = content.written(report)
    assert body.endswith('"shape":5}')
    assert content.read(body, hash) == report


@pytest.mark.parametrize("other", [SV, MX])
def test_members_are_told_nothing_of_a_group_with_a_country_that_goes_unnamed(
    officer: Actor, call: Call, needs: list[str], other: int
) -> None:
    """Beside the named ones of a group, an unnamed country could be told by who is not among them."""
    mixed = groups.begin(officer, call.id, [needs[HN], needs[other]], OTHER)
    shown = groups.begin(officer, call.id, [needs[GT], needs[NI]], NAME)
    report = report_of(call, audience=MEMBERS)
    one, rest = report.groups or ()
    assert (one.code, one.figures.needs) == (shown.id, 2)
    assert (rest.code, rest.figures.needs) == (NO_GROUP, 2)
    assert rest.countries == ()
    body, _ = content.written(report)
    assert mixed.id not in body
    assert f'"{OTHER.es}"' not in body
    # The named need of the mixed group and the unnamed one are listed as needs of no group.
    assert {need.country.code: need.group is not None for need in report.needs} == {
        "HN": False, "GT": True, "NI": True, "not_named": False,
    }  # fmt: skip
    assert [each.code for each in told(call)[:2]].count(mixed.id) == 1


def test_where_every_group_is_withheld_members_are_not_told_that_there_are_any(
    officer: Actor, call: Call, needs: list[str]
) -> None:
    groups.begin(officer, call.id, [needs[HN], needs[SV]], NAME)
    report = report_of(call, audience=MEMBERS)
    assert report.groups == ()
    assert not any(need.group for need in report.needs)


@pytest.mark.parametrize("name", [
    Text("Como en El Salvador", "Detection"), Text("Detección", "Asked by Salvadorans"),
    Text("Con funcionarios mexicanos", "Detection"),
])  # fmt: skip
def test_a_group_is_not_called_after_a_country_that_goes_unnamed_before_members(
    officer: Actor, call: Call, needs: list[str], name: Text
) -> None:
    with pytest.raises(Refusal) as refused:
        groups.begin(officer, call.id, needs[:2], name)
    assert refused.value.field in ("name_es", "name_en")
    group = groups.begin(officer, call.id, needs[:2], Text("Honduras", "Honduras, Guatemala"))
    with pytest.raises(Refusal):
        groups.rename(officer, queries.get(officer, group.id), name, group.revision)


def test_a_name_given_before_a_country_wished_to_go_unnamed_is_not_told_to_members(
    officer: Actor, call: Call, needs: list[str], accepted: Accepted
) -> None:
    groups.begin(officer, call.id, needs[:2], Text("Para Honduras", "For Honduras"))
    assert [each.code for each in told(call, audience=MEMBERS)] != []
    accepted.need(call, Written(country="HN", members="unnamed", answers=answers("Later")))
    assert told(call, audience=MEMBERS) == ()
    assert len(told(call)) == 2


def test_a_group_changed_between_the_page_and_the_publication_is_noticed(
    officer: Actor, call: Call, needs: list[str]
) -> None:
    edition = editions.create(officer, call)
    group = groups.begin(officer, call.id, needs[:2], NAME)
    opened = queries.get(officer, group.id)
    changes = (
        lambda: groups.rename(officer, opened, OTHER, opened.group.revision),
        lambda: groups.add(officer, opened, [needs[NI]]),
        lambda: groups.take_out(officer, opened, [needs[HN]]),
        lambda: groups.begin(officer, call.id, [needs[HN]], NAME),
        lambda: groups.dissolve(officer, opened),
    )
    for change in changes:
        tally = tallying.tally(edition, call)
        assert tallying.still_holds(tally, call)
        change()
        assert not tallying.still_holds(tally, call)
        assert tallying.tally(edition, call).digest != tally.digest


def test_the_list_of_needs_names_the_group_of_each(
    officer: Actor, call: Call, needs: list[str]
) -> None:
    groups.begin(officer, call.id, needs[:2], NAME)
    report = report_of(call)
    named = {need.title: need.group and need.group.label for need in report.needs}
    assert (named["Need 0"], named["Need 1"], named["Need 2"]) == (NAME, NAME, None)
    live = listing.needs_behind(Basis(call_id=call.id, as_of=clock.now())).rows
    assert {row.title: row.group_en for row in live}["Need 0"] == NAME.en
