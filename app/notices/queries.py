"""Of what was this person told, and how much of it has not been read?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    ScalarSelect,
    String,
    and_,
    column,
    false,
    func,
    or_,
    table,
)

from app.db.errors import Missing
from app.extensions import db
from app.notices.models import MailChoice, Notice
from app.policy.actor import Actor
from app.policy.engine import might
from app.policy.permissions import Permission
from app.web.keyset import Page, page_of

MOST_COUNTED = 100
"""Beyond it the count only says that there are more."""
_dossier = table(
    "dossier", column("id", String), column("organisation_id", String),
    column("reference", String), column("is_submitted", Boolean),
)  # fmt: skip
_membership = table(
    "membership", column("person_id", String), column("organisation_id", String), column("ended_at"),
)  # fmt: skip


def unread_count(person_id: Any, organisation_id: Any) -> ScalarSelect[int]:
    """A column: how many notices wait for a person acting for an organisation, at most MOST_COUNTED."""
    waiting = (
        db.select(Notice.id)
        .where(Notice.person_id == person_id, Notice.organisation_id == organisation_id,
               Notice.read_at.is_(None))
        .limit(MOST_COUNTED)
        .correlate(person_id.table, organisation_id.table)
        .subquery()
    )  # fmt: skip
    return db.select(func.count()).select_from(waiting).scalar_subquery()


def get(actor: Actor, notice_id: str) -> Notice:
    """A notice of this person, for the organisation acted for. Raises Missing."""
    found = db.session.scalar(db.select(Notice).where(Notice.id == notice_id, _mine(actor)))
    if found is None:
        raise Missing(notice_id)
    return found


def list_notices(actor: Actor, after: str, *, only_unread: bool = False) -> Page:
    """What the person was told of, newest first, with the reference of the record it is about where
    they may read that."""
    query = (
        db.select(Notice.id, Notice.kind, Notice.subject_id, Notice.dossier_id, Notice.at,
                  Notice.read_at, _dossier.c.reference)
        .outerjoin(_dossier, and_(_dossier.c.id == Notice.dossier_id, _may_read(actor)))
        .where(_mine(actor))
    )  # fmt: skip
    if only_unread:
        query = query.where(Notice.read_at.is_(None))
    return page_of(query, Notice.at, Notice.id, after)


def _may_read(actor: Actor) -> ColumnElement[bool]:
    """The condition under which the actor may read a record, as far as its reference tells of it.

    Somebody whose role reads no records any more keeps the notices of before, without references.
    """
    if not might(actor, Permission.NEED_READ):
        return false()
    is_own = _dossier.c.organisation_id == actor.organisation_id
    return or_(is_own, _dossier.c.is_submitted) if actor.is_secretariat else is_own


def families_done_without(actor: Actor) -> set[str]:
    """The families of mail that the person switched off."""
    chosen = db.select(MailChoice.family).where(MailChoice.person_id == actor.person_id)
    return set(db.session.scalars(chosen))


def do_without(family: str, person_ids: Collection[str]) -> set[str]:
    """Who of these people switched a family of mail off."""
    chosen = db.select(MailChoice.person_id).where(
        MailChoice.family == family, MailChoice.person_id.in_(person_ids)
    )
    return set(db.session.scalars(chosen))


def is_still_of(person_id: str, organisation_id: str) -> bool:
    """Whether somebody still acts for the organisation for which they were told."""
    asked = db.select(_membership.c.person_id).where(
        _membership.c.person_id == person_id, _membership.c.ended_at.is_(None),
        _membership.c.organisation_id == organisation_id,
    )  # fmt: skip
    return db.session.scalar(asked.limit(1)) is not None


def _mine(actor: Actor) -> Any:
    return and_(
        Notice.person_id == actor.person_id, Notice.organisation_id == actor.organisation_id
    )
