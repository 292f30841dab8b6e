"""For what may somebody open what is sealed? Each opening names one, and it stays on record."""

from __future__ import annotations

from flask_babel import gettext as _

from app.formats.words import N_

PURPOSES = {
    "writing": N_("To go on writing it"),
    "checking": N_("To check it before it is certified"),
    "protecting": N_("To protect or assist the person"),
    "answering": N_("To answer another country or authority"),
    "correcting": N_("To correct it, as the person asked"),
    "supervising": N_("To supervise or audit"),
}
"""Code, as it is recorded -> what it is called."""


def purpose_words(code: str) -> str:
    """What a purpose is called."""
    return _(PURPOSES[code]) if code in PURPOSES else code
