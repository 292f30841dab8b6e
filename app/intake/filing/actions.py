"""How is a record filed that arrived outside Enlace, and how does its country answer for it?

Nothing of it counts until the country says that it is its own. Who may is asked by the feature.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func

from app import clock
from app.attachments import actions as attachments
from app.audit import trail
from app.db.base import new_id
from app.extensions import db
from app.formats.canonical import canonical_json
from app.formats.words import N_
from app.intake.filing.models import Filing
from app.intake.filing.words import CHANNELS, TELEPHONE
from app.intake.models import Dossier
from app.policy.actor import Actor
from app.storage.files import Stored
from app.web.errors import Refusal
from app.workflow import tables

NO_CHANNEL = N_("Choose how it arrived.")
NO_NOTE = N_("A telephone call leaves no original: write down what was said, in its place.")
NO_ORIGINAL = N_("Add the original: the letter or the message, as a PDF or a picture.")
NOT_YET = N_("This day is still to come.")


@dataclass(frozen=True, kw_only=True)
class Original:
    """What arrived: how, when, from whom, and the thing itself or the note in its place."""

    channel: str
    received_on: date
    office: str
    sender: str
    number: str = ""
    note: str = ""
    file: Stored | None = None


def examine(original: Original) -> None:
    """Raise Refusal, at its field, for an original that says too little or cannot be."""
    if original.channel not in CHANNELS:
        raise Refusal(NO_CHANNEL, field="channel")
    if original.received_on > clock.now().date():
        raise Refusal(NOT_YET, field="received_on")
    if original.channel == TELEPHONE and not original.note:
        raise Refusal(NO_NOTE, field="note")
    if original.channel != TELEPHONE and original.file is None:
        raise Refusal(NO_ORIGINAL, field="original")


def file(actor: Actor, dossier: Dossier, original: Original) -> Filing:
    """Keep the original of a record just begun for its country."""
    filing = Filing(
        id=new_id(), organisation_id=dossier.organisation_id, dossier_id=dossier.id,
        reference=dossier.reference, channel=original.channel, received_on=original.received_on, office=original.office,
        sender=original.sender, number=original.number, note=original.note,
        file_id=_keep(actor, dossier, original.file), filed_by=actor.person_id,
        filed_name=actor.name, filed_at=clock.now(), state=tables.FILING.initial,
    )  # fmt: skip
    db.session.add(filing)
    db.session.flush()
    _record(actor, "filed", dossier, channel=original.channel, file=filing.file_id)
    return filing


def fingerprint(document: Mapping[str, Any]) -> str:
    """What tells whether a draft is still what was on the screen."""
    return hashlib.sha256(canonical_json(document)).hexdigest()


def number(prefix: str) -> str:
    """The next number of a reference for what is filed: the Secretariat's own count."""
    filed = db.session.scalar(
        db.select(func.count()).select_from(Filing)
        .where(Filing.reference.startswith(prefix, autoescape=True))
    )  # fmt: skip
    return f"ST{1 + filed:02d}"


def _keep(actor: Actor, dossier: Dossier, file: Stored | None) -> str | None:
    if file is None:
        return None
    kept = attachments.attach(
        actor, "dossier", dossier.id, file, organisation_id=dossier.organisation_id
    )
    db.session.flush()
    return kept.id


def confirm(
    actor: Actor, dossier: Dossier, *, way: str, name: str = "", reply: Stored | None = None
) -> None:
    """The country says that the record is its own; from now on it counts, and is the country's alone.

    `name` is who confirmed, where that is not the actor: whoever signed the reply.
    """
    filing = of(dossier)
    filing.reply_file = _keep(actor, dossier, reply)
    filing.way = way
    _decide(actor, filing, tables.FILING.after(filing.state, "confirm"), name=name)
    dossier.on_behalf = False
    _record(actor, "filing-confirmed", dossier, way=way, file=filing.reply_file)


def take_over(actor: Actor, dossier: Dossier) -> None:
    """The country goes on by itself; the Secretariat can no longer write in the draft, or read it."""
    filing = of(dossier)
    _decide(actor, filing, tables.FILING.after(filing.state, "take_over"))
    dossier.on_behalf = False
    _record(actor, "filing-taken-over", dossier)


def refuse(actor: Actor, dossier: Dossier, reason: str) -> None:
    """The country says that the record is not its own."""
    filing = of(dossier)
    filing.reason = reason
    _decide(actor, filing, tables.FILING.after(filing.state, "refuse"))
    dossier.on_behalf = False
    _record(actor, "filing-refused", dossier)


def of(dossier: Dossier) -> Filing:
    """How this record came in; there must be such a filing."""
    asked = db.select(Filing).where(
        Filing.dossier_id == dossier.id, Filing.organisation_id == dossier.organisation_id
    )
    return db.session.execute(asked).scalar_one()


def _decide(actor: Actor, filing: Filing, state: str, *, name: str = "") -> None:
    filing.state = state
    filing.decided_by = actor.person_id
    filing.decided_name = name or actor.name
    filing.decided_at = clock.now()


def _record(actor: Actor, kind: str, dossier: Dossier, **detail: object) -> None:
    said = {name: value for name, value in detail.items() if value}
    trail.record(actor, kind, subject=("dossier", dossier.id), owner=dossier.organisation_id,
                 detail=said)  # fmt: skip
