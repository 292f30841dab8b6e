"""Which summaries exist for this actor, and what happened to them?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_

from app.db.errors import Missing
from app.extensions import db
from app.intake.models import Dossier, Version
from app.needs.models import Consent, Need, NeedFact
from app.needs.preview import NONE
from app.organisations.models import Organisation
from app.policy.actor import Actor, OrganisationKind
from app.summaries.contents import Content
from app.summaries.models import (
    GroupSummary,
    ReleasedSummary,
    Routing,
    Summary,
    SummaryChange,
    SummaryOpening,
    SummaryQuestion,
    SummaryRelease,
)
from app.web.keyset import Page, page_of

SPONSORS_LIMIT = 100


@dataclass
class OpenedSummary:
    """A summary on this side of the wall, with the need it comes from."""

    summary: Summary
    dossier: Dossier
    version: Version
    consent: Consent
    organisation: Organisation

    @property
    def id(self) -> str:
        return self.summary.id

    @property
    def organisation_id(self) -> str:
        return self.summary.organisation_id


def get(actor: Actor, summary_id: str) -> OpenedSummary:
    """A summary for the Secretariat, or for the delegation whose need it is. Raises Missing."""
    found = get_all(actor, [summary_id])
    if not found:
        raise Missing(summary_id)
    return found[0]


def get_all(actor: Actor, summary_ids: Collection[str]) -> list[OpenedSummary]:
    """Those of these summaries that exist for the actor, by their needs' references."""
    query = (
        db.select(Summary, Dossier, Version, Consent, Organisation)
        .join(Dossier, Dossier.id == Summary.need_id)
        .join(Version, Version.id == Summary.version_id)
        .join(Consent, Consent.version_id == Summary.version_id)
        .join(Organisation, Organisation.id == Summary.organisation_id)
        .where(Summary.id.in_(summary_ids))
        .order_by(Dossier.reference)
    )
    if not actor.is_secretariat:
        query = query.where(Summary.organisation_id == actor.organisation_id)
    return [OpenedSummary(*row) for row in db.session.execute(query)]


@dataclass
class Candidate:
    """An accepted need of which a summary may be made."""

    dossier: Dossier
    version: Version
    consent: Consent
    organisation: Organisation

    @property
    def organisation_id(self) -> str:
        return self.dossier.organisation_id


def candidate(actor: Actor, need_id: str) -> Candidate:
    """The version in force of a need, with its country's consent, for the Secretariat or that country.

    Raises Missing.
    """
    is_visible = (
        db.true() if actor.is_secretariat else Dossier.organisation_id == actor.organisation_id
    )
    row = db.session.execute(
        db.select(Dossier, Version, Consent, Organisation)
        .join(Need, Need.id == Dossier.id)
        .join(Version, Version.id == Dossier.accepted_version_id)
        .join(Consent, Consent.version_id == Version.id)
        .join(Organisation, Organisation.id == Dossier.organisation_id)
        .where(Dossier.id == need_id, Dossier.is_submitted, is_visible)
    ).one_or_none()
    if row is None:
        raise Missing(need_id)
    return Candidate(*row)


def list_for_secretariat(actor: Actor, state: str, after: str) -> Page:
    """Accepted needs whose country lets sponsors read a summary, and whatever sponsors read now."""
    if not actor.is_secretariat:
        raise Missing("summaries")
    query = (
        db.select(
            Dossier.id, Dossier.reference, Dossier.changed_at, Version.title, NeedFact.themes,
            NeedFact.participants, Organisation.name_es, Organisation.name_en,
            Consent.sponsors.label("consent"), Summary.id.label("summary_id"),
            Summary.state.label("state"), Summary.released_id,
        )
        .join(Need, Need.id == Dossier.id)
        .join(Version, Version.dossier_id == Dossier.id)
        .join(Consent, and_(Consent.version_id == Version.id, Consent.sponsors != NONE))
        .join(Organisation, Organisation.id == Dossier.organisation_id)
        .outerjoin(NeedFact, NeedFact.version_id == Version.id)
        .outerjoin(Summary, Summary.version_id == Version.id)
        .where(Dossier.is_submitted,
               or_(Version.id == Dossier.accepted_version_id, Summary.state == "released"))
    )  # fmt: skip
    if state == "new":
        query = query.where(Summary.id.is_(None))
    elif state:
        query = query.where(Summary.state == state)
    return page_of(query, Dossier.changed_at, Version.id, after)


def changes(summary: Summary) -> list[SummaryChange]:
    """What was changed about a summary and what the country said, newest first."""
    return list(
        db.session.scalars(
            db.select(SummaryChange)
            .where(SummaryChange.summary_id == summary.id,
                   SummaryChange.organisation_id == summary.organisation_id)
            .order_by(SummaryChange.proposed_at.desc(), SummaryChange.id)
            .limit(25)
        )
    )  # fmt: skip


def open_change(summary: Summary) -> SummaryChange | None:
    """The change of the summary itself that waits for the country's word."""
    return db.session.scalars(
        db.select(SummaryChange)
        .where(SummaryChange.summary_id == summary.id,
               SummaryChange.organisation_id == summary.organisation_id,
               SummaryChange.grouping_id.is_(None), SummaryChange.decision.is_(None))
        .order_by(SummaryChange.proposed_at.desc())
        .limit(1)
    ).one_or_none()  # fmt: skip


def has_answered_before(organisation_id: str) -> bool:
    """Whether a country ever answered such a question in Enlace itself; silence counts only then."""
    return bool(answered_before([organisation_id]))


def answered_before(organisation_ids: Collection[str]) -> set[str]:
    """Those of these countries that ever answered such a question in Enlace itself."""
    return set(
        db.session.scalars(
            db.select(SummaryChange.organisation_id)
            .where(SummaryChange.organisation_id.in_(organisation_ids),
                   SummaryChange.decided_by.is_not(None),
                   SummaryChange.decision.in_(("consented", "objected", "withheld")))
            .distinct()
        )
    )  # fmt: skip


def released_of(need_ids: Collection[str]) -> dict[str, Content]:
    """Need -> what sponsors may read of its version in force, where its summary is released."""
    rows = db.session.execute(
        db.select(Summary.need_id, ReleasedSummary.content)
        .join(Dossier, Dossier.accepted_version_id == Summary.version_id)
        .join(ReleasedSummary, ReleasedSummary.id == Summary.released_id)
        .where(Summary.need_id.in_(sorted(need_ids)))
    )
    return {row.need_id: row.content for row in rows}


def sponsors() -> list[Organisation]:
    """Every sponsor a summary can be sent to."""
    return list(
        db.session.scalars(
            db.select(Organisation)
            .where(Organisation.kind == OrganisationKind.SPONSOR, Organisation.ended_at.is_(None))
            .order_by(Organisation.name_es)
            .limit(SPONSORS_LIMIT)
        )
    )


def sponsors_of(released_id: str) -> set[str]:
    """The sponsors to whom a release was sent."""
    sent = db.select(Routing.sponsor_id).where(Routing.released_id == released_id)
    return set(db.session.scalars(sent))


def log(summary: Summary) -> list[Any]:
    """One row for each sending, recalled ones too: sent, first opened, how often opened, answered."""
    opened = (
        db.select(SummaryOpening.routing_id, func.count().label("openings"))
        .group_by(SummaryOpening.routing_id)
        .subquery()
    )
    return list(
        db.session.execute(
            db.select(Routing, SummaryRelease.is_named, Organisation.name_es,
                      Organisation.name_en, func.coalesce(opened.c.openings, 0).label("openings"))
            .join(SummaryRelease, SummaryRelease.released_id == Routing.released_id)
            .join(Organisation, Organisation.id == Routing.sponsor_id)
            .outerjoin(opened, opened.c.routing_id == Routing.id)
            .where(SummaryRelease.summary_id == summary.id,
                   SummaryRelease.organisation_id == summary.organisation_id)
            .order_by(Routing.sent_at, Routing.id)
            .limit(SPONSORS_LIMIT)
        )
    )  # fmt: skip


def questions(summary: Summary) -> list[Any]:
    """Questions that sponsors asked about it alone, newest first; for the Secretariat."""
    in_groups = db.select(GroupSummary.id).where(GroupSummary.released_id == Routing.released_id)
    return list(
        db.session.execute(
            db.select(SummaryQuestion, Organisation.name_es, Organisation.name_en, Routing.state)
            .join(Routing, Routing.id == SummaryQuestion.routing_id)
            .join(SummaryRelease, SummaryRelease.released_id == Routing.released_id)
            .join(Organisation, Organisation.id == SummaryQuestion.sponsor_id)
            .where(SummaryRelease.summary_id == summary.id, ~in_groups.exists())
            .order_by(SummaryQuestion.asked_at.desc())
            .limit(50)
        )
    )


def in_group(need_id: str) -> str | None:
    """The group's summary that sponsors read now and that holds a need; for the Secretariat."""
    return db.session.scalar(
        db.select(GroupSummary.id)
        .join(SummaryRelease, SummaryRelease.released_id == GroupSummary.released_id)
        .join(Summary, Summary.id == SummaryRelease.summary_id)
        .where(Summary.need_id == need_id, GroupSummary.state == "released")
        .limit(1)
    )


def question(actor: Actor, question_id: str) -> SummaryQuestion:
    """One question, for the Secretariat that answers it. Raises Missing."""
    found = db.session.get(SummaryQuestion, question_id) if actor.is_secretariat else None
    if found is None:
        raise Missing(question_id)
    return found


def of_routing(actor: Actor, routing_id: str) -> OpenedSummary:
    """The summary that was sent with a routing, for the Secretariat. Raises Missing."""
    found = None
    if actor.is_secretariat:
        found = db.session.scalar(
            db.select(SummaryRelease.summary_id)
            .join(Routing, Routing.released_id == SummaryRelease.released_id)
            .where(Routing.id == routing_id, SummaryRelease.place == 0)
        )
    if found is None:
        raise Missing(routing_id)
    return get(actor, found)


def of_need(actor: Actor, need_id: str) -> OpenedSummary | Candidate:
    """A need's summary, or the accepted version of which none was prepared yet.

    The Secretariat is led to the version in force; its own delegation to what was last prepared.
    Raises Missing.
    """
    query = (
        db.select(Summary.id, Summary.version_id, Dossier.accepted_version_id)
        .join(Dossier, Dossier.id == Summary.need_id)
        .where(Summary.need_id == need_id)
    )
    if not actor.is_secretariat:
        query = query.where(Summary.organisation_id == actor.organisation_id)
    found = db.session.execute(query.order_by(Summary.created_at.desc()).limit(1)).one_or_none()
    if found is None:
        return candidate(actor, need_id)
    if actor.is_secretariat and found.accepted_version_id not in (None, found.version_id):
        return candidate(actor, need_id)
    return get(actor, found.id)
