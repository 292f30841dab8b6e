"""In which words is it said how a record arrived, and what its country says of it?"""

from __future__ import annotations

from flask_babel import gettext as _

from app.formats.words import N_
from app.organisations.models import Organisation
from app.web import locale
from app.web.refusal import Gone

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
ANSWERED = {
    "taken-over": N_(
        "%(country)s continues this draft by itself. Until it certifies, nobody else can write in it "
        "or read it."
    ),
    "refused": N_(
        "%(country)s says that this is not its own. Its reason stands beside what you filed."
    ),
    "confirmed": N_("%(country)s has confirmed this, so nothing can be written in it any more."),
}
"""What is said to whoever was drafting for a country that has answered meanwhile."""


class Answered(Gone):
    """The country has answered what the Secretariat drafted for it, which has it no longer."""

    def __init__(self, state: str, country: Organisation, *, endpoint: str) -> None:
        super().__init__(state, endpoint=endpoint)
        self.state, self.country = state, country

    def say(self) -> str:
        return _(ANSWERED[self.state], country=self.country.name(locale.lang()))


def mark(channel: str) -> str:
    """What stands beside a record that the Secretariat drafted; empty for any other."""
    return _(MARKS[channel]) if channel in MARKS else ""


def channel(key: str) -> str:
    """How it arrived."""
    return _(CHANNELS.get(key, key))


def way(key: str) -> str:
    """By what the country confirmed."""
    return _(WAYS.get(key, key))
