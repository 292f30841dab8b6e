"""What do tests of sealing stand on: two delegations, their scopes, and some sealed values?"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from app.db.scoping import SYSTEM, Scope, Wall, scoped
from app.db.transactions import transaction
from app.extensions import db
from app.sealing.envelope import Place, key_for, seal, unseal
from tests.db.rows import fill

ORGANISATIONS = frozenset({"organisation"})


def two_delegations() -> dict[str, str]:
    """The ids of two delegations and a sponsor, without any key."""
    with scoped(SYSTEM, writing=True), db.engine.begin() as connection:
        kinds = {"hn": "delegation", "sv": "delegation", "ca": "sponsor"}
        made = fill(connection, only=ORGANISATIONS, **kinds)
    return {mark: filling.organisation_id for mark, filling in made.items()}


def a_delegation(mark: str) -> str:
    """The id of another delegation; no two bear the same mark."""
    with scoped(SYSTEM, writing=True), db.engine.begin() as connection:
        made = fill(connection, only=ORGANISATIONS, **{mark: "delegation"})
    return made[mark].organisation_id


def of(organisation_id: str, kind: str = "delegation") -> Scope:
    wall = Wall.SPONSOR if kind == "sponsor" else Wall.ORGANISATION
    return Scope(wall, organisation_id, kind, "somebody")


def place_of(organisation_id: str, record_id: str = "dossier", **more: Any) -> Place:
    usual = {"table": "answer", "row_id": "person1", "key": "full_name", "klass": "personal",
             "revision": 3}  # fmt: skip
    return Place(organisation_id=organisation_id, record_id=record_id, **{**usual, **more})


def written(scope: Scope, act: Callable[[], Any]) -> Any:
    with transaction(writing=True, scope=scope):
        return act()


def read(scope: Scope, act: Callable[[], Any]) -> Any:
    with transaction(writing=False, scope=scope):
        return act()


def sealed(organisation_id: str, record_id: str = "dossier", value: Any = "Nadie") -> bytes:
    """A value sealed in a record of its own."""
    place = place_of(organisation_id, record_id)
    bytes_: bytes = written(
        of(organisation_id), lambda: seal(key_for(record_id, organisation_id), place, value)
    )
    return bytes_


def opened(organisation_id: str, record_id: str, bytes_: bytes) -> Any:
    place = place_of(organisation_id, record_id)
    return read(
        of(organisation_id), lambda: unseal(key_for(record_id, organisation_id), place, bytes_)
    )


def line(name: str) -> str:
    """A master key of that name, as in a file of keys; the same each time."""
    secret = hashlib.sha256(name.encode()).digest()
    return f"{name}:{base64.urlsafe_b64encode(secret).decode().rstrip('=')}"
