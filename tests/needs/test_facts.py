"""Is what reports count of a need what its country wrote, for as long as it was in force?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.extensions import db
from app.intake.models import Dossier, Version
from app.needs import actions, facts, queries
from app.needs.counting import BANDS, NOT_STATED, Audience, Cost, band_of, facts_of
from app.needs.format import NEED
from app.needs.models import NeedAudience, NeedCode, NeedCost, NeedFact
from tests.calls.conftest import morning, settled, stored
from tests.calls.settled import MORNING, Settled
from tests.reports.accepted import DAY, Accepted, Written, answers

__all__ = ["morning", "settled", "stored"]
HOUR = timedelta(hours=1)


def test_rows_of_one_profile_are_one_audience_and_a_single_total_tells_nobodys_sex() -> None:
    found = facts_of(NEED, answers(audience=(
        {"profile": "prosecutor", "women": 12, "men": 8, "rank": "manager"},
        {"profile": "consular", "total": 20},
        {"profile": "prosecutor", "women": 1, "men": 0, "not_stated": 3},
    )))  # fmt: skip
    assert found.audience == (
        Audience(profile="prosecutor", participants=24, women=13, men=8, not_stated=3),
        Audience(profile="consular", participants=20, women=0, men=0, not_stated=20),
    )
    assert (found.people("participants"), found.people("not_stated")) == (44, 23)


def test_where_a_row_says_both_its_total_counts_and_nobody_twice() -> None:
    (found,) = facts_of(NEED, answers(audience=(
        {"profile": "judge", "total": 20, "women": 12, "men": 8},
    ))).audience  # fmt: skip
    assert (found.participants, found.women, found.men, found.not_stated) == (20, 0, 0, 20)


def test_hours_of_the_course_and_of_all_participants_are_exact() -> None:
    found = facts_of(NEED, answers(duration=("weeks", 3, "6.33")))
    assert (found.course_hours, found.participant_hours) == (Decimal("18.99"), Decimal("379.80"))
    assert (found.duration_unit, found.duration_count) == ("weeks", 3)


@pytest.mark.parametrize(
    ("hours", "band"),
    [
        (None, NOT_STATED), ("0", NOT_STATED), ("0.25", "up_to_1_day"), ("8", "up_to_1_day"),
        ("8.01", "2_to_3_days"), ("24", "2_to_3_days"), ("24.5", "1_week"), ("40", "1_week"),
        ("40.01", "2_to_4_weeks"), ("160", "2_to_4_weeks"), ("160.01", "longer"),
    ],
)  # fmt: skip
def test_lengths_are_told_apart_by_hours(hours: str | None, band: str) -> None:
    assert band_of(Decimal(hours) if hours else None) == band


@given(st.decimals(min_value="0.01", max_value=5000, places=2))
def test_every_length_has_a_band_that_takes_it_and_no_shorter_one_does(hours: Decimal) -> None:
    names = [name for name, _ in BANDS]
    place = names.index(band_of(hours))
    assert all(most is not None and hours > most for _, most in BANDS[:place])
    most = BANDS[place][1]
    assert most is None or hours <= most


def test_what_was_not_answered_says_so_and_is_not_left_out() -> None:
    found = facts_of(NEED, answers())
    assert found.modality == NOT_STATED
    assert found.codes == (("theme", "T2"), ("language", NOT_STATED))
    assert found.urgency is None


def test_each_code_of_a_dimension_is_a_fact_of_its_own() -> None:
    found = facts_of(NEED, answers(themes=("T2", "T12"), languages=["es", "en"], urgency_rank=2,
                                   modality="blended"))  # fmt: skip
    assert found.codes == (
        ("theme", "T2"), ("theme", "T12"), ("language", "es"), ("language", "en"),
    )  # fmt: skip
    assert (found.urgency, found.modality) == (2, "blended")


COMMON = {
    "wanted_level": "practitioner", "window_from": "2004-09-06", "window_to": "2004-11-26",
    "group_min": 15, "group_max": 30, "can_host": False, "joint_course": True,
    "joint_countries": ["GT", "SV"],
    "costs": [
        {"id": "trainers_travel", "estimate": "18400.50", "currency": "USD", "payer": "sponsor"},
        {"id": "venue_logistics", "payer": "host", "form": "in_kind"},
        {"id": "other", "note": "Nothing yet."},
    ],
}  # fmt: skip


def test_what_makes_a_course_shareable_is_a_fact() -> None:
    found = facts_of(NEED, answers(**COMMON))
    assert (found.level, found.group_min, found.group_max) == ("practitioner", 15, 30)
    assert (found.window_from, found.window_to) == (date(2004, 9, 6), date(2004, 11, 26))
    assert (found.can_host, found.joint_course) == (False, True)
    assert found.codes[-2:] == (("joint_country", "GT"), ("joint_country", "SV"))


def test_each_line_of_the_costs_is_a_fact_and_a_mere_note_is_none() -> None:
    assert facts_of(NEED, answers(**COMMON)).costs == (
        Cost(line="trainers_travel", amount=Decimal("18400.50"), currency="USD", payer="sponsor",
             form=None),
        Cost(line="venue_logistics", amount=None, currency=None, payer="host", form="in_kind"),
    )  # fmt: skip


def test_countries_of_a_joint_course_that_is_no_longer_wanted_are_no_fact() -> None:
    found = facts_of(NEED, answers(**COMMON | {"joint_course": False}))
    assert found.joint_course is False
    assert found.codes == (("theme", "T2"), ("language", NOT_STATED))


def test_whoever_said_nothing_of_level_window_group_or_sharing_said_neither_yes_nor_no() -> None:
    found = facts_of(NEED, answers())
    assert (found.level, found.window_from, found.window_to, found.group_min) == (None,) * 4
    assert (found.group_max, found.can_host, found.joint_course, found.costs) == (*[None] * 3, ())


def test_the_facts_of_an_empty_document_count_nothing() -> None:
    found = facts_of(NEED, {})
    assert (found.audience, found.course_hours, found.duration_band) == ((), 0, NOT_STATED)
    assert found.participant_hours == 0


@pytest.fixture
def accepted(settled: Settled, db_session: Any) -> Accepted:
    return Accepted(settled)


def everything() -> list[list[tuple[Any, ...]]]:
    """All facts that are stored, in an order of their own."""
    return [
        sorted((tuple(row) for row in db.session.execute(db.select(model.__table__))), key=repr)
        for model in (NeedFact, NeedCode, NeedAudience, NeedCost)
    ]


def test_facts_rebuilt_from_the_versions_are_the_ones_that_were_there(accepted: Accepted) -> None:
    call = accepted.call()
    more = {"languages": ["es", "en"], "modality": "blended", "urgency_rank": 1, **COMMON}
    two = ({"profile": "judge", "total": 4}, {"profile": "consular", "women": 1, "men": 2})
    accepted.needs(call, [
        [Written(answers=answers("In force", audience=two, **more))],
        [Written(answers=answers("Superseded", themes=("T1",)), valid_to=MORNING - 9 * HOUR),
         Written(answers=answers("Returned"), valid_from=None),
         Written(answers=answers("In its place"), valid_from=MORNING - 9 * HOUR)],
        [Written(country="SV", answers=answers("Withdrawn"), valid_to=MORNING - HOUR)],
        [Written(country="GT", answers=answers("Not looked at yet"), valid_from=None)],
    ])  # fmt: skip
    before = everything()
    assert facts.rebuild() == 6
    assert everything() == before
    assert [len(found) for found in before] == [6, 15, 7, 2]


def test_rebuilding_mends_facts_that_somebody_changed(accepted: Accepted) -> None:
    accepted.need(accepted.call(), Written(answers=answers(themes=("T1", "T2"))))
    before = everything()
    db.session.execute(db.update(NeedFact.__table__).values(women=999, valid_to=MORNING))
    db.session.execute(db.delete(NeedCode.__table__).where(NeedCode.code == "T1"))
    assert everything() != before
    facts.rebuild()
    assert everything() == before


def test_needs_are_rebuilt_some_hundred_at_a_time_without_losing_any(
    accepted: Accepted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "CHUNK", 3)
    accepted.needs(accepted.call(), [[Written(answers=answers())] for _ in range(8)])
    assert facts.rebuild() == 8


def test_closing_ends_the_fact_in_force_and_leaves_earlier_and_later_ones(
    accepted: Accepted,
) -> None:
    call, change = accepted.call(), MORNING - 2 * HOUR
    old, current, submitted = accepted.need(
        call,
        Written(answers=answers(), valid_to=change),
        Written(answers=answers(), valid_from=change),
        Written(answers=answers(), valid_from=None),
    )
    other = accepted.need(call, Written(answers=answers()))[0]
    need_id = db.session.execute(
        db.select(NeedFact.need_id).where(NeedFact.version_id == old)
    ).scalar_one()
    facts.close(need_id, MORNING)
    facts.enter_into_force(submitted, MORNING)
    assert intervals() == {
        old: (MORNING - DAY, change),
        current: (change, MORNING),
        submitted: (MORNING, None),
        other: (MORNING - DAY, None),
    }


def intervals() -> dict[str, tuple[Any, Any]]:
    rows = db.session.execute(
        db.select(NeedFact.version_id, NeedFact.valid_from, NeedFact.valid_to)
    )
    return {version_id: (begins, ends) for version_id, begins, ends in rows}


def test_a_certified_version_has_facts_and_counts_only_once_it_enters_into_force(
    accepted: Accepted, app: Flask
) -> None:
    call = accepted.call()
    (version_id,) = accepted.need(call, Written(answers=answers(), valid_from=None))
    version = db.session.get_one(Version, version_id)
    dossier = db.session.get_one(Dossier, version.dossier_id)
    for model in (NeedCode, NeedAudience, NeedCost, NeedFact):
        db.session.execute(db.delete(model.__table__))
    need = type("Opened", (), {"id": dossier.id, "dossier": dossier})()
    facts.write(need=need, version=version, call=call, country="HN", answers=answers())
    assert intervals() == {version_id: (None, None)}
    facts.close(dossier.id, MORNING)
    assert intervals() == {version_id: (None, None)}
    facts.enter_into_force(version_id, MORNING)
    assert intervals() == {version_id: (MORNING, None)}


def test_what_acceptance_and_withdrawal_leave_is_what_a_rebuild_finds(
    accepted: Accepted, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter(range(1, 1000))
    monkeypatch.setattr(clock, "now", lambda: MORNING + timedelta(milliseconds=next(ticks)))
    call = accepted.call()
    old, new = accepted.need(
        call, Written(answers=answers("Old")), Written(answers=answers("New"), valid_from=None)
    )
    dossier = db.session.get_one(Dossier, db.session.get_one(Version, new).dossier_id)
    dossier.state, dossier.latest_version_id = "submitted", new
    db.session.flush()
    actions.accept(settled["st"], queries.get(settled["st"], dossier.id))
    begins = intervals()[new][0]
    assert intervals()[old][1] == begins > MORNING
    before = everything()
    facts.rebuild()
    assert everything() == before
    actions.withdraw(settled["hn"], queries.get(settled["hn"], dossier.id), reason="No.")
    before = everything()
    assert intervals()[new][1] is not None
    facts.rebuild()
    assert everything() == before
