"""How does somebody prove that a link was meant for them?

A link's token is made of the server's key when its mail is written, so that no database and no
queue ever holds one; what is stored is a hash. Reset tokens are Flask-Security's: they end after an
hour, and with the first change of the password.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from flask import current_app
from flask_security.recoverable import generate_reset_password_token, reset_password_token_status

from app.accounts.models import Person


def new() -> str:
    """A token of 256 bits, for a signed-in browser."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def of_invitation(invitation_id: str) -> str:
    """The token of an invitation's link: the same each time its mail is written."""
    return _keyed("invitation", invitation_id)


def of_confirmation(link_id: str) -> str:
    """The token of a link by which a country confirms: the same each time its mail is written."""
    return _keyed("confirmation", link_id)


def of_address(address: str) -> str:
    """What stands for an address in counters and in the audit trail, where no address may stand."""
    return _keyed("address", address.strip().casefold())[:22]


def of_code(sheet_id: str, code: str) -> str:
    """What is stored of a code on a printed sheet."""
    return _keyed("code", f"{sheet_id}:{code}")


def for_reset(person: Person) -> str:
    """The token of a reset link, valid from now on for an hour."""
    return generate_reset_password_token(person)


def person_of_reset(token: str) -> Person | None:
    """Whose password may be set anew with this token; None when it has ended or never was one."""
    expired, invalid, person = reset_password_token_status(token)
    return None if expired or invalid or person is None or not person.active else person


def _keyed(purpose: str, text: str) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    mark = hmac.new(key, f"{purpose}\0{text}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mark).decode().rstrip("=")
