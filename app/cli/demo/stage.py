"""How does one act of the story happen as it does in Enlace: behind its wall, on record, at its hour?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from app import clock
from app.audit import trail
from app.cli.demo.people import first_seat_of
from app.cli.demo.story import BadStory
from app.db.scoping import Scope
from app.db.transactions import transaction
from app.extensions import db
from app.outbox.post import FRESH
from app.policy.actor import Actor
from app.web.identity import scope_for


@dataclass
class World:
    """What the acts have brought about so far: the id of each thing by its kind and name."""

    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    actors: dict[tuple[str, str | None], Actor] = field(default_factory=dict)

    def name(self, kind: str, name: str, record_id: str) -> None:
        """Remember a thing under the name by which the story speaks of it."""
        self.ids[kind, name] = record_id

    def id(self, kind: str, name: str) -> str:
        """The id of a thing. Raises BadStory where no act made it before."""
        try:
            return self.ids[kind, name]
        except KeyError:
            raise BadStory(f"no act made the {kind} {name!r} before it is spoken of") from None

    def actor(self, key: str, organisation: str | None = None) -> Actor:
        """A person of the demonstration as whoever acts: for the organisation that they joined first,
        or the one of this key."""
        if (key, organisation) not in self.actors:
            with transaction(writing=False):
                self.actors[key, organisation] = first_seat_of(key, organisation)
        return self.actors[key, organisation]


@contextmanager
def acting(at: datetime, scope: Scope) -> Iterator[Session]:
    """An act's own transaction at its own hour: all of it with its trace, or nothing.

    The mail it promised stays in the outbox; delivering it is not asked for yet.
    """
    with clock.stopped_at(at):
        try:
            with transaction(writing=True, scope=scope) as session:
                yield session
                session.flush()
                trail.append_queued(session)
        finally:
            trail.forget_queued(db.session())
            db.session.info.pop(FRESH, None)


def scope_of(actor: Actor) -> Scope:
    """The wall behind which somebody works with content."""
    return scope_for(actor, None)
