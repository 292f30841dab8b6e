"""What waits for a delegation, for the Secretariat and for readers? A few of each, never all.

A sponsor's desk has queries of its own: its connection knows no other tables.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, func, or_

from app.accounts.models import Person
from app.db.base import Owned
from app.desk.items import ASKED
from app.extensions import db
from app.intake.filing.models import Filing
from app.intake.models import SIGNED_REPLY, Dossier, Draft, Review, ReviewSection, Version
from app.needs.models import Consent, Need
from app.needs.preview import NONE
from app.organisations.models import Organisation
from app.policy.actor import Actor
from app.reports.models import Edition
from app.summaries.models import (
    CountryDecision,
    CountryRequest,
    QuestionRelay,
    Routing,
    Summary,
    SummaryChange,
    SummaryQuestion,
    SummaryRelease,
)

EDITIONS_SHOWN = 3


def drafts(actor: Actor, *, but_ready: bool = False) -> list[Any]:
    """The delegation's open drafts that nothing was asked about, the last written first."""
    query = (
        db.select(
            Dossier.id, Dossier.reference, Dossier.state, Draft.title, Draft.saved_at, Draft.ready_at
        )
        .join(Draft, and_(Draft.dossier_id == Dossier.id, Draft.closed_at.is_(None)))
        .join(Need, Need.id == Dossier.id)
        .where(
            _own(actor, Dossier),
            _own(actor, Draft),
            ~Dossier.on_behalf,
            Dossier.state.in_(("draft", "accepted")),
        )
        .order_by(Draft.saved_at.desc(), Dossier.id)
    )  # fmt: skip
    return _rows(query.where(Draft.ready_at.is_(None)) if but_ready else query)


def ready(actor: Actor) -> list[Any]:
    """The delegation's drafts that somebody says are ready to certify, the longest waiting first."""
    return _rows(
        db.select(
            Dossier.id, Dossier.reference, Draft.title, Draft.ready_at, Person.name.label("by")
        )
        .join(Draft, and_(Draft.dossier_id == Dossier.id, Draft.closed_at.is_(None)))
        .join(Need, Need.id == Dossier.id)
        .outerjoin(Person, Person.id == Draft.ready_by)
        .where(_own(actor, Dossier), _own(actor, Draft), Draft.ready_at.is_not(None))
        .order_by(Draft.ready_at, Dossier.id)
    )  # fmt: skip


def filed(actor: Actor) -> list[Any]:
    """What arrived outside Enlace and waits for its country's word, the longest waiting first."""
    title = func.coalesce(func.nullif(Draft.title, ""), "")
    query = (
        db.select(
            Dossier.id, Filing.reference, title.label("title"), Filing.filed_at,
            Organisation.name_es, Organisation.name_en,
        )
        .join(Dossier, Dossier.id == Filing.dossier_id)
        .join(Draft, and_(Draft.dossier_id == Dossier.id, Draft.closed_at.is_(None)))
        .join(Organisation, Organisation.id == Filing.organisation_id)
        .where(Filing.state == "waiting", Dossier.on_behalf)
        .order_by(Filing.filed_at, Filing.id)
    )  # fmt: skip
    return _rows(query if actor.is_secretariat else query.where(_own(actor, Filing)))


def undecided(actor: Actor) -> list[Any]:
    """The delegation's needs of which a signed reply was the last word: it consented to nothing."""
    return _rows(
        db.select(Dossier.id, Dossier.reference, Version.title, Version.certified_at)
        .join(Version, Version.id == Dossier.latest_version_id)
        .join(Need, Need.id == Dossier.id)
        .where(_own(actor, Dossier), Version.certified_role == SIGNED_REPLY,
               Dossier.state.in_(("submitted", "returned", "accepted")))
        .order_by(Version.certified_at, Dossier.id)
    )  # fmt: skip


def returned(actor: Actor) -> list[Any]:
    """The delegation's needs of which changes were asked, the oldest return first."""
    return _rows(
        db.select(
            Dossier.id, Dossier.reference, Dossier.format_name, Version.format_version,
            Version.title, Review.id.label("review_id"), Review.decided_at,
        )
        .join(Version, Version.id == Dossier.latest_version_id)
        .join(Review, Review.version_id == Version.id)
        .join(Need, Need.id == Dossier.id)
        .where(_own(actor, Dossier), Dossier.state == "returned")
        .order_by(Review.decided_at, Dossier.id)
    )  # fmt: skip


def reasons(actor: Actor, review_ids: list[str]) -> dict[str, list[tuple[str, str]]]:
    """Review -> (section, what was asked of it), of these reviews of the delegation."""
    found: dict[str, list[tuple[str, str]]] = {}
    for review_id, section, reason in db.session.execute(
        db.select(ReviewSection.review_id, ReviewSection.section, ReviewSection.reason)
        .where(_own(actor, ReviewSection), ReviewSection.review_id.in_(review_ids))
        .order_by(ReviewSection.review_id, ReviewSection.section)
    ):
        found.setdefault(review_id, []).append((section, reason))
    return found


def submitted(actor: Actor) -> list[Any]:
    """Certified needs that wait for review, the longest waiting first: own ones, or all for the ST."""
    query = (
        db.select(
            Dossier.id, Dossier.reference, Version.title, Version.certified_at, Version.number,
            Organisation.name_es, Organisation.name_en,
        )
        .join(Version, Version.id == Dossier.latest_version_id)
        .join(Need, Need.id == Dossier.id)
        .join(Organisation, Organisation.id == Dossier.organisation_id)
        .where(Dossier.state == "submitted", Dossier.is_submitted)
        .order_by(Version.certified_at, Dossier.id)
    )  # fmt: skip
    return _rows(query if actor.is_secretariat else query.where(_own(actor, Dossier)))


def changes_to_decide(actor: Actor) -> list[Any]:
    """Changed summaries that wait for a country's word, the first to lapse first."""
    query = (
        db.select(
            Summary.id, Dossier.reference, Version.title, SummaryChange.closes_at,
            SummaryChange.id.label("change_id"), SummaryChange.grouping_id,
            Organisation.zone, Organisation.name_es, Organisation.name_en,
        )
        .join(SummaryChange, SummaryChange.summary_id == Summary.id)
        .join(Dossier, Dossier.id == Summary.need_id)
        .join(Version, Version.id == Summary.version_id)
        .join(Organisation, Organisation.id == Summary.organisation_id)
        .where(SummaryChange.decision.is_(None),
               or_(Summary.state == "changed", SummaryChange.grouping_id.is_not(None)))
        .order_by(SummaryChange.closes_at, SummaryChange.id)
    )  # fmt: skip
    return _rows(query if actor.is_secretariat else query.where(_own(actor, Summary)))


def needs_for_sponsors(actor: Actor) -> list[Any]:
    """For the Secretariat: accepted needs whose country lets sponsors read a summary, not sent yet."""
    if not actor.is_secretariat:
        return []
    return _rows(
        db.select(
            Dossier.id, Dossier.reference, Version.title, Summary.id.label("summary_id"),
            Organisation.name_es, Organisation.name_en,
        )
        .join(Need, Need.id == Dossier.id)
        .join(Version, Version.id == Dossier.accepted_version_id)
        .join(Consent, and_(Consent.version_id == Version.id, Consent.sponsors != NONE))
        .join(Organisation, Organisation.id == Dossier.organisation_id)
        .outerjoin(Summary, Summary.version_id == Version.id)
        .where(
            Dossier.is_submitted,
            func.coalesce(Summary.state, "prepared") == "prepared",
        )
        .order_by(Dossier.changed_at, Dossier.id)
    )  # fmt: skip


def questions_to_answer(actor: Actor) -> list[Any]:
    """For the Secretariat: sponsors' questions without an answer, the oldest first."""
    if not actor.is_secretariat:
        return []
    relay = (
        db.select(QuestionRelay.state)
        .where(QuestionRelay.question_id == SummaryQuestion.id)
        .order_by(QuestionRelay.passed_at.desc(), QuestionRelay.id)
        .limit(1)
        .scalar_subquery()
    )
    return _rows(
        db.select(
            SummaryQuestion.id, SummaryQuestion.question, SummaryQuestion.asked_at,
            SummaryQuestion.routing_id, Dossier.reference,
            Organisation.name_es, Organisation.name_en, relay.label("relay"),
        )
        .join(Routing, Routing.id == SummaryQuestion.routing_id)
        .join(SummaryRelease, and_(SummaryRelease.released_id == Routing.released_id,
                                   SummaryRelease.place == 0))
        .join(Summary, Summary.id == SummaryRelease.summary_id)
        .join(Dossier, Dossier.id == Summary.need_id)
        .join(Organisation, Organisation.id == SummaryQuestion.sponsor_id)
        .where(SummaryQuestion.answer.is_(None), Routing.state != "recalled")
        .order_by(SummaryQuestion.asked_at, SummaryQuestion.id)
    )  # fmt: skip


def names_asked(actor: Actor) -> list[Any]:
    """Sponsors that ask to know a country and have no word yet: of the delegation's own, or all for
    the Secretariat; the longest waiting first."""
    query = (
        db.select(
            CountryRequest.asked_at, CountryRequest.routing_id, Summary.id.label("summary_id"),
            Dossier.reference, Version.title, Organisation.name_es, Organisation.name_en,
        )
        .join(Routing, Routing.id == CountryRequest.routing_id)
        .join(SummaryRelease, SummaryRelease.released_id == Routing.released_id)
        .join(Summary, Summary.id == SummaryRelease.summary_id)
        .join(Dossier, Dossier.id == Summary.need_id)
        .join(Version, Version.id == Summary.version_id)
        .join(Organisation, Organisation.id == CountryRequest.sponsor_id)
        .where(CountryRequest.state == "asked")
        .order_by(CountryRequest.asked_at, CountryRequest.id)
    )  # fmt: skip
    if actor.is_secretariat:
        return _rows(query.where(SummaryRelease.place == 0))
    said = db.select(CountryDecision.id).where(
        CountryDecision.request_id == CountryRequest.id, _own(actor, CountryDecision)
    )
    is_asked = (_own(actor, SummaryRelease), SummaryRelease.is_named.is_(False), ~said.exists())
    return _rows(query.where(*is_asked))


def questions_passed(actor: Actor) -> list[Any]:
    """Sponsors' questions that the Secretariat passed on to the delegation, the oldest first."""
    return _rows(
        db.select(QuestionRelay.id, QuestionRelay.question, QuestionRelay.passed_at,
                  Dossier.reference)
        .join(Routing, Routing.id == QuestionRelay.routing_id)
        .join(SummaryRelease, SummaryRelease.released_id == Routing.released_id)
        .join(Summary, Summary.id == SummaryRelease.summary_id)
        .join(Dossier, Dossier.id == Summary.need_id)
        .where(_own(actor, QuestionRelay), _own(actor, SummaryRelease),
               QuestionRelay.state == "waiting")
        .order_by(QuestionRelay.passed_at, QuestionRelay.id)
    )  # fmt: skip


def editions(actor: Actor, state: str) -> list[Edition]:
    """The newest editions in a state; a draft exists for the Secretariat alone."""
    if state != "published" and not actor.is_secretariat:
        return []
    newest = db.select(Edition).where(Edition.state == state)
    ordered = newest.order_by(Edition.created_at.desc(), Edition.id).limit(EDITIONS_SHOWN)
    return list(db.session.execute(ordered).scalars())


def _own(actor: Actor, model: type[Owned]) -> Any:
    return model.organisation_id == actor.organisation_id


def _rows(query: Select[Any]) -> list[Any]:
    return list(db.session.execute(query.limit(ASKED)))
