"""On which note does a designation rest, and has the Secretariat accepted it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import FileStorage

from app import clock
from app.attachments import actions as attachments
from app.audit import trail
from app.extensions import db
from app.formats.words import N_
from app.organisations.actions.roles import DESIGNATED, is_own_delegation
from app.organisations.models import Membership
from app.policy.actor import Actor, Role
from app.policy.engine import Forbidden, allowed, require
from app.policy.permissions import Permission
from app.storage.files import Stored
from app.web.errors import Refusal


@dataclass(frozen=True, kw_only=True)
class Note:
    """The country's note: its number, its date, and the file where it was sent along."""

    number: str
    date: date
    file: Stored | None = None


def note_of(number: str, day: date, upload: FileStorage | None) -> Note:
    """A note with its file examined and kept. Raises Refusal for a file that is not let in."""
    file = attachments.receive(upload, field="note_file") if upload and upload.filename else None
    return Note(number=number, date=day, file=file)


def examine(note: Note | None, role: Role) -> None:
    """Raise Refusal unless the role has the note that it needs, or needs none."""
    if role not in DESIGNATED:
        return
    if note is None:
        raise Refusal(
            N_("Write the number of the note that designates this person."), field="note_number"
        )
    if note.date > clock.now().date():
        raise Refusal(N_("The date of the note lies in the future."), field="note_date")


def keep_file(
    actor: Actor, note: Note | None, subject: tuple[str, str], organisation_id: str
) -> str | None:
    """Attach the note's file to what it designates; the attachment's id."""
    if note is None or note.file is None:
        return None
    kept = attachments.attach(actor, *subject, note.file, organisation_id, field="note_file")
    db.session.flush()
    return kept.id


def note_designation(actor: Actor, membership: Membership, note: Note) -> None:
    """Say on which note a designation rests; the Secretariat's own entry is accepted at once."""
    is_coordinator = allowed(actor, Permission.ORGANISATION_MANAGE, membership)
    if not is_coordinator and not is_own_delegation(actor, membership.organisation_id):
        raise Forbidden(Permission.COLLEAGUES_INVITE)
    role = Role(membership.role)
    if role not in DESIGNATED:
        raise Refusal(N_("This role needs no note."), field="note_number")
    examine(note, role)
    membership.note_number, membership.note_date = note.number, note.date
    file = keep_file(actor, note, ("membership", membership.id), membership.organisation_id)
    membership.note_file = file or membership.note_file
    membership.accepted_by = actor.person_id if is_coordinator else None
    trail.record(
        actor, "designation-noted", subject=("membership", membership.id),
        owner=membership.organisation_id, detail={"file": file},
    )  # fmt: skip


def accept_designation(actor: Actor, membership: Membership) -> None:
    """Accept the note of a designation. Raises Refusal where there is none."""
    require(actor, Permission.ORGANISATION_MANAGE, membership)
    if not membership.note_number:
        raise Refusal(
            N_("Write the number of the note that designates this person."), field="note_number"
        )
    membership.accepted_by = actor.person_id
    trail.record(
        actor, "designation-accepted", subject=("membership", membership.id),
        owner=membership.organisation_id,
    )  # fmt: skip
