"""Which master keys does this installation have, and which are new since the last look?

A line for each, `id:key`, the key as 32 bytes in base64url. The first wraps; all of them unwrap. Keys in
a file are looked at again whenever the file has changed, so that a running process learns a new one.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.sealing import box
from app.sealing.box import KEY_BYTES

LINE = re.compile(r"([a-z0-9][a-z0-9-]{0,31}):([A-Za-z0-9_-]{43}=?)")
LEAST_DIFFERENT_BYTES = 12
"""Of 32 bytes of chance some 30 differ; a key with fewer was typed, or is the example of a page."""
Signature = tuple[int, int, int]
Known = tuple["Signature | None", tuple["MasterKey", ...]]
log = structlog.get_logger()


class Malformed(ValueError):
    """The keys are not as they must be. Says which line, and nothing of what it holds."""


@dataclass(frozen=True)
class MasterKey:
    """One key that wraps the keys of organisations."""

    id: str
    _secret: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """Tells whether it is the same key, and nothing of what the key is."""
        return hmac.digest(self._secret, b"enlace master key", hashlib.sha256).hex()[:32]

    def wrap(self, secret: bytes, bound_to: bytes) -> bytes:
        return box.lock(AESGCM(self._secret), secret, bound_to)

    def unwrap(self, wrapped: bytes | None, bound_to: bytes) -> bytes:
        return box.unlock(AESGCM(self._secret), wrapped, bound_to)

    def __reduce__(self) -> str:
        raise TypeError("a key goes nowhere")


def parse(text: str) -> tuple[MasterKey, ...]:
    """The keys of these lines. Raises Malformed."""
    keys: dict[str, MasterKey] = {}
    for number, word in enumerate(text.split(), start=1):
        found = LINE.fullmatch(word)
        if found is None:
            raise Malformed(f"key {number} is not id:key with 32 bytes in base64url")
        name, secret = found[1], _bytes(found[2], number)
        if name in keys:
            raise Malformed(f"key {number} has the id of another one")
        keys[name] = MasterKey(name, secret)
    return tuple(keys.values())


def _bytes(spelt: str, number: int) -> bytes:
    try:
        secret = base64.b64decode(spelt.rstrip("=") + "=", altchars=b"-_", validate=True)
    except binascii.Error:
        raise Malformed(f"key {number} is not base64url") from None
    if len(secret) != KEY_BYTES or len(set(secret)) < LEAST_DIFFERENT_BYTES:
        raise Malformed(f"key {number} is not made of 32 bytes of chance")
    return secret


def new_line(name: str) -> str:
    """A key of this name, as a line of the file."""
    return f"{name}:{base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode().rstrip('=')}"


class Keyring:
    """The master keys as they are now."""

    def __init__(self, text: str = "", path: Path | None = None) -> None:
        """Raises Malformed. A file that is not there is no key, until it is."""
        self.path = path
        self._known: Known = (None, parse(text))
        """Keys together with the state of the file they were read in: changed at once, for all threads."""
        if path is not None:
            self._known = _read(path)

    def __iter__(self) -> Iterator[MasterKey]:
        if self.path is not None and (signature := _signature(self.path)) != self._known[0]:
            try:
                self._known = _read(self.path)
            except Malformed:
                log.warning("master_keys_malformed")  # perhaps half written; those known still hold
                self._known = (signature, self._known[1])
        return iter(self._known[1])

    def of(self, name: str) -> MasterKey | None:
        return next((key for key in self if key.id == name), None)


def _read(path: Path) -> Known:
    signature = _signature(path)
    try:
        text = path.read_text() if signature else ""
    except (OSError, UnicodeDecodeError):
        text = ""
    return signature, parse(text)


def _signature(path: Path) -> Signature | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino
