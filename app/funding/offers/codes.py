"""Which codes can an offer say, and how is each called?"""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import force_locale
from flask_babel import gettext as _

from app.formats.countries import MEMBERS, country_names
from app.formats.spec import CodeList, Text
from app.formats.words import N_
from app.funding.offers.terms import HOST, KINDS, PROVIDERS, ROLES
from app.needs.format import NEED
from app.web import locale

Choices = list[tuple[str, str]]
WORDS: Mapping[str, Mapping[str, str]] = {
    "kind": {
        "one_time": N_("For one time"),
        "standing": N_("Standing: it can be taken up again and again"),
    },
    "roles": {
        "payer": N_("Pays"),
        "content": N_("Brings the content and the trainers"),
        "technical": N_("Gives technical support"),
        "fund_seeker": N_("Helps to seek funds"),
        HOST: N_("Hosts"),
    },
    "provider_type": {
        "state": N_("State"),
        "igo": N_("International organisation"),
        "ngo": N_("Civil society organisation"),
        "academia": N_("University or training school"),
    },
}
"""What is chosen here and nowhere in a need."""
LISTS: Mapping[str, str] = {
    "themes": "themes", "profiles": "profiles", "level": "levels", "modalities": "modalities",
    "languages": "languages", "currency": "currencies", "line": "cost_lines",
    "form": "payment_forms",
}  # fmt: skip
"""Field -> the list of the needs' form from which it takes its codes."""


def list_of(name: str) -> CodeList:
    return NEED.code_lists[LISTS[name]]


def known(name: str) -> frozenset[str]:
    """Every code that a field can hold."""
    if name == "countries":
        return frozenset(MEMBERS)
    own = {"kind": KINDS, "roles": (*ROLES, HOST), "provider_type": PROVIDERS}
    return frozenset(own[name] if name in own else (code.key for code in list_of(name).codes))


def in_both(name: str, code: str) -> Text:
    """The words for a code in both languages, to be kept."""
    said = []
    for lang in ("es", "en"):
        with force_locale(lang):
            said.append(label(name, code))
    return Text(*said)


def label(name: str, code: str) -> str:
    """The words for a code in the reader's language; one that nobody knows shows itself."""
    if name == "countries":
        return country_names(locale.lang()).get(code, code)
    if name in WORDS:
        return _(WORDS[name][code]) if code in WORDS[name] else code
    return list_of(name).label(code, locale.lang())


def choices(name: str) -> Choices:
    """(code, words) of a field, in the order of its list; countries by name."""
    if name == "countries":
        named = country_names(locale.lang())
        return [(code, words) for code, words in named.items() if code in MEMBERS]
    if name == "roles":
        return [(code, label(name, code)) for code in ROLES]
    codes = WORDS[name] if name in WORDS else [code.key for code in list_of(name).codes]
    return [(code, label(name, code)) for code in codes]
