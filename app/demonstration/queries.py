"""Which mail was delivered in the demonstration?"""

from __future__ import annotations

from flask import current_app

from app.db.errors import Missing
from app.extensions import db
from app.outbox.models import DeliveredMail
from app.policy.actor import Actor
from app.web.keyset import Page, page_of


def get(actor: Actor, mail_id: str) -> DeliveredMail:
    """One mail. Raises Missing outside the demonstration and where there is none."""
    _only_in_demonstration()
    found = db.session.get(DeliveredMail, mail_id)
    if found is None:
        raise Missing("mail")
    return found


def list_mail(actor: Actor, mark: str) -> Page:
    """The delivered mail, newest first, a page at a time. Raises Missing outside the demonstration."""
    _only_in_demonstration()
    return page_of(db.select(DeliveredMail), DeliveredMail.sent_at, DeliveredMail.id, mark)


def _only_in_demonstration() -> None:
    if not current_app.config["ENLACE"].is_demonstration:
        raise Missing("mail")
