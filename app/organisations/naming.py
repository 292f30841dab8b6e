"""What is a country called, and the people who act for it, in a text that must not tell which one it is?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations
from typing import Any

from app.accounts.models import Person
from app.extensions import db
from app.formats.cleaning import plain
from app.formats.countries import country_names
from app.organisations.cities import CITIES
from app.organisations.countries import alpha3
from app.organisations.models import Membership, Organisation

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


def of_delegation(organisation: Organisation) -> Iterator[Phrase]:
    """What a country, its delegation and the people who act for it are called."""
    yield from of_each([organisation])[organisation.id]


def of_each(organisations: Collection[Organisation]) -> dict[str, set[Phrase]]:
    """Organisation -> what its country, the delegation and the people who act for it are called."""
    found: dict[str, set[Phrase]] = {}
    for organisation in organisations:
        names = {phrase(organisation.name(lang)) for lang in ("es", "en")}
        found[organisation.id] = names | set(of_country(organisation.country or ""))
    for organisation_id, person in _people(list(found)):
        found[organisation_id] |= set(of_person(person))
    return found


def of_country(country: str) -> Iterator[Phrase]:
    """What a country, its people, its things and its towns are called; nothing of none."""
    if not country:
        return
    for lang in ("es", "en"):
        yield phrase(country_names(lang).get(country, ""))
    for name in (*ALSO_CALLED.get(country, ()), *CITIES.get(country, ())):
        yield phrase(name)
    for code in (alpha3(country), "US" if country == "US" else ""):
        yield (code,) if code in WORDS_TOO else phrase(code)


def _people(organisation_ids: Collection[str]) -> Sequence[Any]:
    """(Organisation, name) of everybody who acts or acted for these delegations."""
    return db.session.execute(
        db.select(Membership.organisation_id, Person.name)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id.in_(organisation_ids))
    ).all()


def of_person(name: str) -> Iterator[Phrase]:
    """A full name, and any two of its names: one alone may be anybody's, or a word."""
    if len(phrase(name)) > 1:
        yield phrase(name)
    names = [plain(word) for word in _WORD.findall(name) if word[0].isupper()]
    yield from combinations(names, 2)


def phrase(name: str) -> Phrase:
    """A name as texts are searched for it."""
    return tuple(plain(word) for word in _WORD.findall(name))


def found(text: str, names: Collection[Phrase]) -> str:
    """The first words of the text that are one of the names, as they were written."""
    shown = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    places = list(_WORD.finditer(shown))
    words = [place[0] for place in places]
    said = [plain(word) for word in words]
    known = set(names)
    lengths = sorted({len(name) for name in known if name}, reverse=True)
    for at in range(len(places)):
        for length in lengths:
            here = tuple(said[at : at + length])
            singular = (*here[:-1], here[-1].removesuffix("s"))
            if known & {here, singular, tuple(words[at : at + length])}:
                return shown[places[at].start() : places[at + len(here) - 1].end()]
    return ""
