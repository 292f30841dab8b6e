"""Is this password right, and is it good enough to be one?

Each hash takes 64 MiB: only a few are made at once, whatever the number of threads. Nobody's name
takes less time than somebody's: where there is nothing to compare with, as much work is done.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from flask import current_app
from flask_security import hash_password, verify_password
from werkzeug.exceptions import ServiceUnavailable

from app.formats.words import N_

LEAST, MOST = 15, 1000
REMAINING = 4
"""So many letters must be left of a password once all very common words are taken out."""
AT_ONCE, PATIENCE_SECONDS = 4, 20
COMMON = Path(__file__).with_name("common_passwords.txt")

TOO_SHORT = N_(
    "Use at least 15 characters. A few words that do not belong together are easy to keep."
)
TOO_LONG = N_("Use at most 1000 characters.")
TOO_COMMON = N_("This is easy to guess: it holds little besides very common words or figures.")
TOO_PERSONAL = N_("Choose something that does not hold your name or your address.")

_turns = BoundedSemaphore(AT_ONCE)


def hashed(typed: str) -> str:
    """What is stored of a password. Takes about a tenth of a second: never inside a transaction."""
    with _turn():
        return hash_password(normal(typed))


def is_right(typed: str, stored: str | None) -> bool:
    """Whether the password is the stored one; takes as long where there is none."""
    if len(typed) > MOST:
        typed, stored = "", None
    with _turn():
        if not stored:
            hash_password(normal(typed))
            return False
        return verify_password(normal(typed), stored)


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with other costs than today's."""
    return bool(current_app.extensions["security"].pwd_context.needs_update(stored))


def weakness(typed: str, *personal: str) -> str | None:
    """Why this cannot become somebody's password, as a msgid; None when it can.

    `personal` is what others know of them: their name, their address.
    """
    text = normal(typed)
    if len(text) < LEAST:
        return TOO_SHORT
    if len(text) > MOST:
        return TOO_LONG
    read_as_letters = _letters(text.translate(_STANDS_FOR))
    if any(word in read_as_letters for word in _personal_words(personal)):
        return TOO_PERSONAL
    left = min(len(_uncommon_part(letters)) for letters in (read_as_letters, _letters(text)))
    if len(set(text)) < 6 or left < REMAINING:
        return TOO_COMMON
    return None


def normal(typed: str) -> str:
    """The password in one spelling, since keyboards make the same letter in several ways."""
    return unicodedata.normalize("NFKC", typed)


_STANDS_FOR = str.maketrans("013457@$", "oieastas")
"""Figures and signs that people write for letters, and guessers read as such."""


def _letters(text: str) -> str:
    """Letters alone, small and without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalpha())


def _uncommon_part(plain: str) -> str:
    """What is left without common words, and without repeating itself."""
    left = _common_words().sub("", plain)
    return "".join(
        letter for place, letter in enumerate(left) if letter not in left[max(0, place - 2) : place]
    )


@cache
def _common_words() -> re.Pattern[str]:
    lines = (line.strip() for line in COMMON.read_text(encoding="utf-8").splitlines())
    words = {_letters(line) for line in lines if line and not line.startswith("#")}
    return re.compile("|".join(sorted(map(re.escape, words - {""}), key=lambda w: (-len(w), w))))


def _personal_words(personal: tuple[str, ...]) -> Iterator[str]:
    for text in personal:
        local = text.split("@")[0]
        words = {_letters(local), *map(_letters, re.split(r"[\s._-]+", local))}
        yield from (word for word in words if len(word) >= 5)


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE_SECONDS):
        raise ServiceUnavailable
    try:
        yield
    finally:
        _turns.release()
