"""Which editions exist for this actor?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func

from app.calls.models import Call
from app.db.errors import Missing
from app.extensions import db
from app.policy.actor import Actor
from app.reports.figures import FULL, MEMBERS, Audience
from app.reports.models import Edition, EditionDocument
from app.web.keyset import Page, page_of
from app.workflow.tables import EDITION

PUBLISHED = "published"


@dataclass(frozen=True)
class Frozen:
    """What one audience reads of a published edition."""

    edition: Edition
    audience: Audience
    content: str
    hash: str


def visible_to(actor: Actor) -> Select[Any]:
    """The editions that exist for an actor: all for the Secretariat, for members published ones."""
    query = db.select(Edition)
    return query if actor.is_secretariat else query.where(Edition.state == PUBLISHED)


def get(actor: Actor, edition_id: str) -> Edition:
    """An edition that the actor may know of. Raises Missing."""
    found = db.session.execute(
        visible_to(actor).where(Edition.id == edition_id)
    ).scalar_one_or_none()
    if found is None:
        raise Missing(edition_id)
    return found


def get_call(actor: Actor, call_id: str) -> Call:
    """The call whose figures the Secretariat compiles. Raises Missing, also for anybody else."""
    call = db.session.get(Call, call_id) if actor.is_secretariat else None
    if call is None:
        raise Missing(call_id)
    return call


def list_editions(actor: Actor, mark: str = "") -> Page:
    """The editions an actor may know of, newest first, a page at a time."""
    return page_of(visible_to(actor), Edition.created_at, Edition.id, mark)


def in_preparation(call_id: str) -> Edition | None:
    """The edition that is being prepared for a call; there is at most one."""
    return db.session.execute(
        db.select(Edition).where(Edition.call_id == call_id, Edition.state == EDITION.initial)
    ).scalar_one_or_none()


def next_number(call_id: str) -> int:
    """The number of the call's next edition; the caller holds the call."""
    last = db.session.scalar(db.select(func.max(Edition.number)).where(Edition.call_id == call_id))
    return 1 + (last or 0)


def published_editions(actor: Actor, call_id: str) -> list[Edition]:
    """The published editions of a call, newest first, as far as the actor may know of them."""
    return list(
        db.session.scalars(
            visible_to(actor)
            .where(Edition.call_id == call_id, Edition.state == PUBLISHED)
            .order_by(Edition.number.desc())
        )
    )


def published_before(edition: Edition, audience: Audience) -> Frozen | None:
    """What the same readers read of the edition that was published before this one."""
    row = db.session.execute(
        db.select(Edition, EditionDocument)
        .join(EditionDocument, EditionDocument.edition_id == Edition.id)
        .where(Edition.call_id == edition.call_id, Edition.number < edition.number,
               Edition.state == PUBLISHED, EditionDocument.audience == audience)
        .order_by(Edition.number.desc())
        .limit(1)
    ).one_or_none()  # fmt: skip
    return Frozen(row[0], audience, row[1].content, row[1].hash) if row else None


def frozen_for(edition: Edition, audience: Audience) -> Frozen:
    """What an audience reads of a published edition. Raises Missing."""
    row = db.session.execute(
        db.select(EditionDocument.content, EditionDocument.hash).where(
            EditionDocument.edition_id == edition.id, EditionDocument.audience == audience
        )
    ).one_or_none()
    if row is None:
        raise Missing(edition.id)
    return Frozen(edition, audience, row.content, row.hash)


def get_frozen(actor: Actor, edition: Edition, asked: str) -> Frozen:
    """What the actor reads of a published edition: members theirs, the Secretariat the one asked.

    Raises Missing for an audience that there is not.
    """
    return frozen_for(edition, FULL if actor.is_secretariat and asked != MEMBERS else MEMBERS)
