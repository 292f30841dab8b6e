"""How does an action promise a message?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import insert

from app import clock
from app.db.base import new_id
from app.extensions import db
from app.outbox.models import OutboxMessage
from app.outbox.states import WAITING
from app.policy.actor import Role

_PROMISE = insert(OutboxMessage.__table__)
FRESH, _GATHERED = "outbox_fresh", "outbox_gathered"


def to_person(person_id: str, kind: str, **params: Any) -> None:
    """Promise a message to one person."""
    _post(f"person:{person_id}", kind, params)


def to_roles(organisation_id: str, roles: tuple[Role, ...], kind: str, **params: Any) -> None:
    """Promise a message to everybody who holds one of the roles when it is delivered."""
    names = ",".join(sorted(role.value for role in roles))
    _post(f"role:{organisation_id}:{names}", kind, params)


def to_kind(organisation_kind: str, roles: tuple[Role, ...], kind: str, **params: Any) -> None:
    """Promise a message to the roles of every organisation of a kind, such as the Secretariat."""
    names = ",".join(sorted(role.value for role in roles))
    _post(f"kind:{organisation_kind}:{names}", kind, params)


def to_invited(invitation_id: str, kind: str, **params: Any) -> None:
    """Promise a message to somebody who is invited and has no account yet."""
    _post(f"address:{invitation_id}", kind, params)


def to_do(deed: str, **params: Any) -> None:
    """Promise what is done after this transaction, reaching every organisation: see deeds.py."""
    _post("deed:", deed, params)


@contextmanager
def together() -> Iterator[None]:
    """Write all that is promised within the block in one journey to the database, at its end."""
    gathered = db.session.info[_GATHERED] = []
    try:
        yield
        _promise(gathered)
    finally:
        del db.session.info[_GATHERED]


def _post(recipient: str, kind: str, params: dict[str, Any]) -> None:
    now = clock.now()
    row = {
        "id": new_id(), "kind": kind, "recipient": recipient, "params": params, "state": WAITING,
        "tries": 0, "due_at": now, "created_at": now,
    }  # fmt: skip
    gathered = db.session.info.get(_GATHERED)
    if gathered is None:
        _promise([row])
    else:
        gathered.append(row)


def _promise(rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    # Core and without RETURNING: a sponsor's connection may write here and not read.
    db.session.execute(_PROMISE, rows)
    db.session.info[FRESH] = True
