"""Whose rows may this transaction touch?

A scope is entered once the actor is known and holds for every transaction after it: on PostgreSQL as
a role and settings that forced row-level security reads, on SQLite as an authorizer on a sponsor's
connection. `before_flush` refuses to write a row for another organisation on both. The scoped queries
of the features come before all this; these are the walls for the day when one of them is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app.db.base import Owned


class Wall(StrEnum):
    """How far a transaction can reach."""

    BARE = "bare"
    """No wall: migrations alone, as the database's owner."""
    SYSTEM = "system"
    """Every organisation: commands, and jobs that carry out what a transaction ordered."""
    IDENTITY = "identity"
    """People, sessions and memberships, before it is known who asks, and on one's own account."""
    ORGANISATION = "organisation"
    """What the organisation acted for may reach."""
    SPONSOR = "sponsor"
    """Released summaries that were sent to this sponsor, and nothing else."""


@dataclass(frozen=True)
class Scope:
    wall: Wall
    organisation_id: str = ""
    kind: str = ""
    person_id: str = ""


class WallBroken(Exception):
    """A row was about to be written for another organisation. Always a mistake of ours."""


BARE, SYSTEM, IDENTITY = Scope(Wall.BARE), Scope(Wall.SYSTEM), Scope(Wall.IDENTITY)
_scope: ContextVar[Scope] = ContextVar("scope", default=IDENTITY)
_writing: ContextVar[bool] = ContextVar("writing", default=False)


def current() -> Scope:
    return _scope.get()


def is_writing() -> bool:
    return _writing.get()


def set_scope(scope: Scope, *, writing: bool) -> None:
    """Set what the next transaction may reach, and whether it may write."""
    _scope.set(scope)
    _writing.set(writing)


@contextmanager
def scoped(scope: Scope, *, writing: bool = False) -> Iterator[None]:
    """Run a block under another scope; the caller begins and ends its own transactions in it."""
    scope_token, writing_token = _scope.set(scope), _writing.set(writing)
    try:
        yield
    finally:
        _scope.reset(scope_token)
        _writing.reset(writing_token)


def refuse_foreign_rows(session: Session, *_: Any) -> None:
    """Before each flush: what is written belongs to the organisation acted for, and stays there."""
    scope = current()
    if scope.wall in (Wall.BARE, Wall.SYSTEM):
        return
    for record in (*session.new, *session.dirty, *session.deleted):
        if isinstance(record, Owned):
            _refuse_if_foreign(record, scope)


def _refuse_if_foreign(record: Owned, scope: Scope) -> None:
    history = inspect(record).attrs["organisation_id"].history
    if history.deleted and history.deleted != history.added:
        raise WallBroken(f"{type(record).__name__} cannot move to another organisation")
    is_secretariat = scope.kind == "secretariat" and record.secretariat_may_write
    if record.organisation_id != scope.organisation_id and not is_secretariat:
        raise WallBroken(f"{type(record).__name__} belongs to another organisation")
