"""Did the person's key sign just now, for this address, what this browser was given to sign?

What is to be signed is chance, the hour, and a mark over both and over the browser's token. So nothing of
it has to be kept; it ends after five minutes, and at its first use, since the token is another one then.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from fido2.server import Fido2Server, to_descriptor
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from flask import current_app, request

from app import clock
from app.accounts import cookie

SECONDS = 300
CHANCE, HOUR = 16, 8
LONGEST = 20_000
"""Characters of an answer of a key, at the most."""
VERIFIED = UserVerificationRequirement.PREFERRED
"""The key asks for its own PIN or finger where it has one: it comes on top of a password."""
logging.getLogger("fido2").setLevel(logging.WARNING)  # it would write down the names of keys


class NotSigned(Exception):
    """The answer is no answer of such a key to what was asked. Never says why."""


@dataclass(frozen=True)
class Made:
    """A passkey as it is kept."""

    credential_id: str
    credential: bytes
    sign_count: int


def is_possible() -> bool:
    """Whether keys work at this address: browsers sign for names alone, never for numbers."""
    try:
        ip_address(_host())
    except ValueError:
        return True
    return False


def to_register(person_id: str, name: str, known: Sequence[bytes]) -> dict[str, Any]:
    """What a browser needs to make a key."""
    user = PublicKeyCredentialUserEntity(id=person_id.encode(), name=name, display_name=name)
    options, _state = _server().register_begin(
        user, [to_descriptor(AttestedCredentialData(each)) for each in known],
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED, user_verification=VERIFIED,
        challenge=_to_sign("register"),
    )  # fmt: skip
    return dict(options)


def to_give(known: Sequence[bytes]) -> dict[str, Any]:
    """What a browser needs to let one of these keys sign."""
    options, _state = _server().authenticate_begin(
        [to_descriptor(AttestedCredentialData(each)) for each in known],
        user_verification=VERIFIED,
        challenge=_to_sign("give"),
    )
    return dict(options)


def made(answer: str) -> Made:
    """The key that was made. Raises NotSigned."""
    try:
        read = _read(answer)
        found = _server().register_complete(_state(read, "register"), read)
        credential = found.credential_data
        if credential is None:
            raise NotSigned
    except (ValueError, TypeError, KeyError, AssertionError, AttributeError):
        raise NotSigned from None
    return Made(websafe_encode(credential.credential_id), bytes(credential), found.counter)


def credential_id_of(answer: str) -> str:
    """Which key answered, before it is known whether it did. Raises NotSigned."""
    try:
        return websafe_encode(websafe_decode(_read(answer)["rawId"]))
    except (ValueError, TypeError, KeyError):
        raise NotSigned from None


def counter_of(answer: str, credential: bytes) -> int:
    """The key's own count of its signatures, 0 where it keeps none. Raises NotSigned."""
    try:
        read = _read(answer)
        known = [AttestedCredentialData(credential)]
        _server().authenticate_complete(_state(read, "give"), known, read)
        return AuthenticatorData(websafe_decode(read["response"]["authenticatorData"])).counter
    except (ValueError, TypeError, KeyError, AssertionError, AttributeError):
        raise NotSigned from None


def _read(answer: str) -> Mapping[str, Any]:
    read = json.loads(answer) if len(answer) <= LONGEST else None
    if not isinstance(read, dict):
        raise NotSigned
    return read


def _server() -> Fido2Server:
    party = PublicKeyCredentialRpEntity(id=_host(), name="Enlace")
    origin = _address()
    return Fido2Server(party, verify_origin=lambda asked: asked == origin)


def _address() -> str:
    """Where the pages stand: in production as it was configured, whatever a request says."""
    settings = current_app.config["ENLACE"]
    said = urlsplit(settings.base_url if settings.is_production else request.host_url)
    return f"{said.scheme}://{said.netloc}"


def _host() -> str:
    return urlsplit(_address()).hostname or ""


def _to_sign(purpose: str) -> bytes:
    now = int(clock.real_now().timestamp())
    said = secrets.token_bytes(CHANCE) + now.to_bytes(HOUR, "big")
    return said + _mark(purpose, said)


def _state(answer: Mapping[str, Any], purpose: str) -> dict[str, Any]:
    """What the library compares with: what was signed, once it is known to be ours and young."""
    client = CollectedClientData(websafe_decode(answer["response"]["clientDataJSON"]))
    signed = client.challenge
    said, mark = signed[: CHANCE + HOUR], signed[CHANCE + HOUR :]
    age = clock.real_now().timestamp() - int.from_bytes(said[CHANCE:], "big")
    if not hmac.compare_digest(mark, _mark(purpose, said)) or not -1 <= age <= SECONDS:
        raise NotSigned
    return {"challenge": websafe_encode(signed), "user_verification": VERIFIED}


def _mark(purpose: str, said: bytes) -> bytes:
    key = current_app.config["SECRET_KEY"].encode()
    bound = f"passkey\0{purpose}\0{cookie.token()}\0".encode()
    return hmac.digest(key, bound + said, hashlib.sha256)
