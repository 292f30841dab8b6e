"""Do sponsors still read only of needs that are in force?

A delegation that withdraws a need, and an officer who accepts its successor, know nothing of sponsors.
Once a minute what is no longer in force is taken back.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, or_

from app.audit.commit import committed
from app.db.transactions import transaction
from app.extensions import db
from app.intake.models import Dossier
from app.jobs.one_by_one import one_by_one
from app.jobs.registry import Times, job
from app.outbox import post
from app.policy.actor import OrganisationKind
from app.policy.roles import CERTIFIERS, OFFICERS
from app.summaries.models import Summary
from app.summaries.sending import is_in_force, take_back


@job("summaries-follow-needs", times=Times())
def follow_needs() -> None:
    """Recall each released summary whose need was withdrawn or has a newer accepted version."""
    with transaction(writing=False) as session:
        gone: list[str] = list(session.scalars(_no_longer_in_force()))
    one_by_one("summaries-follow-needs", gone, _follow)


def _no_longer_in_force() -> Select[Any]:
    return (
        db.select(Summary.id)
        .join(Dossier, Dossier.id == Summary.need_id)
        .where(
            Summary.state == "released",
            or_(
                Dossier.state == "withdrawn",
                Dossier.accepted_version_id.is_distinct_from(Summary.version_id),
            ),
        )
        .order_by(Summary.id)
    )


def _follow(summary_id: str) -> None:
    with committed() as session:
        summary = session.get_one(Summary, summary_id, populate_existing=True)
        dossier = session.get_one(Dossier, summary.need_id, populate_existing=True)
        if summary.state != "released" or is_in_force(summary, dossier):
            return
        take_back(None, summary, by="need")
        post.to_roles(summary.organisation_id, CERTIFIERS, "summary-followed", summary=summary.id)
        post.to_kind(OrganisationKind.SECRETARIAT, OFFICERS, "summary-followed", summary=summary.id)
