"""Which countries are there, and how are they called? ISO 3166-1 alpha-2 codes, names from CLDR."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from babel import Locale

from app.formats.spec import Text

MEMBERS = ("BZ", "CA", "CR", "SV", "US", "GT", "HN", "MX", "NI", "PA", "DO")
"""The eleven members of the Regional Conference on Migration."""

NO_STATE = {
    "XXA": Text("Apátrida", "Stateless"),
    "XXX": Text("Nacionalidad desconocida", "Nationality unknown"),
}
"""What a person may have in place of a nationality, as ICAO Doc 9303 codes it."""

IVORY_COAST = "Costa de Marfil"
"""As everybody calls it in Spanish; CLDR has the French name in both languages."""

_NOT_ISO = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
)
"""Two-letter regions of CLDR that are no ISO 3166-1 country."""


@lru_cache(maxsize=8)
def country_names(lang: str) -> Mapping[str, str]:
    """Code -> name in `lang`, sorted by name as people of that language would look it up."""
    named: dict[str, str] = {}
    for code, name in Locale("es" if lang.startswith("es") else "en").territories.items():
        if len(str(code)) == 2 and str(code).isalpha() and code not in _NOT_ISO:
            named[str(code)] = name
    if lang.startswith("es"):
        named["CI"] = IVORY_COAST
    return dict(sorted(named.items(), key=lambda item: _plain(item[1])))


def choices_of(kind_of_list: str, lang: str) -> Mapping[str, str]:
    """Code -> name of the countries a field offers: "members", "all", or "nationalities"."""
    names = country_names(lang)
    if kind_of_list == "members":
        return {code: name for code, name in names.items() if code in MEMBERS}
    return named_in(kind_of_list, lang)


@lru_cache(maxsize=16)
def named_in(kind_of_list: str, lang: str) -> Mapping[str, str]:
    """Code -> name of all that an answer to such a field may hold."""
    if kind_of_list != "nationalities":
        return country_names(lang)
    return {**country_names(lang), **{code: said.say(lang) for code, said in NO_STATE.items()}}


def _plain(name: str) -> str:
    """A name to sort by: Á beside A, Å beside A."""
    return name.casefold().translate(str.maketrans("áàâåäéèêíïóôöúüñç", "aaaaaeeeiiooouunc"))
