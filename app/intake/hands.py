"""Who had a hand in a dossier: who started it, wrote in it, or certified it?

Read off what is recorded anyway. For deeds, which reach every organisation, and for a person asking
about themselves.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, union

from app.audit.models import AuditEvent
from app.extensions import db
from app.intake.models import Dossier, Draft, Version
from app.notices.telling import Notification
from app.organisations.addresses import belonging
from app.policy.roles import READERS

WROTE = "answer-saved"


def hands(dossier_ids: Collection[str] | Select[Any]) -> dict[str, set[tuple[str, str]]]:
    """Dossier -> (person, its organisation) of those who had a hand in it and still belong to it.

    `dossier_ids` may be the question that finds them.
    """
    started = db.select(Dossier.id, Dossier.started_by, Dossier.organisation_id).where(
        Dossier.id.in_(dossier_ids)
    )
    certified = db.select(Version.dossier_id, Version.certified_by, Version.organisation_id).where(
        Version.dossier_id.in_(dossier_ids)
    )
    wrote = (
        db.select(Draft.dossier_id, AuditEvent.person_id, Draft.organisation_id)
        .join(AuditEvent, AuditEvent.subject_id == Draft.id)
        .where(Draft.dossier_id.in_(dossier_ids), AuditEvent.kind == WROTE,
               AuditEvent.person_id.is_not(None))
    )  # fmt: skip
    rows = db.session.execute(union(started, certified, wrote)).all()
    present = belonging({organisation_id for _, _, organisation_id in rows}, READERS)
    found: dict[str, set[tuple[str, str]]] = {}
    for dossier_id, person_id, organisation_id in rows:
        if (person_id, organisation_id) in present:
            found.setdefault(dossier_id, set()).add((person_id, organisation_id))
    return found


def had_a_hand(person_id: str) -> ColumnElement[bool]:
    """The condition under which a person had a hand in a dossier."""
    wrote = (
        db.select(AuditEvent.seq)
        .join(Draft, Draft.id == AuditEvent.subject_id)
        .where(Draft.dossier_id == Dossier.id, Draft.organisation_id == Dossier.organisation_id,
               AuditEvent.person_id == person_id,
               AuditEvent.kind == WROTE)
        .correlate(Dossier)
        .exists()
    )  # fmt: skip
    certified = (
        db.select(Version.id)
        .where(Version.dossier_id == Dossier.id, Version.certified_by == person_id)
        .correlate(Dossier)
        .exists()
    )
    return or_(Dossier.started_by == person_id, certified, wrote)


def told_of_step(
    dossier_id: str, kind: str, *, event: str, but: str | None = None, **more: Any
) -> list[Notification]:
    """A notice of a step for everybody who had a hand in the dossier, but whoever took it."""
    subject_id = more.pop("subject_id", dossier_id)
    return [
        Notification(person_id=person_id, organisation_id=organisation_id, kind=kind,
                     subject_id=subject_id, dossier_id=dossier_id, event=event, **more)
        for person_id, organisation_id in sorted(hands([dossier_id]).get(dossier_id, ()))
        if person_id != but
    ]  # fmt: skip
