"""Which kinds of answers are there? One class each, and this table of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.formats.kinds.base import BadAnswer, CellValue, Kind, Value
from app.formats.kinds.calendar import DateKind, PartialDateKind
from app.formats.kinds.coded import (
    ChoiceKind,
    ChoicesKind,
    CodeWithDetailKind,
    CountriesKind,
    CountryKind,
    YesNoKind,
)
from app.formats.kinds.length import DurationKind, course_hours
from app.formats.kinds.linked import AutomaticKind, DerivedKind, FilesKind, ReferenceKind
from app.formats.kinds.numeric import DecimalKind, IntegerKind, MoneyKind
from app.formats.kinds.pointing import OfficerKind, RowRefKind, RowRefsKind, UnitsKind
from app.formats.kinds.table import RowsKind
from app.formats.kinds.words import LongTextKind, TextKind, TextsKind

__all__ = ["KINDS", "BadAnswer", "CellValue", "Kind", "Value", "course_hours"]

_ALL: tuple[Kind, ...] = (
    TextKind(),
    LongTextKind(),
    TextsKind(),
    IntegerKind(),
    DecimalKind(),
    MoneyKind(),
    DateKind(),
    PartialDateKind(),
    ChoiceKind(),
    ChoicesKind(),
    CodeWithDetailKind(),
    YesNoKind(),
    CountryKind(),
    CountriesKind(),
    ReferenceKind(),
    RowRefKind(),
    RowRefsKind(),
    UnitsKind(),
    OfficerKind(),
    DurationKind(),
    DerivedKind(),
    AutomaticKind(),
    RowsKind(),
    FilesKind(),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})
"""Name of a kind, as documents write it -> the kind."""
