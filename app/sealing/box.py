"""How are bytes locked so that they open with one key, in one place, and nowhere else?

AES-256 in Galois/Counter mode: whoever changes a bit, or moves the bytes to where they do not belong,
gets a refusal and no text. What the bytes are bound to is spelt so that no two places read alike.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.sealing.refusals import Unopenable

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
VERSION = b"\x01"
"""How these bytes are laid out: this byte, the nonce, the locked text with its tag."""


def new_secret() -> bytes:
    return os.urandom(KEY_BYTES)


def bind(purpose: str, *parts: str | int) -> bytes:
    """What the bytes belong to. Each part stands after its length, so that none runs into the next."""
    spelt = [purpose.encode(), *(str(part).encode() for part in parts)]
    return VERSION + b"".join(len(part).to_bytes(4, "big") + part for part in spelt)


def lock(key: AESGCM, text: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + key.encrypt(nonce, text, bound_to)


def unlock(key: AESGCM, locked: bytes | None, bound_to: bytes) -> bytes:
    """The text again. Raises Unopenable for anything but the very bytes that were locked for this place."""
    raw = bytes(locked or b"")
    if len(raw) < len(VERSION) + NONCE_BYTES + TAG_BYTES or raw[:1] != VERSION:
        raise Unopenable
    nonce, text = raw[1 : 1 + NONCE_BYTES], raw[1 + NONCE_BYTES :]
    try:
        return key.decrypt(nonce, text, bound_to)
    except InvalidTag:
        raise Unopenable from None
