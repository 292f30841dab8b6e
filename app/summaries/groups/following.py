"""Do sponsors still read of groups as they stand, of needs that are in force?

Once a minute what changed is taken back: a need that was withdrawn or has a successor, a group that
somebody changed or dissolved.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, or_
from sqlalchemy.orm import Session

from app.audit import trail
from app.db.transactions import transaction
from app.extensions import db
from app.groups.gathering import MEMBER
from app.groups.models import NeedGroup
from app.intake.models import Dossier
from app.jobs.registry import Times, job
from app.outbox import post
from app.policy.actor import OrganisationKind
from app.policy.roles import CERTIFIERS, OFFICERS
from app.summaries.groups.queries import REFUSED
from app.summaries.groups.sending import take_back
from app.summaries.models import GroupSummary, Summary, SummaryChange
from app.workflow.machine import NotNow


@job("group-summaries-follow", times=Times())
def follow_groups() -> None:
    """End each group's summary whose needs or group are not what they were when it was prepared."""
    with transaction(writing=False) as session:
        gone: list[str] = list(session.scalars(_not_as_prepared()))
    for grouping_id in gone:
        try:
            with transaction(writing=True) as session:
                _follow(session, grouping_id)
        except NotNow:  # somebody ended it in the meantime
            trail.forget_queued(db.session())


def _not_as_prepared() -> Select[Any]:
    group_changed = (
        db.select(MEMBER.c.id)
        .where(MEMBER.c.group_id == GroupSummary.group_id,
               or_(MEMBER.c.valid_from > GroupSummary.prepared_at,
                   MEMBER.c.valid_to > GroupSummary.prepared_at))
    )  # fmt: skip
    dissolved = db.select(NeedGroup.id).where(
        NeedGroup.id == GroupSummary.group_id, NeedGroup.state == "dissolved"
    )
    gone = (
        db.select(SummaryChange.id)
        .join(Summary, Summary.id == SummaryChange.summary_id)
        .join(Dossier, Dossier.id == Summary.need_id)
        .where(SummaryChange.grouping_id == GroupSummary.id,
               or_(SummaryChange.decision.is_(None), SummaryChange.decision.not_in(REFUSED)),
               or_(Dossier.state == "withdrawn",
                   Dossier.accepted_version_id.is_distinct_from(Summary.version_id)))
    )  # fmt: skip
    return (
        db.select(GroupSummary.id)
        .where(GroupSummary.state != "ended",
               or_(group_changed.exists(), dissolved.exists(), gone.exists()))
        .order_by(GroupSummary.id)
    )  # fmt: skip


def _follow(session: Session, grouping_id: str) -> None:
    still = _not_as_prepared().where(GroupSummary.id == grouping_id)
    if session.scalar(still) is None:
        return
    record = session.get_one(GroupSummary, grouping_id, populate_existing=True)
    told = take_back(None, record, by="group")
    for summary_id, organisation_id in told:
        post.to_roles(organisation_id, CERTIFIERS, "summary-followed", summary=summary_id)
    for summary_id, _ in told[:1]:
        post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, "summary-followed", summary=summary_id)
    session.flush()
    trail.append_queued(session)
