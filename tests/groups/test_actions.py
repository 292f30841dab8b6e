"""Can a need stand in two groups, or be counted twice, whatever is done with groups?"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func

from app import clock
from app.audit.trail import QUEUE
from app.calls.models import Call
from app.db.errors import Missing
from app.extensions import db
from app.formats.spec import Text
from app.groups import actions, facts, gathering, queries, searching
from app.groups.gathering import FACT, MEMBER, held
from app.groups.models import GroupProposal, NeedGroup
from app.groups.reasons import Words
from app.groups.similar import propose
from app.needs import facts as need_facts
from app.needs.format import NEED
from app.policy.actor import Actor
from app.policy.engine import Forbidden
from app.web.errors import Refusal
from app.workflow.machine import NotNow
from tests.calls.settled import MORNING, Settled
from tests.reports.accepted import Accepted, Written, answers

NAME = Text("Detección", "Detection")
ALIKE = {"languages": ["es"], "wanted_level": "practitioner"}


@pytest.fixture
def accepted(settled: Settled, db_session: Any) -> Accepted:
    return Accepted(settled)


@pytest.fixture
def st_officer(settled: Settled) -> Actor:
    return settled["st"]


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that goes on with every look at it."""
    ticks = itertools.count(1)
    monkeypatch.setattr(clock, "now", lambda: MORNING + timedelta(seconds=next(ticks)))


def world(accepted: Accepted, *countries: str, **more: Any) -> tuple[Call, list[str]]:
    """A call with one accepted need of each of these countries; the needs' ids."""
    call = accepted.call()
    accepted.needs(call, [
        [Written(country=country, answers=answers(f"Need {n}", **ALIKE, **more))]
        for n, country in enumerate(countries)
    ])  # fmt: skip
    rows = db.session.execute(
        db.select(FACT.c.need_id).where(FACT.c.call_id == call.id).order_by(FACT.c.title)
    )
    return call, list(rows.scalars())


def proposed(call: Call) -> GroupProposal:
    """What Enlace proposes for a call, written down as its job does."""
    words = Words(NEED)
    (found,) = propose(gathering.free_needs(call.id, words))
    proposal = GroupProposal(id=searching.id_of(call.id, found), call_id=call.id, place=0,
                             content=searching.content_of(found, words))  # fmt: skip
    db.session.add(proposal)
    db.session.flush()
    for each in found.needs:
        db.session.add(queries.GroupProposalNeed(
            proposal_id=proposal.id, need_id=each.need_id, version_id=each.version_id))  # fmt: skip
    db.session.flush()
    return proposal


def standing(group_id: str) -> list[str]:
    return sorted(
        db.session.scalars(db.select(MEMBER.c.need_id).where(MEMBER.c.group_id == group_id, held()))
    )


def test_a_proposal_is_taken_as_a_group_and_proposed_no_more(
    accepted: Accepted, st_officer: Actor
) -> None:
    call, needs = world(accepted, "HN", "GT", "SV")
    proposal = proposed(call)
    assert queries.count_proposals(call.id) == 1
    group = actions.take(st_officer, proposal, NAME)
    assert standing(group.id) == sorted(needs)
    assert queries.count_proposals(call.id) == 0
    with pytest.raises(Refusal) as refused:
        actions.take(st_officer, proposal, NAME)
    assert refused.value.status == 409
    with pytest.raises(Missing):
        queries.get_proposal(st_officer, proposal.id)


def test_a_proposal_put_aside_comes_back_only_once_a_need_changes(
    accepted: Accepted, st_officer: Actor
) -> None:
    call, needs = world(accepted, "HN", "GT")
    proposal = proposed(call)
    actions.put_aside(st_officer, proposal)
    assert (queries.count_proposals(call.id), queries.count_proposals(call.id, aside=True)) == (
        0,
        1,
    )
    again = propose(gathering.free_needs(call.id, Words(NEED)))
    assert [searching.id_of(call.id, each) for each in again] == [proposal.id]
    actions.bring_back(st_officer, proposal)
    assert queries.count_proposals(call.id) == 1
    need_facts.close(needs[0], MORNING)
    assert queries.count_proposals(call.id) == 0


def test_what_is_needed_of_a_group_is_summed_up_without_counting_anybody_twice(
    accepted: Accepted, st_officer: Actor
) -> None:
    costs = [{"id": "materials", "estimate": "100.10", "currency": "USD"}]
    call, needs = world(accepted, "HN", "GT", "GT", costs=costs,
                        window_from="2004-09-06", window_to="2004-11-26")  # fmt: skip
    group = actions.begin(st_officer, call.id, needs, NAME)
    found = facts.facts_of(group)
    assert (len(found.needs), found.participants, found.countries) == (3, 60, ("GT", "HN"))
    assert (found.women, found.men, found.not_stated) == (36, 24, 0)
    assert [(each.profile, each.participants) for each in found.people] == [("prosecutor", 60)]
    assert (found.languages, found.themes, found.common_themes) == (("es",), ("T2",), ("T2",))
    assert [str(day) for day in found.window or ()] == ["2004-09-06", "2004-11-26"]
    assert [(each.line, each.currency, str(each.amount)) for each in found.costs] == [
        ("materials", "USD", "300.30")
    ]
    assert queries.figures([group.id])[group.id].participants == 60


def test_a_need_that_is_withdrawn_or_superseded_leaves_only_what_is_in_force(
    accepted: Accepted, st_officer: Actor
) -> None:
    call, needs = world(accepted, "HN", "GT")
    group = actions.begin(st_officer, call.id, needs, NAME)
    need_facts.close(needs[0], MORNING)
    found = facts.facts_of(group)
    assert [each.need_id for each in found.needs] == [needs[1]]
    told = {each.need_id: each.is_in_force for each in queries.members(group.id)}
    assert told == {needs[0]: False, needs[1]: True}


def test_every_change_is_refused_once_a_group_is_dissolved(
    accepted: Accepted, st_officer: Actor
) -> None:
    call, needs = world(accepted, "HN", "GT", "SV")
    group = actions.begin(st_officer, call.id, needs[:2], NAME)
    opened = queries.get(st_officer, group.id)
    actions.dissolve(st_officer, opened)
    other = queries.get(st_officer, actions.begin(st_officer, call.id, needs, NAME).id)
    for act in (
        lambda: actions.rename(st_officer, opened, Text("Otro", "Other"), group.revision),
        lambda: actions.add(st_officer, opened, needs[2:]),
        lambda: actions.take_out(st_officer, opened, needs[:1]),
        lambda: actions.split(st_officer, opened, needs[:1], NAME),
        lambda: actions.merge(st_officer, opened, other),
        lambda: actions.merge(st_officer, other, opened),
        lambda: actions.dissolve(st_officer, opened),
    ):
        with pytest.raises(NotNow):
            act()


def test_needs_that_cannot_be_grouped_are_refused_with_a_reason(
    accepted: Accepted, st_officer: Actor
) -> None:
    call, needs = world(accepted, "HN", "GT", "SV")
    group = actions.begin(st_officer, call.id, needs[:2], NAME)
    opened = queries.get(st_officer, group.id)
    need_facts.close(needs[2], MORNING)
    for act, message in (
        (lambda: actions.add(st_officer, opened, needs[:1]), actions.TAKEN),
        (lambda: actions.add(st_officer, opened, needs[2:]), actions.NOT_IN_FORCE),
        (lambda: actions.add(st_officer, opened, ["nothing"]), actions.NOT_IN_FORCE),
        (lambda: actions.add(st_officer, opened, []), actions.NOBODY),
        (lambda: actions.take_out(st_officer, opened, needs[:2]), actions.EVERYBODY),
        (lambda: actions.take_out(st_officer, opened, needs[2:]), actions.NOT_THERE),
        (lambda: actions.merge(st_officer, opened, opened), actions.ITSELF),
        (
            lambda: actions.rename(st_officer, opened, Text("", "Other"), group.revision),
            actions.NO_NAME,
        ),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.message == message
    assert standing(group.id) == sorted(needs[:2])


def test_a_need_that_is_not_in_force_moves_with_the_others_when_a_group_is_split(
    accepted: Accepted, st_officer: Actor
) -> None:
    call, needs = world(accepted, "HN", "GT", "SV")
    group = actions.begin(st_officer, call.id, needs, NAME)
    need_facts.close(needs[0], MORNING)
    made = actions.split(st_officer, queries.get(st_officer, group.id), needs[:2], NAME)
    assert (standing(group.id), standing(made.id)) == (needs[2:], sorted(needs[:2]))


def test_a_name_typed_over_a_group_that_a_colleague_changed_meanwhile_is_refused(
    accepted: Accepted, st_officer: Actor
) -> None:
    call, needs = world(accepted, "HN", "GT")
    group = actions.begin(st_officer, call.id, needs, NAME)
    opened, seen = queries.get(st_officer, group.id), group.revision
    actions.rename(st_officer, opened, Text("Entrevista", "Interview"), seen)
    with pytest.raises(Refusal) as refused:
        actions.rename(st_officer, opened, Text("Otro", "Other"), seen)
    assert (refused.value.message, refused.value.status) == (actions.CHANGED, 409)
    assert queries.get(st_officer, group.id).name == Text("Entrevista", "Interview")


def test_only_the_secretariat_changes_groups(accepted: Accepted, settled: Settled) -> None:
    call, needs = world(accepted, "HN", "GT")
    for who in ("hn", "ppt", "ca-sponsor"):
        with pytest.raises(Forbidden):
            actions.begin(settled[who], call.id, needs, NAME)
        with pytest.raises(Missing):
            queries.list_open(settled[who])


@pytest.mark.usefixtures("ticking")
def test_a_group_can_be_read_as_it_stood_at_any_past_moment(
    accepted: Accepted, st_officer: Actor
) -> None:
    call, needs = world(accepted, "HN", "GT", "SV", "NI")
    group = actions.begin(st_officer, call.id, needs[:2], NAME)
    opened, first = queries.get(st_officer, group.id), clock.now()
    actions.rename(st_officer, opened, Text("Entrevista", "Interview"), group.revision)
    actions.add(st_officer, opened, needs[2:])
    second = clock.now()
    made = actions.split(st_officer, opened, needs[:1], NAME)

    def stood(group: NeedGroup, at: datetime) -> tuple[str | None, list[str]]:
        name = queries.name_at(group, at)
        return (name.en if name else None,
                sorted(each.need_id for each in queries.members(group.id, at)))  # fmt: skip

    assert stood(group, first) == ("Detection", sorted(needs[:2]))
    assert stood(group, second) == ("Interview", sorted(needs))
    assert stood(group, clock.now()) == ("Interview", sorted(needs[1:]))
    assert stood(made, second) == (None, [])
    assert facts.facts_of(group, first).participants == 40


def test_each_change_leaves_its_trace(accepted: Accepted, st_officer: Actor) -> None:
    call, needs = world(accepted, "HN", "GT", "SV")
    group = actions.begin(st_officer, call.id, needs[:2], NAME)
    actions.add(st_officer, queries.get(st_officer, group.id), needs[2:])
    kinds = [event["kind"] for event in db.session.info[QUEUE]]
    assert kinds[-2:] == ["group-created", "group-need-added"]


acts = st.lists(
    st.tuples(
        st.sampled_from(("begin", "add", "take_out", "split", "merge", "dissolve")),
        st.integers(0, 3), st.integers(0, 3), st.sets(st.integers(0, 7), max_size=4),
    ),
    max_size=15,
)  # fmt: skip


@given(acts)
def test_no_need_stands_in_two_groups_and_totals_by_group_are_those_of_the_call(
    accepted: Accepted, st_officer: Actor, told: list[tuple[str, int, int, set[int]]]
) -> None:
    inside = db.session.begin_nested()
    call, needs = world(accepted, "HN", "GT", "SV", "NI", "HN", "MX", "GT", "SV")
    for verb, one, other, chosen in told:
        _try(st_officer, call, verb, (one, other), [needs[each] for each in sorted(chosen)])
        grouped = db.session.scalars(
            db.select(MEMBER.c.need_id)
            .join(NeedGroup, NeedGroup.id == MEMBER.c.group_id)
            .where(NeedGroup.call_id == call.id, held())
        ).all()
        assert len(grouped) == len(set(grouped))
        assert _people_by_group(call) == 20 * len(needs)
    inside.rollback()


def _try(
    actor: Actor, call: Call, verb: str, which: tuple[int, int], chosen: list[str]
) -> None:  # fmt: skip
    """Do it, or be refused as a person would be; either way nothing may be counted twice."""
    groups = list(
        db.session.scalars(
            db.select(NeedGroup.id).where(NeedGroup.call_id == call.id)
            .order_by(NeedGroup.created_at, NeedGroup.id)
        )
    )  # fmt: skip
    if verb == "begin":
        do: Callable[[], Any] = lambda: actions.begin(actor, call.id, chosen, NAME)  # noqa: E731
    elif not groups:
        return
    else:
        one, other = (queries.get(actor, groups[each % len(groups)]) for each in which)
        do = {
            "add": lambda: actions.add(actor, one, chosen),
            "take_out": lambda: actions.take_out(actor, one, chosen),
            "split": lambda: actions.split(actor, one, chosen, NAME),
            "merge": lambda: actions.merge(actor, one, other),
            "dissolve": lambda: actions.dissolve(actor, one),
        }[verb]
    step = db.session.begin_nested()
    try:
        do()
    except (Refusal, NotNow):
        step.rollback()
    else:
        step.commit()


def _people_by_group(call: Call) -> int:
    """Participants of all groups in use, and those of the needs in none."""
    groups = db.session.scalars(
        db.select(NeedGroup).where(NeedGroup.call_id == call.id, NeedGroup.state == "open")
    ).all()
    alone = db.session.scalar(
        db.select(func.coalesce(func.sum(FACT.c.participants), 0)).where(
            FACT.c.call_id == call.id, gathering.in_force(), gathering.free()
        )
    )
    return sum(facts.facts_of(group).participants for group in groups) + int(alone or 0)
