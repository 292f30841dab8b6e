"""Which messages were promised, and what do they say?"""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import select

from app.db.transactions import transaction
from app.outbox import kinds, letters, recipients
from app.outbox.letters import Letter
from app.outbox.models import OutboxMessage


def promised(app: Flask) -> list[tuple[str, str]]:
    """(kind, recipient) of every message promised so far."""
    with app.app_context(), transaction(writing=False) as session:
        rows = session.execute(
            select(OutboxMessage.kind, OutboxMessage.recipient).order_by(OutboxMessage.created_at)
        )
        return [tuple(row) for row in rows]


def letters_of(app: Flask, kind: str) -> list[Letter]:
    """The letters of a kind as they would be delivered now."""
    with app.app_context(), transaction(writing=False) as session:
        messages = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)).all()
        return [
            letters.write(
                kind, kinds.variables(kind, message.params, person), person, "http://localhost"
            )
            for message in messages
            for person in recipients.find(message.recipient)
        ]


def link_in(letter: Letter) -> str:
    """The path of the link that a letter holds."""
    return re.search(r"http://localhost(/\S+)", letter.body)[1]
