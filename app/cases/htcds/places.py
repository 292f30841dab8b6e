"""Where in the Common Format does an answer stand that HTCDS keeps in a column, and the other way round?

The format itself says which columns say the same (`maps`); this reads it. What says only nearly the same ("~") leads
nowhere: nothing leaves or arrives as something else than it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from app.cases.htcds.standard import Item, standard
from app.formats.spec import Field, Format

CASE, PERSONS, VICTIMS, EVENTS, SUSPECTS = "", "persons", "trafficking", "legs", "suspects"
"""Tables of the format; "" for answers of the case as a whole."""
VICTIM = "victim_local_id"
"""The cell by which a row on trafficking names its person."""
MARK, STRICTEST = "tlp", "RED"
"""What came from elsewhere is marked for the named recipients alone until somebody says otherwise."""
CRIME, TRAFFICKING = "crime_type", ("TIP",)
"""Of what a sheet of victims speaks. Without it the form would not ask what the rows answer."""

_ELSEWHERE = frozenset({
    ("hte_Country", "legs.from_country"), ("hte_City", "legs.from_point"),  # an event is one place: where a leg ends
    ("hte_State", "detection_admin1"), ("hte_City", "detection_place"),  # detection is no event of the standard
    ("cas_CaseOwner", "focal_point"),  # an account of Enlace, of which nobody else knows
})  # fmt: skip
"""What the format maps and is one of several things: it would not come back as it left."""

CODES: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "consent": {"GIVEN": "TRUE", "REFUSED": "FALSE"},
    "leg_kind": {"RECRUITMENT": "Recruitment", "TRANSIT": "Transit", "EXPLOITATION": "Exploitation"},
    "languages": {
        "es": "spa", "en": "eng", "fr": "fra", "pt": "por", "ht": "hat", "nah": "nah", "sgn": "sgn", "zh": "zho",
        "hi": "hin", "ne": "nep", "bn": "ben", "ur": "urd", "pa": "pan", "ta": "tam", "ar": "ara", "fa": "fas",
        "ps": "pus", "so": "som", "am": "amh", "ti": "tir", "ln": "lin", "wo": "wol", "ru": "rus", "uz": "uzb",
        "vi": "vie",
    },
})  # fmt: skip
"""Codes of the format that HTCDS says otherwise. Of other lists a code is the same in both, or only in one."""
_ALSO = {"fre": "fr", "chi": "zh", "per": "fa"}
"""Codes of languages in libraries (ISO 639-2/B) -> ours."""


@dataclass(frozen=True)
class Place:
    """An answer in the format, and the column that says the same."""

    table: str
    field: Field
    item: Item
    part: int = 0
    """Which of several columns an answer is spread over, from 0."""

    @property
    def key(self) -> str:
        return self.field.key

    @property
    def is_sealed(self) -> bool:
        """Whether it is personal or secret, and so goes into no spreadsheet and comes out of none."""
        return self.field.klass.is_sealed

    @property
    def is_language(self) -> bool:
        return self.field.codes is not None and self.field.codes.key == "languages"

    def theirs(self, code: str) -> str | None:
        """The code of the standard that says exactly what ours does."""
        if self.field.codes is not None and self.field.codes.key in CODES:
            return CODES[self.field.codes.key].get(code)
        return code if code in self.item.codes else None

    def ours(self, code: str) -> str | None:
        """The code of the format that says exactly what theirs does."""
        if self.field.codes is None:
            return code
        pairs = CODES.get(self.field.codes.key)
        if pairs is None:
            return code if code in self.field.codes else None
        found = next((ours for ours, theirs in pairs.items() if theirs == code), None)
        return found or (self._language(code) if self.is_language else None)

    def _language(self, code: str) -> str | None:
        known = _ALSO.get(code, code)
        return known if self.field.codes is not None and known in self.field.codes else None


@lru_cache(maxsize=4)
def places(form: Format) -> tuple[Place, ...]:
    """Every place that says exactly what a column says, in the order of the standard."""
    order = {item.name: at for at, item in enumerate(standard().items)}
    return tuple(sorted(_places(form), key=lambda place: order[place.item.name]))


def _places(form: Format) -> Iterator[Place]:
    for field in form.fields:
        yield from _of_field(CASE, field)
        for cell in field.cells:
            yield from _of_field(field.key, cell)


def _of_field(table: str, field: Field) -> Iterator[Place]:
    path = f"{table}.{field.key}" if table else field.key
    names = [
        name for name in field.maps if name in standard().by_name and (name, path) not in _ELSEWHERE
    ]
    for part, name in enumerate(names):
        yield Place(table, field, standard().by_name[name], part)


def column_places(form: Format, name: str) -> tuple[Place, ...]:
    """The places of a column, in all tables."""
    return tuple(place for place in places(form) if place.item.name == name)
