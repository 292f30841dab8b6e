"""Which codes stand on a printed sheet, and what is kept of them?"""

from __future__ import annotations

import secrets

from app.accounts import tokens

CODES, GROUPS, GROUP = 20, 3, 4
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Figures and letters that nobody mistakes for each other on paper; 60 bits in twelve of them."""
FEW = 3
"""So many codes left, and one is told to print another sheet."""


def new_codes() -> list[str]:
    """The codes of a new sheet, as they are printed."""
    return [_new_code() for _ in range(CODES)]


def _new_code() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def plain(typed: str) -> str:
    """What was typed without spaces and lines, in capitals; a one and a zero cannot stand in a code."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def is_code(typed: str) -> bool:
    """Whether this could stand on a sheet; `typed` is plain."""
    return len(typed) == GROUPS * GROUP and all(sign in LETTERS for sign in typed)


def hashed(factor_id: str, typed: str) -> str:
    """What is stored of a code; without the server's key nobody can try codes against it."""
    return tokens.of_code(factor_id, plain(typed))
