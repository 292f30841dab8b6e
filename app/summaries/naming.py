"""Do the Secretariat's words tell a sponsor which country asks, where that country goes unnamed?

What its country wrote and released is its own affair. What the Secretariat writes beside it reaches
a sponsor unseen by the country, so it is held against what the country is called by.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import combinations

from app.accounts.models import Person
from app.extensions import db
from app.formats.cleaning import plain
from app.formats.countries import country_names
from app.formats.words import N_
from app.organisations.countries import alpha3
from app.organisations.models import Membership, Organisation
from app.summaries.queries import OpenedSummary
from app.web.errors import Refusal

NAMES_COUNTRY = N_(
    "“%(word)s” tells sponsors which country asks, and its name is withheld from them. Say it in "
    "other words."
)
ALSO_CALLED = {
    "BZ": ("beliceño", "beliceña", "Belizean"),
    "CA": ("canadiense", "Canadian"),
    "CR": ("costarricense", "Costa Rican"),
    "DO": ("dominicano", "dominicana", "Dominican"),
    "GT": ("guatemalteco", "guatemalteca", "Guatemalan"),
    "HN": ("hondureño", "hondureña", "Honduran"),
    "MX": ("mexicano", "mexicana", "Mexican"),
    "NI": ("nicaragüense", "Nicaraguan"),
    "PA": ("panameño", "panameña", "Panamanian"),
    "SV": ("salvadoreño", "salvadoreña", "Salvadoran", "Salvadorean", "Salvadorian"),
    "US": ("estadounidense", "EE. UU.", "EEUU", "U.S.", "U.S.A."),
}
"""Country -> what its people and things are called; plurals in -s are found by themselves."""
WORDS_TOO = frozenset({"CAN", "PAN", "USA", "US"})
"""Codes that are words of English or Spanish as well: they name a country in capitals only."""
_WORD = re.compile(r"[^\W_]+")
Phrase = tuple[str, ...]


def is_unnamed(opened: OpenedSummary) -> bool:
    """Whether a sponsor reads the summary without the name of its country."""
    return json.loads(opened.summary.preview)["country"] is None


def refuse_naming(opened: OpenedSummary, written: Mapping[str, str]) -> None:
    """Refusal at the first field whose text names a country that goes unnamed."""
    if not is_unnamed(opened):
        return
    _refuse({*_names(opened)}, written)


def refuse_names_of(
    delegations: list[Organisation], references: list[str], written: Mapping[str, str]
) -> None:
    """Refusal at the first field whose text names one of these delegations, or bears a reference."""
    names = {_phrase(reference) for reference in references}
    for delegation in delegations:
        names |= set(_of_country(delegation))
    _refuse(names, written)


def _refuse(names: set[Phrase], written: Mapping[str, str]) -> None:
    for field, text in written.items():
        if word := _found(text, names):
            raise Refusal(NAMES_COUNTRY, field=field, word=word)


def _names(opened: OpenedSummary) -> Iterator[Phrase]:
    yield from _of_country(opened.organisation)
    yield _phrase(opened.dossier.reference)
    yield from _of_person(opened.version.certified_name)


def _of_country(organisation: Organisation) -> Iterator[Phrase]:
    """What a country, its delegation and the people who act for it are called."""
    country = organisation.country or ""
    for lang in ("es", "en"):
        yield _phrase(country_names(lang).get(country, ""))
        yield _phrase(organisation.name(lang))
    for name in ALSO_CALLED.get(country, ()):
        yield _phrase(name)
    for code in (alpha3(country), "US" if country == "US" else "") if country else ():
        yield (code,) if code in WORDS_TOO else _phrase(code)
    for person in _people(organisation.id):
        yield from _of_person(person)


def _people(organisation_id: str) -> list[str]:
    """The names of everybody who acts or acted for the delegation."""
    of_it = db.select(Membership.person_id).where(Membership.organisation_id == organisation_id)
    return list(db.session.scalars(db.select(Person.name).where(Person.id.in_(of_it))))


def _of_person(name: str) -> Iterator[Phrase]:
    """A full name, and any two of its names: one alone may be anybody's, or a word."""
    if len(_phrase(name)) > 1:
        yield _phrase(name)
    names = [plain(word) for word in _WORD.findall(name) if word[0].isupper()]
    yield from combinations(names, 2)


def _phrase(name: str) -> Phrase:
    return tuple(plain(word) for word in _WORD.findall(name))


def _found(text: str, names: set[Phrase]) -> str:
    """The first words of the text that are one of the names, as they were written."""
    shown = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    places = list(_WORD.finditer(shown))
    words = [place[0] for place in places]
    said = [plain(word) for word in words]
    lengths = sorted({len(name) for name in names if name}, reverse=True)
    for at in range(len(places)):
        for length in lengths:
            here = tuple(said[at : at + length])
            singular = (*here[:-1], here[-1].removesuffix("s"))
            if names & {here, singular, tuple(words[at : at + length])}:
                return shown[places[at].start() : places[at + len(here) - 1].end()]
    return ""
