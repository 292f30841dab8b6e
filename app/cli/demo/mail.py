"""How does the mail that the acts promised come to be read, each message at the hour of its act?

The outbox would deliver it only once the demonstration is served, all at one instant. Here nothing is
ever sent: mail of the past is kept, whatever mail server is configured.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app
from sqlalchemy.orm import Session

import config
from app import clock
from app.db.base import new_id
from app.extensions import db
from app.outbox import deeds, kinds, letters, mail_server, recipients
from app.outbox.models import DeliveredMail, OutboxMessage
from app.outbox.recipients import Addressee
from app.outbox.states import SENT, SPLIT, VOID, WAITING


def hand_out(session: Session) -> None:
    """Do what was promised, and keep every waiting letter as delivered when it was due."""
    waiting = db.select(OutboxMessage).where(OutboxMessage.state == WAITING)
    waiting = waiting.order_by(OutboxMessage.created_at, OutboxMessage.id)
    for message in session.scalars(waiting.where(OutboxMessage.kind.in_(deeds.names()))).all():
        with clock.stopped_at(message.created_at):
            deeds.look(message.kind, message.params)()
        message.state, message.sent_at, message.tries = SENT, message.created_at, 1
    session.flush()
    for message in session.scalars(waiting).all():
        people = recipients.find(message.recipient)
        if len(people) == 1:
            _keep(session, message, people[0])
            continue
        message.state = SPLIT if people else VOID
        _split(session, message, people)


def _split(session: Session, message: OutboxMessage, people: Sequence[Addressee]) -> None:
    for person in people:
        part = OutboxMessage(
            id=new_id(), kind=message.kind, recipient=f"person:{person.id}", params=message.params,
            state=WAITING, tries=0, due_at=message.due_at, created_at=message.created_at,
        )  # fmt: skip
        session.add(part)
        _keep(session, part, person)


def _keep(session: Session, message: OutboxMessage, person: Addressee) -> None:
    settings: config.Settings = current_app.config["ENLACE"]
    given = kinds.variables(message.kind, message.params, person)
    letter = letters.write(message.kind, given, person, settings.base_url)
    message.state, message.sent_at, message.tries = SENT, message.due_at, 1
    session.add(DeliveredMail(
        id=new_id(), message_id=mail_server.header_id(message.id, settings), to=letter.to,
        subject=letter.subject, body=letter.body, sent_at=message.due_at,
    ))  # fmt: skip
