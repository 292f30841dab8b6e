"""Are the compiled figures those that somebody counting by hand would find?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.needs.format import NEED
from app.reports.compile import compile_figures
from app.reports.dimensions import DIMENSIONS, NOT_NAMED, NOT_RANKED
from app.reports.figures import FULL, MEMBERS, Basis, Figures
from tests.calls.settled import MORNING
from tests.reports.accepted import COUNTRIES, DAY, Accepted, Written, answers

PROFILES = ("prosecutor", "consular", "judge")
THEMES = ("T1", "T2", "T12")
INSTANTS = tuple(MORNING + number * DAY for number in range(-3, 3))

numbers = st.integers(0, 40)
divided = st.fixed_dictionaries(
    {"profile": st.sampled_from(PROFILES), "women": numbers, "men": numbers},
    optional={"not_stated": numbers},
)
undivided = st.fixed_dictionaries({"profile": st.sampled_from(PROFILES), "total": numbers})
durations = st.tuples(
    st.sampled_from(("days", "weeks")), st.integers(1, 30),
    st.sampled_from(("0.25", "1.33", "6", "8", "20")),
)  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """What a country might have answered."""
    optional = {
        "modality": draw(st.none() | st.sampled_from(("in_person", "blended"))),
        "languages": draw(st.lists(st.sampled_from(("es", "en", "fr")), unique=True)),
        "urgency_rank": draw(st.none() | st.integers(1, 12)),
    }
    return answers(
        themes=draw(st.lists(st.sampled_from(THEMES), min_size=1, unique=True)),
        audience=draw(st.lists(divided | undivided, min_size=1, max_size=4)),
        duration=draw(durations),
        **{key: value for key, value in optional.items() if value},
    )


@st.composite
def written(draw: st.DrawFn) -> Written:
    """A version that counted for some time, or never."""
    begins = draw(st.none() | st.sampled_from(INSTANTS))
    ends = draw(st.none() | st.sampled_from(INSTANTS)) if begins else None
    return Written(
        country=draw(st.sampled_from(COUNTRIES)),
        answers=draw(documents()),
        members=draw(st.sampled_from(("named", "unnamed", "none"))),
        valid_from=begins,
        valid_to=ends if ends and begins and ends > begins else None,
    )


def counts(version: Written, basis: Basis) -> bool:
    in_force = version.valid_from is not None and version.valid_from <= basis.as_of
    over = version.valid_to is not None and version.valid_to <= basis.as_of
    return in_force and not over and (basis.audience == FULL or version.members != "none")


def under(version: Written, basis: Basis) -> str:
    hidden = basis.audience == MEMBERS and version.members == "unnamed"
    return NOT_NAMED if hidden else version.country


def people(rows: Iterable[dict[str, Any]]) -> tuple[int, int, int]:
    """Women, men and not stated of audience rows."""
    found = [0, 0, 0]
    for row in rows:
        found[0] += row.get("women", 0)
        found[1] += row.get("men", 0)
        found[2] += row.get("not_stated", 0) + row.get("total", 0)
    return tuple(found)


def hours(version: Written) -> Decimal:
    length = version.answers["duration"]
    return Decimal(length["hours"]) * length["count"]


def band(version: Written) -> str:
    for most, name in (
        (8, "up_to_1_day"),
        (24, "2_to_3_days"),
        (40, "1_week"),
        (160, "2_to_4_weeks"),
    ):
        if hours(version) <= most:
            return name
    return "longer"


def codes(version: Written, dimension: str, basis: Basis) -> list[str]:
    given_answers = version.answers
    return {
        "theme": given_answers["themes"],
        "profile": sorted({row["profile"] for row in given_answers["audience"]}),
        "language": given_answers.get("languages") or ["not_stated"],
        "country": [under(version, basis)],
        "duration": [band(version)],
        "modality": [given_answers.get("modality") or "not_stated"],
        "urgency": [str(given_answers.get("urgency_rank") or NOT_RANKED)],
    }[dimension]


def added_up(parts: list[tuple[Written, list[dict[str, Any]]]], basis: Basis) -> Figures:
    """The figures of some needs, each with the audience rows that count here."""
    sexes = [people(rows) for _, rows in parts]
    return Figures(
        needs=len(parts),
        countries=len({under(version, basis) for version, _ in parts} - {NOT_NAMED}),
        participants=sum(map(sum, sexes)),
        women=sum(each[0] for each in sexes),
        men=sum(each[1] for each in sexes),
        not_stated=sum(each[2] for each in sexes),
        course_hours=sum((hours(version) for version, _ in parts), Decimal(0)),
        participant_hours=sum(
            (hours(version) * sum(people(rows)) for version, rows in parts), Decimal(0)
        ),
    )


def by_hand(versions: list[Written], dimension: str, basis: Basis) -> dict[str, Figures]:
    parts: dict[str, list[tuple[Written, list[dict[str, Any]]]]] = defaultdict(list)
    for version in versions:
        for code in codes(version, dimension, basis) if counts(version, basis) else ():
            rows = version.answers["audience"]
            if dimension == "profile":
                rows = [row for row in rows if row["profile"] == code]
            parts[code].append((version, rows))
    return {code: added_up(found, basis) for code, found in parts.items()}


def crossed_by_hand(
    versions: list[Written], basis: Basis
) -> dict[tuple[str, str], tuple[int, int]]:
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for version in versions:
        for theme in codes(version, "theme", basis) if counts(version, basis) else ():
            place = (theme, under(version, basis))
            needs, everybody = found.get(place, (0, 0))
            found[place] = (needs + 1, everybody + sum(people(version.answers["audience"])))
    return found


@given(
    versions=st.lists(written(), max_size=7),
    as_of=st.sampled_from(INSTANTS),
    audience=st.sampled_from((FULL, MEMBERS)),
)
def test_each_grouping_and_the_total_are_what_counting_by_hand_gives(
    accepted: Accepted, versions: list[Written], as_of: Any, audience: Any
) -> None:
    call = accepted.call(code=f"c{id(versions)}-{len(versions)}-{as_of:%d}-{next(NAMES)}")
    accepted.needs(call, [[version] for version in versions])
    accepted.need(accepted.call(code=f"other-{next(NAMES)}"), Written(answers=answers()))
    basis = Basis(call_id=call.id, as_of=as_of, audience=audience)
    found = compile_figures(basis, NEED)
    counted = [(each, each.answers["audience"]) for each in versions if counts(each, basis)]
    assert found.total == added_up(counted, basis)
    for dimension in DIMENSIONS:
        lines = {line.code: line.figures for line in found.grouping(dimension).lines}
        assert lines == by_hand(versions, dimension, basis), dimension
    assert {
        (each.theme, each.country): (each.needs, each.participants)
        for each in found.crossings or ()
    } == crossed_by_hand(versions, basis)


NAMES = iter(range(10**9))


def test_an_accepted_version_counts_from_its_acceptance_until_its_successors(
    accepted: Accepted,
) -> None:
    call, change = accepted.call(), MORNING - timedelta(hours=2)
    accepted.need(
        call,
        Written(answers=answers("Old", themes=("T1",)), valid_to=change),
        Written(answers=answers("New", themes=("T3",)), valid_from=change),
        Written(answers=answers("Not accepted", themes=("T9",)), valid_from=None),
    )

    def themes(as_of: Any) -> list[str]:
        found = compile_figures(Basis(call_id=call.id, as_of=as_of), NEED)
        return [line.code for line in found.grouping("theme").lines]

    moment = timedelta(microseconds=1)
    assert themes(MORNING - DAY - moment) == []
    assert themes(MORNING - DAY) == ["T1"]
    assert themes(change - moment) == ["T1"]
    assert themes(change) == ["T3"]
    assert themes(MORNING + DAY) == ["T3"]


def test_the_largest_theme_comes_first_and_lengths_and_ranks_keep_their_own_order(
    accepted: Accepted,
) -> None:
    call = accepted.call()
    few, many = ({"profile": "judge", "total": 5},), ({"profile": "judge", "total": 500},)
    accepted.needs(call, [
        [Written(answers=answers(themes=("T1",), audience=few, duration=("weeks", 9, "30"),
                                 urgency_rank=11))],
        [Written(answers=answers(themes=("T12",), audience=many, duration=("days", 1, "2"),
                                 urgency_rank=2))],
        [Written(answers=answers(themes=("T2",), audience=few, duration=("days", 3, "8")))],
    ])  # fmt: skip
    found = compile_figures(Basis(call_id=call.id, as_of=MORNING), NEED)

    def order(dimension: str) -> list[str]:
        return [line.code for line in found.grouping(dimension).lines]

    assert order("theme") == ["T12", "T1", "T2"]
    assert order("duration") == ["up_to_1_day", "2_to_3_days", "longer"]
    assert order("urgency") == ["2", "11", NOT_RANKED]


def test_members_are_not_told_the_number_of_countries_behind_needs_without_a_name(
    accepted: Accepted,
) -> None:
    call = accepted.call()
    accepted.needs(call, [
        [Written(country="HN", answers=answers())],
        [Written(country="HN", answers=answers(), members="unnamed")],
        [Written(country="SV", answers=answers(), members="unnamed")],
        [Written(country="GT", answers=answers(), members="none")],
    ])  # fmt: skip
    found = compile_figures(Basis(call_id=call.id, as_of=MORNING, audience=MEMBERS), NEED)
    assert (found.total.needs, found.total.countries) == (3, 1)
    (theme,) = found.grouping("theme").lines
    assert (theme.figures.needs, theme.figures.countries) == (3, 1)
    lines = {line.code: line.figures.needs for line in found.grouping("country").lines}
    assert lines == {"HN": 1, NOT_NAMED: 2}


def test_members_see_countries_that_are_not_named_together_where_they_meet_a_theme(
    accepted: Accepted,
) -> None:
    call = accepted.call()
    accepted.needs(call, [
        [Written(country="HN", answers=answers(themes=("T1", "T2")))],
        [Written(country="HN", answers=answers(themes=("T1",)), members="unnamed")],
        [Written(country="SV", answers=answers(themes=("T1",)), members="unnamed")],
        [Written(country="GT", answers=answers(themes=("T1",)), members="none")],
    ])  # fmt: skip
    found = compile_figures(Basis(call_id=call.id, as_of=MORNING, audience=MEMBERS), NEED)
    assert [(each.theme, each.country, each.needs, each.participants)
            for each in found.crossings or ()] == [
        ("T1", "HN", 1, 20), ("T1", NOT_NAMED, 2, 40), ("T2", "HN", 1, 20),
    ]  # fmt: skip
