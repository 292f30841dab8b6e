"""Which hash follows from which event? Pure, so that a verifier elsewhere can do the same."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64
COVERED = (
    "seq", "at", "kind", "person_id", "acting_organisation_id", "owner_organisation_id",
    "subject_kind", "subject_id", "part", "row_id", "revision", "detail", "commitment", "previous",
)  # fmt: skip
"""The columns whose text enters the hash. `value`, `sealed` and `salt` enter through the commitment:
when they are erased the chain stays whole, and without the salt nobody can try out what a short
answer may have been."""


def canonical(value: Any) -> str:
    """JSON with one spelling only."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def commit_to(value: Any, sealed: bytes | None, salt: str) -> str:
    """A hash that binds to a value without telling it, as long as the salt goes with the value."""
    body = ["sealed", sealed.hex()] if sealed is not None else ["value", value]
    return hashlib.sha256(canonical([salt, *body]).encode()).hexdigest()


def new_salt() -> str:
    return secrets.token_hex(16)


def hash_of(event: Mapping[str, Any]) -> str:
    """The event's own hash, from its covered columns and the hash before it."""
    covered = {name: _plain(event[name]) for name in COVERED}
    return hashlib.sha256(canonical(covered).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value
