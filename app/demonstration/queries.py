"""Which mail was delivered in the demonstration?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import tuple_

from app.db.errors import Missing
from app.extensions import db
from app.outbox.models import DeliveredMail
from app.policy.actor import Actor

PAGE = 25


@dataclass(frozen=True)
class Mails:
    """A page of mail, the newest first; `after` is where the next one begins."""

    rows: Sequence[DeliveredMail]
    after: str | None


def get(actor: Actor, mail_id: str) -> DeliveredMail:
    """One mail. Raises Missing outside the demonstration and where there is none."""
    _only_in_demonstration()
    found = db.session.get(DeliveredMail, mail_id)
    if found is None:
        raise Missing("mail")
    return found


def list_mail(actor: Actor, after: str | None) -> Mails:
    """The newest mail, or what is older than the mail `after`. Raises Missing for an unknown one."""
    _only_in_demonstration()
    newest_first = db.select(DeliveredMail).order_by(
        DeliveredMail.sent_at.desc(), DeliveredMail.id.desc()
    )
    if after:
        last = get(actor, after)
        older = tuple_(DeliveredMail.sent_at, DeliveredMail.id) < (last.sent_at, last.id)
        newest_first = newest_first.where(older)
    rows = db.session.execute(newest_first.limit(PAGE + 1)).scalars().all()
    has_more = len(rows) > PAGE
    return Mails(rows[:PAGE], rows[PAGE - 1].id if has_more else None)


def _only_in_demonstration() -> None:
    if not current_app.config["ENLACE"].is_demonstration:
        raise Missing("mail")
