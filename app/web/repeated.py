"""What is kept of a request, so that its repetition gets the same answer, and who can make anything of it?

Only whoever repeats it. Every request carries a key of chance that its browser made up; of the key itself a
hash is stored, and what was asked and answered is kept under the key. So what was typed, a sealed value or a
password, cannot be tried against a copy of the database, not even by whoever has the secrets of the server.
"""

from __future__ import annotations

import hashlib
import hmac

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app, request

from app.sealing import box

KEY_FIELD, KEY_HEADER = "_key", "Idempotency-Key"
UNHASHED = frozenset({"csrf_token", KEY_FIELD})
ASKED, ANSWERED = "request asked", "request answered"


def stored_name(key: str) -> str:
    """By what a request is known again. The key cannot be told from it."""
    return hashlib.sha256(key.encode()).hexdigest()


def request_hash(key: str) -> str:
    """What was asked, without what differs between two sendings of the same thing."""
    digest = hmac.new(_secret(key, ASKED), digestmod=hashlib.sha256)
    digest.update(f"{request.method} {request.path}\n".encode())
    for name in sorted(set(request.form) - UNHASHED):
        digest.update(repr((name, request.form.getlist(name))).encode("utf-8", "backslashreplace"))
    for name in sorted(request.files):
        for file in request.files.getlist(name):
            content = hashlib.sha256(file.stream.read()).hexdigest()
            file.stream.seek(0)
            digest.update(repr((name, file.filename, content)).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def locked(key: str, answer: str) -> bytes:
    """An answer as it is kept."""
    return box.lock(AESGCM(_secret(key, ANSWERED)), answer.encode(), _place(key))


def unlocked(key: str, answer: bytes) -> str:
    """An answer again. Raises Unopenable where it is not this request's."""
    return box.unlock(AESGCM(_secret(key, ANSWERED)), answer, _place(key)).decode()


def _place(key: str) -> bytes:
    return box.bind(ANSWERED, stored_name(key))


def _secret(key: str, purpose: str) -> bytes:
    server = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(server, box.bind(purpose, key), hashlib.sha256).digest()
