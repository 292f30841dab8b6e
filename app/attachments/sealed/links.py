"""How does somebody who opened a file on purpose take it away, and nobody after them?

By a link that works once, for that person in that sign-in, for a minute. Only a hash of it is kept.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, update

from app import clock
from app.attachments.sealed.models import FileLink, SealedFile
from app.db.changing import changed
from app.db.errors import Missing
from app.extensions import db
from app.policy.actor import Actor

LASTS = timedelta(minutes=1)
_TABLE: Any = FileLink.__table__


def allow(actor: Actor, kept: SealedFile) -> str:
    """What a link to the file ends in. Whoever calls this has put on record that it is opened."""
    token, now = secrets.token_urlsafe(32), clock.now()
    db.session.execute(delete(_TABLE).where(_TABLE.c.person_id == actor.person_id,
                                            _TABLE.c.expires_at < now))  # fmt: skip
    db.session.add(FileLink(
        token_hash=_hash(token), organisation_id=kept.organisation_id, file_id=kept.id,
        person_id=actor.person_id, sign_in_id=actor.session_id, expires_at=now + LASTS,
    ))  # fmt: skip
    return token


def get(actor: Actor, token: str) -> SealedFile:
    """The file that a link still opens for this person. Raises Missing."""
    found = db.session.execute(
        db.select(SealedFile).join(FileLink, FileLink.file_id == SealedFile.id)
        .where(*_open_to(actor, token), SealedFile.organisation_id == actor.organisation_id)
    ).scalar_one_or_none()  # fmt: skip
    if found is None:
        raise Missing("file")
    return found


def use(actor: Actor, token: str) -> None:
    """Use it up. Raises Missing for whoever comes second."""
    spent = update(_TABLE).where(*_open_to(actor, token)).values(used_at=clock.now())
    if not changed(db.session(), spent):
        raise Missing("file")


def _open_to(actor: Actor, token: str) -> tuple[Any, ...]:
    return (
        FileLink.token_hash == _hash(token), FileLink.person_id == actor.person_id,
        FileLink.sign_in_id == actor.session_id, FileLink.used_at.is_(None),
        FileLink.expires_at >= clock.now(),
    )  # fmt: skip


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
