"""Which needs of a group may be told to sponsors together, and what did their countries say?"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_
from sqlalchemy.orm import aliased

from app.db.errors import Missing
from app.extensions import db
from app.groups import queries as groups
from app.groups.gathering import MEMBER, held
from app.groups.queries import OpenedGroup
from app.intake.models import Dossier, Version
from app.needs.models import Consent
from app.needs.preview import NONE
from app.organisations.models import Organisation
from app.policy.actor import Actor
from app.summaries import contents
from app.summaries import queries as single
from app.summaries.contents import Content
from app.summaries.models import (
    CountryDecision,
    CountryReveal,
    GroupSummary,
    QuestionRelay,
    Routing,
    Summary,
    SummaryChange,
    SummaryOpening,
    SummaryQuestion,
    SummaryRelease,
)
from app.summaries.queries import Candidate, OpenedSummary

SHOWN = 100
WAITS_ALONE, REFUSED_ALONE = "waits_alone", "refused_alone"
_OWN = aliased(SummaryChange)
"""What a country was asked about its own summary."""
REFUSED = ("objected", "withheld")


@dataclass
class Opened:
    """A group's summary, for the Secretariat, with the group."""

    record: GroupSummary
    group: OpenedGroup

    @property
    def id(self) -> str:
        return self.record.id


@dataclass
class Asked:
    """A need whose country was asked whether it may stand in its group's summary."""

    change: SummaryChange
    opened: OpenedSummary

    @property
    def organisation_id(self) -> str:
        return self.change.organisation_id


@dataclass
class Member:
    """A need of a group before anybody is asked.

    `why` it is not asked: none, waits_alone, refused_alone, or empty.
    """

    candidate: Candidate
    summary: Summary | None
    why: str


def get(actor: Actor, grouping_id: str) -> Opened:
    """A group's summary, for the Secretariat. Raises Missing."""
    record = db.session.get(GroupSummary, grouping_id) if actor.is_secretariat else None
    if record is None:
        raise Missing(grouping_id)
    return Opened(record, groups.get(actor, record.group_id))


def current(group: OpenedGroup) -> str | None:
    """The summary of a group that is not over."""
    return db.session.scalar(
        db.select(GroupSummary.id).where(
            GroupSummary.group_id == group.id, GroupSummary.state != "ended"
        )
    )


def of_routing(routing_id: str) -> str | None:
    """The group's summary that was sent with a routing; None where a need went alone."""
    return db.session.scalar(
        db.select(GroupSummary.id)
        .join(Routing, Routing.released_id == GroupSummary.released_id)
        .where(Routing.id == routing_id)
    )


def needs_of(group: OpenedGroup) -> list[str]:
    """Every need that stands in a group now, whether it may be told or not."""
    return sorted(db.session.scalars(
        db.select(MEMBER.c.need_id).where(MEMBER.c.group_id == group.id, held())))  # fmt: skip


def members(group: OpenedGroup) -> list[Member]:
    """The needs of a group that are in force, by reference, and why one would not be asked."""
    rows = db.session.execute(
        db.select(Dossier, Version, Consent, Organisation, Summary)
        .join(MEMBER, MEMBER.c.need_id == Dossier.id)
        .join(Version, Version.id == Dossier.accepted_version_id)
        .join(Consent, Consent.version_id == Version.id)
        .join(Organisation, Organisation.id == Dossier.organisation_id)
        .outerjoin(Summary, Summary.version_id == Version.id)
        .where(MEMBER.c.group_id == group.id, held(), Dossier.state != "withdrawn",
               Dossier.is_submitted)
        .order_by(Dossier.reference)
    ).all()  # fmt: skip
    refused = _refused_alone([row.Summary for row in rows if row.Summary is not None])
    return [Member(Candidate(dossier, version, consent, organisation), summary,
                   _why(consent, summary, refused))
            for dossier, version, consent, organisation, summary in rows]  # fmt: skip


def _why(consent: Consent, summary: Summary | None, refused: Collection[str]) -> str:
    if consent.sponsors == NONE:
        return NONE
    if summary is not None and summary.state == "changed":
        return WAITS_ALONE
    return REFUSED_ALONE if summary is not None and summary.id in refused else ""


def _refused_alone(summaries: Sequence[Summary]) -> set[str]:
    """Those of these whose country said no when it was last asked about them."""
    rows = db.session.execute(
        db.select(_OWN.summary_id, _OWN.decision)
        .where(_OWN.summary_id.in_([each.id for each in summaries]), _OWN.grouping_id.is_(None))
        .order_by(_OWN.proposed_at, _OWN.decided_at, _OWN.id)
    )
    last = {row.summary_id: row.decision for row in rows}
    return {each.id for each in summaries
            if each.state == "withheld" and last.get(each.id) in REFUSED}  # fmt: skip


def decided_otherwise() -> Any:
    """That a part is not made of the need's own summary any more: the country changed that, or said no."""
    refused = (
        db.select(_OWN.id)
        .where(_OWN.summary_id == SummaryChange.summary_id, _OWN.grouping_id.is_(None),
               _OWN.organisation_id == SummaryChange.organisation_id,
               _OWN.decision.in_(REFUSED), _OWN.decided_at >= SummaryChange.proposed_at)
    )  # fmt: skip
    return or_(Summary.preview != SummaryChange.before, refused.exists())


def otherwise(grouping_id: str) -> set[str]:
    """Those parts of a group's summary whose country decided otherwise about its own since."""
    return set(
        db.session.scalars(
            db.select(SummaryChange.id)
            .join(Summary, and_(Summary.id == SummaryChange.summary_id,
                                Summary.organisation_id == SummaryChange.organisation_id))
            .where(SummaryChange.grouping_id == grouping_id,
                   or_(decided_otherwise(), Summary.state == "changed"))
        )
    )  # fmt: skip


def asked(actor: Actor, grouping_id: str) -> list[Asked]:
    """Everybody that was asked about a group's summary, by reference; for the Secretariat."""
    changes = {each.summary_id: each for each in db.session.scalars(
        db.select(SummaryChange).where(SummaryChange.grouping_id == grouping_id)
    )}  # fmt: skip
    return [Asked(changes[each.id], each) for each in single.get_all(actor, changes)]


def part(actor: Actor, change_id: str) -> Asked:
    """What a country was asked about its own part of a group's summary. Raises Missing."""
    change = db.session.scalar(
        db.select(SummaryChange).where(
            SummaryChange.id == change_id, SummaryChange.grouping_id.is_not(None),
            SummaryChange.organisation_id == actor.organisation_id,
        )
    )  # fmt: skip
    if change is None:
        raise Missing(change_id)
    return Asked(change, single.get(actor, change.summary_id))


def permitted(change: SummaryChange) -> Content | None:
    """What a country lets stand in the group's summary; None: nothing, or its word is waited for."""
    after: Content = json.loads(change.after)
    if change.decision == "consented":
        return after
    if change.decision == "silence":
        return contents.silent(json.loads(change.before), after)
    return None


def alone_with(
    need_ids: Collection[str], sponsor_ids: Collection[str], but: str | None
) -> Sequence[Any]:  # fmt: skip
    """(Sponsor, reference) of each of these needs that such a sponsor holds by another release."""
    return db.session.execute(
        db.select(Organisation, Dossier.reference, Summary.id)
        .join(Routing, Routing.sponsor_id == Organisation.id)
        .join(SummaryRelease, SummaryRelease.released_id == Routing.released_id)
        .join(Summary, Summary.id == SummaryRelease.summary_id)
        .join(Dossier, Dossier.id == Summary.need_id)
        .where(Routing.state != "recalled", Routing.sponsor_id.in_(sponsor_ids),
               Summary.need_id.in_(need_ids), Routing.released_id.is_distinct_from(but))
        .order_by(Organisation.name_es, Dossier.reference)
        .limit(SHOWN)
    ).all()  # fmt: skip


def log(record: GroupSummary) -> Sequence[Any]:
    """One row for each sending: the sponsor, how often it opened it, and what it answered."""
    opened = (
        db.select(SummaryOpening.routing_id, func.count().label("openings"))
        .group_by(SummaryOpening.routing_id)
        .subquery()
    )
    return db.session.execute(
        db.select(Routing, Organisation, func.coalesce(opened.c.openings, 0).label("openings"))
        .join(Organisation, Organisation.id == Routing.sponsor_id)
        .outerjoin(opened, opened.c.routing_id == Routing.id)
        .where(Routing.released_id == record.released_id)
        .order_by(Routing.sent_at, Routing.id)
        .limit(SHOWN)
    ).all()


def words_about_names(record: GroupSummary) -> dict[str, list[Any]]:
    """Routing -> what each country said about its name: (country, decision, reason), the last word."""
    rows = db.session.execute(
        db.select(CountryDecision, Organisation.country)
        .join(Routing, Routing.id == CountryDecision.routing_id)
        .join(Organisation, Organisation.id == CountryDecision.organisation_id)
        .where(Routing.released_id == record.released_id)
        .order_by(CountryDecision.decided_at, CountryDecision.id)
    )
    last: dict[tuple[str, str], Any] = {}
    for decision, country in rows:
        last[decision.routing_id, country] = (country, decision.decision, decision.reason)
    found: dict[str, list[Any]] = {}
    for (routing_id, _), said in sorted(last.items()):
        found.setdefault(routing_id, []).append(said)
    return found


def told(record: GroupSummary) -> set[tuple[str, str]]:
    """(Routing, country) of every name that was told."""
    rows = db.session.execute(
        db.select(CountryReveal.routing_id, CountryReveal.country)
        .join(Routing, Routing.id == CountryReveal.routing_id)
        .where(Routing.released_id == record.released_id)
    )
    return {(routing_id, country) for routing_id, country in rows}


def questions(record: GroupSummary) -> Sequence[Any]:
    """What sponsors asked about it, newest first."""
    return db.session.execute(
        db.select(SummaryQuestion, Organisation, Routing.state)
        .join(Routing, Routing.id == SummaryQuestion.routing_id)
        .join(Organisation, Organisation.id == SummaryQuestion.sponsor_id)
        .where(Routing.released_id == record.released_id)
        .order_by(SummaryQuestion.asked_at.desc(), SummaryQuestion.id)
        .limit(SHOWN)
    ).all()


def relays(question_ids: Collection[str]) -> dict[str, list[Any]]:
    """Question -> to which countries it was passed on, and what they said; of the questions shown."""
    rows = db.session.execute(
        db.select(QuestionRelay, Organisation)
        .join(Organisation, Organisation.id == QuestionRelay.organisation_id)
        .where(QuestionRelay.question_id.in_(question_ids))
        .order_by(QuestionRelay.passed_at, QuestionRelay.id)
    )
    found: dict[str, list[Any]] = {}
    for relay, country in rows:
        found.setdefault(relay.question_id, []).append((relay, country))
    return found


def question(actor: Actor, question_id: str) -> SummaryQuestion:
    """A sponsor's question about a group's summary, for the Secretariat. Raises Missing."""
    found = single.question(actor, question_id)
    if of_routing(found.routing_id) is None:
        raise Missing(question_id)
    return found
