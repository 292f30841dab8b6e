"""Does the table allow it? Asked by guards, by actions and by buttons alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.policy.actor import Actor
from app.policy.permissions import Permission
from app.policy.predicates import RECORD_FACTS
from app.policy.table import POLICY


class Forbidden(Exception):
    """The person may not do this; nothing about any record follows from it."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission.label)
        self.permission = permission


def might(actor: Actor, permission: Permission) -> bool:
    """Whether some record could exist on which the actor may do this.

    Asked before a record is looked for, so that a refusal says nothing about what exists.
    """
    return any(
        all(_holds(fact, actor, None) for fact in clause if fact not in RECORD_FACTS)
        for clause in POLICY[permission]
    )


def allowed(actor: Actor, permission: Permission, record: Any = None) -> bool:
    """Whether the actor may do this to the record."""
    return any(all(_holds(fact, actor, record) for fact in clause) for clause in POLICY[permission])


def _holds(fact: Callable[..., bool], actor: Actor, record: Any) -> bool:
    return fact(actor, record) if fact in RECORD_FACTS else fact(actor)


def require(actor: Actor, permission: Permission, record: Any = None) -> None:
    """Raise Forbidden unless allowed."""
    if not allowed(actor, permission, record):
        raise Forbidden(permission)
