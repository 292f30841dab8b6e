"""How does a document say that an answer is told in part only, or is kept from whoever reads?

In the place of the answer stands what is left of it, or whose reservation keeps it. No kind of answer is kept
like it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from babel import Locale

from app.formats.spec import Text

YEAR, AGE_BAND, REGION, INITIALS, COUNT_BAND = (
    "year",
    "age_band",
    "region",
    "initials",
    "count_band",
)
UNKNOWN = "UNK"
"""The band of whoever has no certain one."""
SENDER, RECEIVER = "sender", "receiver"

MASKED, RESERVED, LEFT, QUIET = "masked", "reserved", "value", "quiet"
NOT_TOLD = Text("visible solo en parte", "shown in part only")
RESERVED_BY: Mapping[str, Text] = MappingProxyType({
    SENDER: Text("Reservado por el país que envía", "Reserved by the sending country"),
    RECEIVER: Text("Reservado por su propio país", "Reserved by your own country"),
})  # fmt: skip

_UNKNOWN_AGE = Text("edad sin precisar", "age not certain")
_YEARS = Text("{} años", "{} years")
_BAND = Text("{} a {}", "{} to {}")
_OR_MORE = Text("{} o más", "{} or more")
_NORTH = Text("Norteamérica", "Northern America")


def in_part(mask: str, left: Any = None) -> dict[str, Any]:
    """What stands for an answer told in part; nothing is left of one that could not be looked at."""
    return {MASKED: mask} if left is None else {MASKED: mask, LEFT: left}


def quietly(value: Mapping[str, Any]) -> dict[str, Any]:
    """What stands for an answer told in part, of which nobody may be told that it is not whole."""
    return {**value, QUIET: True}


def says_so(value: Any) -> bool:
    """Whether this is an answer in part, and its reader may know that it is not whole."""
    return mask_of(value) is not None and not value.get(QUIET)


def is_unopened(value: Any) -> bool:
    """Whether this is an answer in part that is still sealed: nothing of it was looked at."""
    return mask_of(value) is not None and LEFT not in value


def reserved_by(country: str) -> dict[str, Any]:
    """What stands for an answer that the "sender" or the "receiver" reserves, given or not."""
    return {RESERVED: country}


def mask_of(value: Any) -> str | None:
    """By what an answer was coarsened; None for one that is whole."""
    return str(value[MASKED]) if isinstance(value, dict) and MASKED in value else None


def is_reserved(value: Any) -> bool:
    """Whether this stands for an answer that is reserved."""
    return isinstance(value, dict) and RESERVED in value


def words(value: Mapping[str, Any], lang: str) -> str:
    """What is read in its place."""
    if RESERVED in value:
        return RESERVED_BY[value[RESERVED]].say(lang)
    left = value.get(LEFT)
    if left is None or isinstance(left, Mapping):
        return NOT_TOLD.say(lang)
    if value[MASKED] == REGION:
        return "; ".join(region_name(code, lang) for code in left)
    return "; ".join(left) if value[MASKED] == INITIALS else _band(value[MASKED], str(left), lang)


def region_name(code: str, lang: str) -> str:
    """What a region of UN M49 is called; "003" is the north without its middle and the Caribbean."""
    if code == "003":
        return _NORTH.say(lang)
    return str(Locale("es" if lang.startswith("es") else "en").territories.get(code, code))


def _band(mask: str, band: str, lang: str) -> str:
    if band == UNKNOWN:
        return _UNKNOWN_AGE.say(lang)
    first, dash, last = band.partition("-")
    told = _BAND.say(lang).format(first, last) if dash else first
    if band.endswith("+"):
        told = _OR_MORE.say(lang).format(band[:-1])
    return _YEARS.say(lang).format(told) if mask == AGE_BAND else told
