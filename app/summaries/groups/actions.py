"""How are the countries of a group asked, and what is done with their words?"""

from __future__ import annotations

import json

from sqlalchemy import update

from app import clock
from app.audit import trail
from app.db.base import new_id
from app.db.changing import changed
from app.extensions import db
from app.formats.words import N_
from app.groups.actions import hold
from app.groups.queries import OpenedGroup
from app.outbox import post
from app.policy.actor import Actor, OrganisationKind
from app.policy.engine import require
from app.policy.permissions import Permission
from app.policy.roles import CERTIFIERS, OFFICERS
from app.summaries import actions, texts
from app.summaries import queries as single
from app.summaries.groups import parts, queries
from app.summaries.groups.queries import Asked, Opened
from app.summaries.groups.summing import FEWEST
from app.summaries.models import GroupSummary, SummaryChange
from app.web.errors import Refusal
from app.workflow import tables
from app.workflow.machine import NotNow

KIND = "grouping"
"""Kind of the change by which a country is asked."""
NOTE = (
    "La Secretaría quiere enviar esta necesidad junto con otras parecidas, en un solo resumen. Abajo "
    "está todo lo que ese resumen tomaría de la suya. Su propio resumen no cambia.\n\nThe Secretariat "
    "wants to send this need together with similar ones, in one summary. Below stands all that this "
    "summary would take from yours. Its own summary does not change."
)
"""Kept in both languages: the country reads it, whoever prepares the summary."""
NO_GROUP = N_(
    "At least two needs of two countries must be free to be told. Look at the list, please."
)
BEGUN = N_("The summary of this group was prepared already.")
NOBODY_SILENT = N_("Silence permits nothing here. Please telephone the focal points.")


def prepare(actor: Actor, group: OpenedGroup) -> GroupSummary | None:
    """Ask the country of each need of a group that may be told, each for itself.

    Where a need's own summary is not what its country previewed, that one is asked about first; None
    where too few others are left: then the group's is prepared once those countries have said their word.
    """
    require(actor, Permission.SUMMARY_PREPARE)
    hold(group.group.call_id)
    db.session.refresh(group.group)
    tables.GROUP.after(group.group.state, "edit")
    if queries.current(group) is not None:
        raise Refusal(BEGUN, status=409)
    members = queries.members(group)
    if not are_several(members):
        raise Refusal(NO_GROUP, status=409)
    made = [(each.candidate, each.summary or actions.prepare(actor, each.candidate))
            for each in members if not each.why]  # fmt: skip
    ready = [(need, summary) for need, summary in made if summary.state != "changed"]
    if not _of_several([need for need, _ in ready]):
        return None
    record = GroupSummary(id=new_id(), group_id=group.id, needs=queries.needs_of(group),
                          state=tables.GROUPING.initial, prepared_by=actor.person_id,
                          prepared_at=clock.now())  # fmt: skip
    db.session.add(record)
    db.session.flush()
    own = [json.loads(summary.preview) for _, summary in ready]
    among = parts.among(own, [need.organisation_id for need, _ in ready])
    for (need, summary), before in zip(ready, own, strict=True):
        actions.ask_country(actor, summary, need.organisation, kind=KIND, before=before,
                            after={**parts.part_of(before), "among": among}, note=NOTE,
                            grouping_id=record.id)  # fmt: skip
    trail.record(actor, "group-summary-prepared", subject=("group-summary", record.id),
                 detail={"group": group.id})  # fmt: skip
    return record


def are_several(members: list[queries.Member]) -> bool:
    """Whether enough of them are free to be asked for a summary of several."""
    return _of_several([each.candidate for each in members if not each.why])


def _of_several(needs: list[single.Candidate]) -> bool:
    return len(needs) >= FEWEST and len({each.organisation_id for each in needs}) >= FEWEST


def decide(actor: Actor, asked: Asked, *, decision: str, reason: str = "") -> None:
    """The country's word on its part: consented, objected or withheld. Its own summary stays as it is.

    Raises NotNow where a colleague was faster, or nobody waits for it any more.
    """
    require(actor, Permission.SUMMARY_DECIDE, asked.opened)
    missing = None if decision == "consented" else actions.MISSING_REASON
    reason = texts.read(reason, field="reason", missing=missing)
    _settle(asked.change, decision=decision, reason=reason, decided_by=actor.person_id)
    trail.record(actor, f"summary-{decision}", subject=("summary", asked.opened.id),
                 owner=asked.organisation_id, detail={"change": asked.change.id})  # fmt: skip
    post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, "summary-decided", summary=asked.opened.id)


def silent(asked: list[Asked]) -> list[Asked]:
    """Those whose silence permits: their days have passed and they have answered before."""
    now = clock.now()
    over = [each for each in asked if each.change.decision is None and now > each.change.closes_at]
    answered = single.answered_before({each.organisation_id for each in over}) if over else set()
    return [each for each in over if each.organisation_id in answered]


def take_silence(actor: Actor, opened: Opened) -> None:
    """Go on without the words of those whose days have passed; recorded as silence."""
    require(actor, Permission.SUMMARY_PREPARE)
    found = silent(queries.asked(actor, opened.id))
    if not found:
        raise Refusal(NOBODY_SILENT, status=409)
    for each in found:
        _settle(each.change, decision="silence")
        trail.record(actor, "summary-silence", subject=("summary", each.opened.id),
                     owner=each.organisation_id, detail={"change": each.change.id})  # fmt: skip
        post.to_roles(each.organisation_id, CERTIFIERS, "summary-silence", summary=each.opened.id)


def _settle(change: SummaryChange, **values: str) -> None:
    """Write down the word on a change that waits. Raises NotNow where it does not wait any more."""
    settled = changed(
        db.session(),
        update(SummaryChange)
        .where(SummaryChange.id == change.id, SummaryChange.decision.is_(None),
               SummaryChange.organisation_id == change.organisation_id)
        .values(decided_at=clock.now(), **values)
        .execution_options(synchronize_session=False),
    )  # fmt: skip
    if not settled:
        raise NotNow("summary", "prepared", "decide")
    db.session.refresh(change)
