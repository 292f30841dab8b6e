"""In which words is it said how a record arrived, and what its country says of it?"""

from __future__ import annotations

from flask_babel import gettext as _

from app.formats.words import N_

LETTER, EMAIL, TELEPHONE = "letter", "email", "telephone"
CHANNELS = {
    LETTER: N_("Letter or note"),
    EMAIL: N_("E-mail outside Enlace"),
    TELEPHONE: N_("Telephone call"),
}
MARKS = {
    LETTER: N_("Drafted by the Technical Secretariat from a letter"),
    EMAIL: N_("Drafted by the Technical Secretariat from an e-mail"),
    TELEPHONE: N_("Drafted by the Technical Secretariat from a telephone call"),
}
WAYS = {
    "enlace": N_("in Enlace"),
    "link": N_("by the link of a message"),
    "reply": N_("by a signed reply"),
}


def mark(channel: str) -> str:
    """What stands beside a record that the Secretariat drafted; empty for any other."""
    return _(MARKS[channel]) if channel in MARKS else ""


def channel(key: str) -> str:
    """How it arrived."""
    return _(CHANNELS.get(key, key))


def way(key: str) -> str:
    """By what the country confirmed."""
    return _(WAYS.get(key, key))
