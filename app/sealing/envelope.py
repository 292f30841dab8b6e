"""How is a value sealed, and what is needed to open it again?

    key = key_for(record_id, organisation_id)
    sealed = seal(key, place, value)          # bytes; the same value never gives the same bytes
    unseal(key, place, sealed)                # the value, in this place and no other

Within the locked bytes the value stands behind a salt and is filled up, so that neither equal values nor
lengths of codes show. `commitment` says what a document holds in place of the value: without the key
nothing can be guessed against it, and `reseal` keeps it while a value moves to its next place.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from typing import Any

from app.formats.canonical import canonical_json
from app.sealing import box
from app.sealing.erasing import destroy
from app.sealing.keys import RecordKey, is_available, key_for
from app.sealing.refusals import Erased, SealingUnavailable, Unopenable

__all__ = [
    "Erased",
    "Place",
    "RecordKey",
    "SealingUnavailable",
    "Unopenable",
    "commitment",
    "destroy",
    "is_available",
    "key_for",
    "mark",
    "open_bytes",
    "reseal",
    "seal",
    "seal_bytes",
    "unseal",
]

SALT_BYTES = 32
BLOCK = 64
"""Texts are filled up to a multiple of this: a code of three letters is as long as one of thirty."""
JSON, BYTES = b"j", b"b"


@dataclass(frozen=True)
class Place:
    """Where a sealed value stands. Anywhere else, and at any other revision, it does not open."""

    organisation_id: str
    table: str
    record_id: str
    row_id: str
    key: str
    klass: str
    revision: int


@dataclass(frozen=True, repr=False)
class _Text:
    """What stands inside."""

    kind: bytes
    salt: bytes
    data: bytes

    def spelt(self) -> bytes:
        raw = self.kind + self.salt + len(self.data).to_bytes(4, "big") + self.data
        return raw + bytes(-len(raw) % BLOCK)

    @classmethod
    def read(cls, raw: bytes) -> _Text:
        salt, rest = raw[1 : 1 + SALT_BYTES], raw[1 + SALT_BYTES :]
        length = int.from_bytes(rest[:4], "big")
        return cls(raw[:1], salt, rest[4 : 4 + length])

    def commitment(self) -> str:
        return hashlib.sha256(box.bind("sealed value") + self.spelt()).hexdigest()


def seal(key: RecordKey, place: Place, value: Any) -> bytes:
    """Seal an answer: whatever canonical JSON can spell. Raises TypeError for anything else."""
    return _lock(key, place, _Text(JSON, os.urandom(SALT_BYTES), canonical_json(value)))


def unseal(key: RecordKey, place: Place, sealed: bytes | None) -> Any:
    """The answer again. Raises Unopenable."""
    return json.loads(_unlock(key, place, sealed, JSON).data)


def seal_bytes(key: RecordKey, place: Place, data: bytes) -> bytes:
    """Seal the bytes of a file."""
    return _lock(key, place, _Text(BYTES, os.urandom(SALT_BYTES), data))


def open_bytes(key: RecordKey, place: Place, sealed: bytes | None) -> bytes:
    """The bytes of a file again. Raises Unopenable."""
    return _unlock(key, place, sealed, BYTES).data


def reseal(
    key: RecordKey, place: Place, sealed: bytes | None, to_key: RecordKey, to_place: Place
) -> bytes:
    """Seal the same for another place, also of another organisation; its commitment stays the same."""
    return _lock(to_key, to_place, _unlock(key, place, sealed))


def commitment(key: RecordKey, place: Place, sealed: bytes | None) -> str:
    """What a signed document says in place of the value. Raises Unopenable.

    Equal for a value and what was resealed from it, different for every other sealing.
    """
    return _unlock(key, place, sealed).commitment()


def mark(key: RecordKey, place: Place, value: Any) -> str:
    """What a page carries to prove later that it still holds this value: without the key it tells nothing."""
    return key.mark(canonical_json(value), _bound_to(key, place, "mark"))


def _lock(key: RecordKey, place: Place, text: _Text) -> bytes:
    return key.lock(text.spelt(), _bound_to(key, place))


def _unlock(key: RecordKey, place: Place, sealed: bytes | None, kind: bytes = b"") -> _Text:
    text = _Text.read(key.unlock(sealed, _bound_to(key, place)))
    if kind and text.kind != kind:
        raise Unopenable
    return text


def _bound_to(key: RecordKey, place: Place, purpose: str = "value") -> bytes:
    if (key.organisation_id, key.record_id) != (place.organisation_id, place.record_id):
        raise Unopenable
    return box.bind(
        purpose,
        place.organisation_id,
        place.table,
        place.record_id,
        place.row_id,
        place.key,
        place.klass,
        key.version,
        place.revision,
    )
