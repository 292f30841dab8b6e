"""How is a file put to a record?"""

from __future__ import annotations

from werkzeug.datastructures import FileStorage

from app import clock
from app.attachments.models import Attachment
from app.audit import trail
from app.db.base import new_id
from app.db.errors import Missing
from app.extensions import db
from app.policy.actor import Actor
from app.storage import files
from app.storage.files import Stored
from app.storage.refusals import Unwelcome
from app.web.errors import Refusal


def receive(upload: FileStorage, *, field: str = "file") -> Stored:
    """Examine and keep the bytes; best done before a view begins to write. Raises Refusal."""
    try:
        return files.store(upload.stream, name=upload.filename or "")  # type: ignore[arg-type]
    except Unwelcome as refusal:
        status = 503 if refusal.will_pass else 422
        raise Refusal(refusal.message, field=field, status=status, **refusal.params) from refusal


def attach(
    actor: Actor,
    subject_kind: str,
    subject_id: str,
    upload: FileStorage | Stored,
    organisation_id: str | None = None,
    *,
    field: str = "file",
) -> Attachment:
    """Put a file to a record that the actor may change; whether that is so was asked for the record.

    `organisation_id` is whose record it is, the actor's own unless the Secretariat acts for another.
    Raises Refusal, at `field`, for a file that is not let in.
    """
    owner = organisation_id or actor.organisation_id
    if owner != actor.organisation_id and not actor.is_secretariat:
        raise Missing("organisation")
    stored = upload if isinstance(upload, Stored) else receive(upload, field=field)
    attachment = Attachment(
        id=new_id(), organisation_id=owner, subject_kind=subject_kind, subject_id=subject_id,
        sha256=stored.sha256, name=stored.name, media_type=stored.media_type, size=stored.size,
        uploaded_by=actor.person_id, created_at=clock.now(),
    )  # fmt: skip
    db.session.add(attachment)
    trail.record(
        actor,
        "file-attached",
        subject=("attachment", attachment.id),
        owner=owner,
        detail={"of": [subject_kind, subject_id], "sha256": stored.sha256, "size": stored.size},
    )
    return attachment
