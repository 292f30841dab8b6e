"""For what may offers be matched, by which weights, and which rankings were computed before?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, and_, cast

from app.accounts.models import Person
from app.db.errors import Missing
from app.extensions import db
from app.formats.spec import Text
from app.funding.matches.models import MatchRun, MatchWeights
from app.funding.offers.models import Offer
from app.groups.models import NeedGroupName
from app.intake.models import Dossier, Version
from app.matching.weights import Weights
from app.needs.models import Need
from app.organisations.models import Organisation
from app.policy.actor import Actor
from app.web.keyset import Page, page_of


@dataclass(frozen=True)
class Subject:
    """A need, a group or an offer, for which matches are looked for."""

    kind: str
    id: str
    title: Text
    lang: str
    """The language in which its title was written; "" where it stands in both."""
    by: Text


@dataclass(frozen=True)
class KeptRun:
    """A ranking with what it was computed for, as that is called now."""

    run: MatchRun
    subject: Subject


def need(actor: Actor, need_id: str) -> Subject:
    """A need that was submitted, for the Secretariat. Raises Missing."""
    row = _one(
        actor, need_id,
        db.select(Version.title, Version.lang, Organisation.name_es, Organisation.name_en)
        .select_from(Dossier)
        .join(Need, Need.id == Dossier.id)
        .join(Version, Version.id == Dossier.latest_version_id)
        .join(Organisation, Organisation.id == Dossier.organisation_id)
        .where(Dossier.id == need_id, Dossier.is_submitted),
    )  # fmt: skip
    return Subject("need", need_id, Text(row.title, row.title), row.lang,
                   Text(row.name_es, row.name_en))  # fmt: skip


def group(actor: Actor, group_id: str) -> Subject:
    """A group of needs, as it is or was last called, for the Secretariat. Raises Missing."""
    row = _one(
        actor, group_id,
        db.select(NeedGroupName.name_es, NeedGroupName.name_en)
        .where(NeedGroupName.group_id == group_id)
        .order_by(NeedGroupName.valid_from.desc(), NeedGroupName.id.desc())
        .limit(1),
    )  # fmt: skip
    return Subject("group", group_id, Text(row.name_es, row.name_en), "", Text("", ""))


def offer(actor: Actor, offer_id: str) -> Subject:
    """An offer that was opened, for the Secretariat. Raises Missing."""
    row = _one(
        actor, offer_id,
        db.select(Offer.title, Offer.lang, Organisation.name_es, Organisation.name_en)
        .join(Organisation, Organisation.id == Offer.organisation_id)
        .where(Offer.id == offer_id, Offer.opened_at.is_not(None)),
    )  # fmt: skip
    return Subject("offer", offer_id, Text(row.title, row.title), row.lang,
                   Text(row.name_es, row.name_en))  # fmt: skip


SUBJECTS = {"need": need, "group": group, "offer": offer}


def run(actor: Actor, run_id: str) -> KeptRun:
    """A ranking that was computed, for the Secretariat. Raises Missing."""
    row = _one(actor, run_id, db.select(MatchRun).where(MatchRun.id == run_id))
    kept = row.MatchRun
    return KeptRun(kept, SUBJECTS[kept.subject_kind](actor, kept.subject_id))


def _one(actor: Actor, key: str, query: Any) -> Any:
    row = db.session.execute(query).one_or_none() if actor.is_secretariat else None
    if row is None:
        raise Missing(key)
    return row


def latest(subject: Subject) -> MatchRun | None:
    """The ranking that was computed last."""
    return db.session.scalars(
        db.select(MatchRun)
        .where(_of(subject))
        .order_by(MatchRun.made_at.desc(), MatchRun.id.desc())
        .limit(1)
    ).one_or_none()


def runs(subject: Subject, after: str) -> Page:
    """When rankings were computed, the newest first; without what they found."""
    query = db.select(MatchRun.id, MatchRun.made_at, MatchRun.weights_version, MatchRun.considered)
    return page_of(query.where(_of(subject)), MatchRun.made_at, MatchRun.id, after)


def _of(subject: Subject) -> Any:
    return and_(MatchRun.subject_kind == subject.kind, MatchRun.subject_id == subject.id)


def recent(looked_at: int, most: int) -> list[MatchRun]:
    """The last rankings of so many subjects, chosen among the last ones that were computed."""
    newest_first = (MatchRun.made_at.desc(), MatchRun.id.desc())
    chosen: dict[tuple[str, str], str] = {}
    for key, *of in db.session.execute(
        db.select(MatchRun.id, MatchRun.subject_kind, MatchRun.subject_id)
        .order_by(*newest_first)
        .limit(looked_at)
    ):
        chosen.setdefault((of[0], of[1]), key)
    wanted = list(chosen.values())[:most]
    query = db.select(MatchRun).where(MatchRun.id.in_(wanted)).order_by(*newest_first)
    return list(db.session.scalars(query))


def as_kept(content: Mapping[str, Any], run: MatchRun) -> Subject:
    """A subject as it was called when its ranking was computed."""
    written = content["subject"]
    return Subject(run.subject_kind, run.subject_id, Text(**written["title"]), written["lang"],
                   Text(**written["by"]))  # fmt: skip


def weights() -> Weights:
    """The weights as they stand."""
    return as_weights(newest())


def newest() -> MatchWeights:
    return db.session.scalars(
        db.select(MatchWeights).order_by(MatchWeights.version.desc()).limit(1)
    ).one()


def versions(after: str) -> Page:
    """All versions of the weights, the newest first."""
    query = db.select(MatchWeights, Person.name).outerjoin(Person, Person.id == MatchWeights.set_by)
    return page_of(query, MatchWeights.version, cast(MatchWeights.version, String), after)


def as_weights(kept: MatchWeights) -> Weights:
    return Weights.read(kept.weights, kept.version)
