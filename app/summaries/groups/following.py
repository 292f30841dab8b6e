"""Do sponsors still read of groups as they stand, of needs that are in force and of countries that agree?

Once a minute what changed is taken back: a need that was withdrawn or has a successor, one whose country
decided otherwise about its own summary, a group that somebody changed or dissolved.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Select, and_, or_

from app.audit.commit import committed
from app.db.transactions import transaction
from app.extensions import db
from app.groups.gathering import MEMBER, held
from app.groups.models import NeedGroup
from app.intake.models import Dossier
from app.jobs.one_by_one import one_by_one
from app.jobs.registry import Times, job
from app.outbox import post
from app.policy.actor import OrganisationKind
from app.policy.roles import CERTIFIERS, OFFICERS
from app.summaries.groups.queries import REFUSED, decided_otherwise
from app.summaries.groups.sending import take_back
from app.summaries.models import GroupSummary, Summary, SummaryChange


@job("group-summaries-follow", times=Times())
def follow_groups() -> None:
    """End each group's summary whose needs or group are not what they were when it was prepared."""
    with transaction(writing=False):
        gone = _not_as_prepared()
    one_by_one("group-summaries-follow", gone, _follow)


def _not_as_prepared(*conditions: Any) -> list[str]:
    current = db.session.scalars(
        db.select(GroupSummary)
        .where(GroupSummary.state != "ended", *conditions)
        .order_by(GroupSummary.id)
        .execution_options(populate_existing=True)
    ).all()
    needs = _needs_of([each.group_id for each in current])
    gone = set(db.session.scalars(_gone().where(GroupSummary.id.in_([e.id for e in current]))))
    return [each.id for each in current
            if each.id in gone or set(each.needs) != needs[each.group_id]]  # fmt: skip


def _needs_of(group_ids: list[str]) -> dict[str, set[str]]:
    """Group -> the needs that stand in it now; none in one that was dissolved."""
    found: dict[str, set[str]] = defaultdict(set)
    for group_id, need_id in db.session.execute(
        db.select(MEMBER.c.group_id, MEMBER.c.need_id)
        .join(NeedGroup, NeedGroup.id == MEMBER.c.group_id)
        .where(MEMBER.c.group_id.in_(group_ids), held(), NeedGroup.state != "dissolved")
    ):
        found[group_id].add(need_id)
    return found


def _gone() -> Select[Any]:
    """The summaries of groups of which a part no longer is what its country agreed to."""
    return (
        db.select(GroupSummary.id)
        .join(SummaryChange, SummaryChange.grouping_id == GroupSummary.id)
        .join(Summary, and_(Summary.id == SummaryChange.summary_id,
                            Summary.organisation_id == SummaryChange.organisation_id))
        .join(Dossier, Dossier.id == Summary.need_id)
        .where(or_(SummaryChange.decision.is_(None), SummaryChange.decision.not_in(REFUSED)),
               or_(Dossier.state == "withdrawn",
                   Dossier.accepted_version_id.is_distinct_from(Summary.version_id),
                   decided_otherwise()))
    )  # fmt: skip


def _follow(grouping_id: str) -> None:
    with committed() as session:
        if not _not_as_prepared(GroupSummary.id == grouping_id):
            return
        told = take_back(None, session.get_one(GroupSummary, grouping_id), by="group")
        for summary_id, organisation_id in told:
            post.to_roles(organisation_id, CERTIFIERS, "summary-followed", summary=summary_id)
        for summary_id, _ in told[:1]:
            post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, "summary-followed",
                         summary=summary_id)  # fmt: skip
