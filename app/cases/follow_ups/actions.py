"""How does a unit begin to follow a child and the person with it, keep steps, move the day, and decide?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from app import clock
from app.audit import trail
from app.cases.common_format.format import CASE
from app.cases.exchanges import days
from app.cases.follow_ups import queries, steps, taking_over, words
from app.cases.follow_ups.kinds import CHILD, DECIDED, OF_THE_LINK, STEPS, kinds_of
from app.cases.follow_ups.models import CaseFollowUp
from app.cases.follow_ups.opened import Child, OpenedFollowUp, Source
from app.cases.follow_ups.reminding import milestone
from app.db.base import new_id
from app.extensions import db
from app.formats.persons import proposes_closing
from app.formats.words import N_
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.refusal import Refusal, fits
from app.workflow.tables import CASE_FOLLOW_UP

USUAL = timedelta(days=14)
"""After how long somebody looks again, where the communication names no day."""
FARTHEST = timedelta(days=366)
LONGEST_AGO = timedelta(days=5 * 366)
"""How old what is written down may be: beyond it, the year was mistyped."""
NOTE_LIMIT = 2000
NO_CHILD = N_("Choose the child whose follow-up begins.")
FOLLOWED = N_("Your unit follows this child already.")
NO_DAY = N_("Write the day on which you look again.")
PAST_DAY = N_("This day is over. Write today or a later one.")
FAR_DAY = N_("This is more than a year away. A child is looked at again sooner.")
NO_MEANS = N_("Choose how it was verified.")
NO_RESULT = N_("Choose what came out.")
NO_CROSSING_DAY = N_("Write the day of the crossing.")
LATER_DAY = N_("This day has not come yet.")
EARLY_DAY = N_("This day is more than five years ago. Look at the year again.")
NO_MINORS = N_("Say whether there were minors with the person.")
NO_POST = N_("Write where the person crossed, or what was found.")
NO_OUTCOME = N_("Choose how it ends.")
NO_REASON = N_("Say in a sentence why. It is kept sealed.")
WARNED = N_(
    "Something warns: %(indicators)s. While it does, a verified link alone ends nothing. Choose what is"
    " done for the child, or go on following."
)
WARNED_THERE = N_(
    "The communication names warning indicators, or keeps them back. While it does, a verified link alone"
    " ends nothing. Choose what is done for the child, or go on following."
)


def begin(actor: Actor, source: Source, *, row_id: str, due_on: date | None) -> list[CaseFollowUp]:
    """Begin the follow-ups of a child that a communication tells of, as its unit may keep them.

    A unit that protects children keeps both; any other one that of the companion alone. Raises Refusal.
    """
    require(actor, Permission.CASE_FOLLOW_UP_BEGIN, source)
    child = next((each for each in source.children if each.row_id == row_id), None)
    if child is None:
        raise Refusal(NO_CHILD, field="child")
    kinds = kinds_of(source.unit.kind)
    if any((row_id, kind) in queries.followed_rows(source) for kind in kinds):
        raise Refusal(FOLLOWED, field="child")
    day = _day(due_on)
    pair_id = new_id()
    made = [_follow_up(actor, source, child, kind, pair_id, day) for kind in kinds]
    db.session.add_all(made)
    db.session.flush()
    for each in made:
        trail.record(actor, "case-follow-up-begun", subject=("case_follow_up", each.id),
                     owner=each.organisation_id, detail={"kind": each.kind, "from": source.id})  # fmt: skip
    taking_over.promise(source)
    return made


def _follow_up(
    actor: Actor, source: Source, child: Child, kind: str, pair_id: str, due_on: date
) -> CaseFollowUp:
    labels = (child.label, child.companion)
    own, other = labels if kind == CHILD else reversed(labels)
    return CaseFollowUp(
        id=new_id(), organisation_id=source.organisation_id, unit_id=source.unit_id, kind=kind,
        state=CASE_FOLLOW_UP.initial, pair_id=pair_id, thread_id=source.exchange.thread_id,
        exchange_id=None if source.addressee_id else source.exchange.id,
        addressee_id=source.addressee_id, row_id=child.row_id, label=own, with_label=other,
        due_on=due_on, reminded_days=milestone((due_on - days.today()).days),
        opened_by=actor.person_id, opened_at=clock.now(), revision=1,
    )  # fmt: skip


def verified(
    actor: Actor, opened: OpenedFollowUp, *, means: str, result: str, day: date | None,
    indicators: Collection[str], note: str,
) -> None:  # fmt: skip
    """Write down what was verified about the child's family link. Raises Refusal, SealingUnavailable."""
    require(actor, Permission.CASE_FOLLOW_UP_KEEP, opened)
    _is_open(opened, "keep")
    if means not in CASE.code_lists["verif"] or means == "NONE":
        raise Refusal(NO_MEANS, field="means")
    if result not in CASE.code_lists["relation_ver"]:
        raise Refusal(NO_RESULT, field="result")
    known = [code.key for code in CASE.code_lists["minor_ind"].codes if code.key in indicators]
    said = {"means": means, "result": result, "day": _until_today(day).isoformat(),
            "indicators": known}  # fmt: skip
    steps.keep(
        actor,
        opened.row,
        kind=STEPS[CHILD],
        said=said,
        note=fits(note, field="note", most=NOTE_LIMIT),
    )


def crossed(
    actor: Actor, opened: OpenedFollowUp, *, day: date | None, with_minors: str, note: str
) -> None:
    """Write down a crossing of the person who travels with the child; all of it is secret."""
    require(actor, Permission.CASE_FOLLOW_UP_KEEP, opened)
    _is_open(opened, "keep")
    if day is None:
        raise Refusal(NO_CROSSING_DAY, field="day")
    if with_minors not in CASE.code_lists["yes_no_unk"]:
        raise Refusal(NO_MINORS, field="with_minors")
    fits(note, field="note", most=NOTE_LIMIT, missing=NO_POST)
    words = {"day": _until_today(day).isoformat(), "with_minors": with_minors, "note": note}
    steps.keep(actor, opened.row, kind=STEPS[opened.row.kind], said={}, note=words)


def move_day(actor: Actor, opened: OpenedFollowUp, due_on: date | None) -> None:
    """Look again on another day. Raises Refusal."""
    require(actor, Permission.CASE_FOLLOW_UP_KEEP, opened)
    _is_open(opened, "keep")
    _due(actor, opened, due_on)


def decide(
    actor: Actor, opened: OpenedFollowUp, *, outcome: str, reason: str, child: Child | None
) -> None:
    """Decide how it ends, with a reason: of a child, a child-protection officer alone. Raises Refusal.

    `child` is as for `closing_is_proposed`.
    """
    require(actor, Permission.CASE_FOLLOW_UP_DECIDE, opened)
    row = opened.row
    state = CASE_FOLLOW_UP.after(row.state, "close")
    if outcome not in words.outcomes(row.kind):
        raise Refusal(NO_OUTCOME, field="outcome")
    if outcome == OF_THE_LINK:
        _refuse_warned(opened, child)
    fits(reason, field="reason", most=NOTE_LIMIT, missing=NO_REASON)
    steps.keep(actor, row, kind=DECIDED, said={"outcome": outcome}, note=reason)
    row.state, row.outcome = state, outcome
    row.decided_by, row.decided_at = actor.person_id, clock.now()


def take_up(actor: Actor, opened: OpenedFollowUp, due_on: date | None) -> None:
    """Follow once more what was closed or handed over. Raises Refusal."""
    require(actor, Permission.CASE_FOLLOW_UP_DECIDE, opened)
    row = opened.row
    state = CASE_FOLLOW_UP.after(row.state, "take_up")
    _due(actor, opened, due_on)
    row.state, row.outcome, row.decided_by, row.decided_at = state, None, None, None


def closing_is_proposed(said: Sequence[Mapping[str, Any]], child: Child | None) -> bool:
    """Whether what is known proposes to close: the link is verified, and nothing at all warns.

    `child` is the row of the communication as it may be read now. Where it may not, nothing is proposed.
    """
    verifications = [each for each in said if "result" in each]
    if child is None or child.is_warned or not verifications:
        return False
    return proposes_closing(
        {"verified_relation": verifications[-1]["result"], "indicators": _seen(said)}
    )


def _seen(said: Collection[Mapping[str, Any]]) -> list[str]:
    """The warning indicators that were noted in any step."""
    return list(dict.fromkeys(code for each in said for code in each.get("indicators", ())))


def _refuse_warned(opened: OpenedFollowUp, child: Child | None) -> None:
    """A verified link ends nothing by itself where something warns: parents can traffic too."""
    if seen := _seen(steps.said_in(queries.steps_of(opened)).values()):
        noted = ", ".join(words.label("minor_ind", code) for code in seen)
        raise Refusal(WARNED, field="outcome", indicators=noted)
    if child is not None and child.is_warned:
        raise Refusal(WARNED_THERE, field="outcome")


def _is_open(opened: OpenedFollowUp, verb: str) -> None:
    CASE_FOLLOW_UP.after(opened.row.state, verb)


def _due(actor: Actor, opened: OpenedFollowUp, due_on: date | None) -> None:
    row, day = opened.row, _day(due_on)
    trail.record(actor, "case-follow-up-due", subject=("case_follow_up", row.id),
                 owner=row.organisation_id,
                 detail={"from": row.due_on.isoformat(), "to": day.isoformat()})  # fmt: skip
    row.due_on, row.reminded_days = day, milestone((day - days.today()).days)
    row.revision += 1


def _day(day: date | None) -> date:
    if day is None:
        raise Refusal(NO_DAY, field="due_on")
    if day < days.today():
        raise Refusal(PAST_DAY, field="due_on")
    if day > days.today() + FARTHEST:
        raise Refusal(FAR_DAY, field="due_on")
    return day


def _until_today(day: date | None) -> date:
    today = days.today()
    if day is not None and day > today:
        raise Refusal(LATER_DAY, field="day")
    if day is not None and day < today - LONGEST_AGO:
        raise Refusal(EARLY_DAY, field="day")
    return day or today
