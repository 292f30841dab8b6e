"""Which six figures does a program show in each half minute, and how does it learn its key?"""

from __future__ import annotations

import base64
import hmac
import secrets

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from app import clock

KEY_BYTES, DIGITS, SECONDS, DRIFT = 20, 6, 30, 1
"""What every program understands; a clock may be one half minute fast or slow."""
ISSUER = "Enlace"


def new_key() -> bytes:
    """A key of 160 bits."""
    return secrets.token_bytes(KEY_BYTES)


def as_text(key: bytes) -> str:
    """The key to be typed in, in groups of four."""
    text = base64.b32encode(key).decode()
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def as_picture(key: bytes, account: str) -> str:
    """The key as a QR code, drawn here: an SVG element to stand in a page."""
    address = _of(key).get_provisioning_uri(account, ISSUER)
    return segno.make(address, micro=False, error="m").svg_inline(
        scale=5, border=4, light="#fff", omitsize=False, svgclass=None, lineclass=None
    )


def code_at(key: bytes, step: int) -> str:
    """The six figures of a half minute since 1970."""
    return _of(key).generate(step * SECONDS).decode()


def present_step() -> int:
    """The half minute that it is now, whatever the product's clock says."""
    return int(clock.real_now().timestamp()) // SECONDS


def step_of(key: bytes, code: str, after: int | None) -> int | None:
    """The half minute of this code, now or one beside it, and later than `after`; None if of none."""
    now, found = present_step(), None
    for step in range(now - DRIFT, now + DRIFT + 1):
        is_same = hmac.compare_digest(code_at(key, step), code)
        if is_same and (after is None or step > after):
            found = step
    return found


def _of(key: bytes) -> TOTP:
    return TOTP(key, DIGITS, SHA1(), SECONDS)  # noqa: S303, what the programs use
