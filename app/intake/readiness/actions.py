"""When is a draft ready to certify, who may say so, and what takes it back?

Saying so moves nothing on: the draft can still be written in, and is certified or not as before. What
certifies or discards it ends the telling with it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app import clock
from app.audit import trail
from app.db.changing import changed
from app.extensions import db
from app.formats.completeness import missing, problems
from app.formats.words import N_
from app.intake.answers import document_of, written
from app.intake.models import Draft
from app.intake.opened import Opened
from app.intake.readiness.telling import READY
from app.outbox import post
from app.policy.actor import Actor
from app.policy.engine import require
from app.policy.permissions import Permission
from app.web.errors import Refusal
from app.workflow.machine import NotNow

_DRAFT = Draft.__table__
_OPEN = _DRAFT.c.id == db.bindparam("of_draft"), _DRAFT.c.closed_at.is_(None)
SAY = db.update(_DRAFT).where(*_OPEN, _DRAFT.c.ready_at.is_(None))
TAKE_BACK = db.update(_DRAFT).where(*_OPEN, _DRAFT.c.ready_at.is_not(None))
INCOMPLETE = N_(
    "It cannot be certified yet: some answers are missing or do not go together. Check your answers."
)


def say_ready(actor: Actor, opened: Opened, permission: Permission) -> None:
    """Say that the open draft is ready; whoever certifies is told once. Raises NotNow and Refusal."""
    draft = _draft(actor, opened, permission)
    document = document_of(opened.format, written(draft))
    if missing(opened.format, document) or problems(opened.format, document):
        raise Refusal(INCOMPLETE, status=409)
    now = clock.now()
    _change(SAY, draft, ready_at=now, ready_by=actor.person_id)
    post.to_do(READY, draft=draft.id, at=now.isoformat(), by=actor.person_id)
    _record(actor, opened, "draft-ready")


def take_back(actor: Actor, opened: Opened, permission: Permission) -> None:
    """Say that the open draft is not ready after all. Raises NotNow where nobody said that it is."""
    draft = _draft(actor, opened, permission)
    _change(TAKE_BACK, draft, ready_at=None, ready_by=None)
    _record(actor, opened, "draft-not-ready")


def _draft(actor: Actor, opened: Opened, permission: Permission) -> Draft:
    """The draft of which something may be said: the delegation's own, being written now."""
    require(actor, permission, opened)
    if opened.on_behalf:
        raise NotNow("draft", "on behalf", "say ready")
    return opened.open_draft


def _change(statement: Any, draft: Draft, **values: datetime | str | None) -> None:
    # Of two who say it at once one is told that it was said: the other side hears it once.
    if not changed(db.session(), statement.values(values), {"of_draft": draft.id}):
        raise NotNow("draft", "said", "say ready")


def _record(actor: Actor, opened: Opened, kind: str) -> None:
    trail.record(actor, kind, subject=("dossier", opened.id), owner=opened.organisation_id)
