"""Does each record live as was agreed, and in no other way?"""

from __future__ import annotations

import pytest

from app.workflow import tables
from app.workflow.machine import Machine, NotNow
from app.workflow.tables import (
    ADDRESSEE,
    BUNDLE,
    CALL,
    CASE_ERASURE,
    CASE_FOLLOW_UP,
    COURSE,
    DOSSIER,
    EDITION,
    EXCHANGE,
    FILING,
    GROUP,
    GROUPING,
    OFFER,
    PART,
    PLEDGE,
    RELAY,
    RESERVATION,
    REVEAL,
    ROUTING,
    STANDING,
    SUMMARY,
)

AGREED = {
    "dossier": """
        draft certify submitted      submitted return returned    submitted accept accepted
        returned certify submitted   accepted revise accepted     accepted certify submitted
        draft withdraw withdrawn     submitted withdraw withdrawn returned withdraw withdrawn
        accepted withdraw withdrawn  draft discard discarded     discarded bring_back draft
    """,
    "filing": "waiting confirm confirmed waiting take_over taken-over waiting refuse refused",
    "edition": "draft edit draft   draft publish published",
    "summary": """
        prepared send released    released send released    prepared change changed
        changed change changed    changed consent prepared  changed object withheld
        changed lapse prepared    withheld change changed   prepared withhold withheld
        released withhold withheld
    """,
    "routing": """
        sent be_interested interested        sent decline not_now
        interested decline not_now           not_now be_interested interested
        interested be_interested interested  not_now decline not_now
        sent recall recalled                 interested recall recalled
        not_now recall recalled
    """,
    "group": """
        open edit open            open dissolve dissolved
    """,
    "offer": """
        draft edit draft          draft open open             draft withdraw withdrawn
        open edit open            open renew open             open withdraw withdrawn
        open expire expired       expired renew open
    """,
    "bundle": """
        running finish ready    running fail failed    ready adopt ready
        ready discard discarded    failed discard discarded
    """,
    "part": """
        asked confirm confirmed   declined confirm confirmed  asked decline declined
        confirmed decline declined  asked ask asked           confirmed ask asked
        declined ask asked        ended ask asked             asked end ended
        confirmed end ended       declined end ended
    """,
    "reveal": "asked reveal revealed asked decline declined asked close closed",
    "grouping": "asking send released   released send released   asking end ended   released end ended",
    "relay": "waiting remind waiting waiting reply replied waiting close closed",
    "call": """
        draft edit draft          draft schedule scheduled    scheduled unschedule draft
        draft open open           scheduled open open         open extend open
        closed extend open        open close closed           scheduled reword scheduled
        open reword open          scheduled invite scheduled  open invite open
        open remind open          open allow_late open        closed allow_late closed
        open revoke_late open     closed revoke_late closed
    """,
    "course": """
        planned edit planned      planned open open           planned cancel cancelled
        open edit open            open send open              open cancel cancelled
        open schedule scheduled   scheduled edit scheduled    scheduled send scheduled
        scheduled cancel cancelled  scheduled deliver delivered
        delivered evaluate evaluated  evaluated close closed
        open timetable open       scheduled timetable scheduled
        open nominate open        scheduled nominate scheduled
        scheduled attend scheduled  delivered attend delivered
        scheduled assess scheduled  delivered assess delivered
        delivered replicate delivered  evaluated replicate evaluated  closed replicate closed
    """,
    "pledge": """
        interest offer offered    returned offer offered      offered offer offered
        accepted offer offered    offered review offered      offered accept accepted
        offered return returned   accepted confirm confirmed
        confirmed schedule scheduled  scheduled deliver delivered
        delivered evaluate evaluated  evaluated close closed
        interest withdraw withdrawn   offered withdraw withdrawn   returned withdraw withdrawn
        accepted withdraw withdrawn   confirmed withdraw withdrawn scheduled withdraw withdrawn
        interest expire expired   offered expire expired   returned expire expired
        accepted expire expired   accepted ask offered
    """,
    "standing": """
        proposed observe observation  observation approve approved
        observation propose proposed  approved observe observation
    """,
    "reservation": """
        draft confirm in_force       draft discard discarded
        in_force replace replaced    in_force withdraw withdrawn
    """,
    "exchange": """
        draft release released    released release released   released recall recalled
        released close closed     closed recall recalled      draft erase erased
        released erase erased     recalled erase erased       closed erase erased
    """,
    "addressee": """
        queued deliver delivered     queued withhold undelivered  undelivered queue queued
        delivered open opened        opened accept accepted       opened reject rejected
        rejected accept accepted     accepted reject rejected     accepted act actioned
        delivered queue queued       opened queue queued          accepted queue queued
        actioned queue queued        rejected queue queued        expired queue queued
        queued recall recalled       delivered recall recalled    opened recall recalled
        accepted recall recalled     actioned recall recalled     rejected recall recalled
        undelivered recall recalled  expired recall recalled      recalled queue queued
        queued expire expired        delivered expire expired     opened expire expired
        accepted expire expired      actioned expire expired      rejected expire expired
    """,
    "case_erasure": """
        proposed withdraw withdrawn  proposed refuse refused      proposed confirm confirmed
        proposed lapse lapsed
    """,
    "case_follow_up": """
        open keep open               open hand_over handed_over   open close closed
        handed_over take_up open     closed take_up open          open erase erased
        handed_over give_back open   handed_over erase erased     closed erase erased
    """,
}
"""state, verb, next state: written by hand, apart from the tables"""
MACHINES = (
    CALL,
    FILING,
    DOSSIER,
    GROUP,
    GROUPING,
    EDITION,
    SUMMARY,
    ROUTING,
    OFFER,
    COURSE,
    PLEDGE,
    PART,
    REVEAL,
    RELAY,
    BUNDLE,
    STANDING,
    RESERVATION,
    EXCHANGE,
    ADDRESSEE,
    CASE_ERASURE,
    CASE_FOLLOW_UP,
)


def agreed(said: str) -> dict[tuple[str, str], str]:
    parts = said.split()
    return {(parts[n], parts[n + 1]): parts[n + 2] for n in range(0, len(parts), 3)}


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_every_pair_of_state_and_verb_leads_where_agreed_or_is_refused(machine: Machine) -> None:
    moves = agreed(AGREED[machine.name])
    for state in machine.states:
        for verb in {verb for _, verb in moves} | set(machine.verbs) | {"no-such-verb"}:
            if (state, verb) in moves:
                assert machine.after(state, verb) == moves[state, verb]
                assert machine.may(state, verb)
            else:
                assert not machine.may(state, verb)
                with pytest.raises(NotNow) as refused:
                    machine.after(state, verb)
                assert (refused.value.state, refused.value.verb) == (state, verb)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_every_state_can_be_reached_and_every_move_ends_in_a_state(machine: Machine) -> None:
    reached = {machine.initial}
    while more := {to for (here, _), to in machine.moves.items() if here in reached} - reached:
        reached |= more
    assert reached == set(machine.states)
    assert {here for here, _ in machine.moves} <= set(machine.states)


def test_what_is_final_stays() -> None:
    assert not any(state == "withdrawn" for state, _ in DOSSIER.moves)
    assert not any(state == "published" for state, _ in EDITION.moves)
    assert not any(state == "withdrawn" for state, _ in OFFER.moves)
    assert not any(state == "recalled" for state, _ in ROUTING.moves)


def test_a_need_is_never_released_while_its_country_can_still_object() -> None:
    assert not SUMMARY.may("changed", "send")
    assert not SUMMARY.may("withheld", "send")


def test_every_machine_there_is_was_agreed_on() -> None:
    there_are = {one.name for one in vars(tables).values() if isinstance(one, Machine)}
    assert there_are == set(AGREED) == {machine.name for machine in MACHINES}
