"""Which values can an answer of each kind have? Strategies for properties, and a field for each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from app.formats.cleaning import UnfitText, clean
from app.formats.countries import country_names
from app.formats.kinds.length import MOST_HOURS
from app.formats.spec import Field
from tests.formats.documents import codes, field

CODES = ("a", "b", "c")


def _clean_text(longest: int, *, lines: bool = False) -> st.SearchStrategy[str]:
    def keep(text: str) -> str:
        try:
            return clean(text, lines=lines)
        except UnfitText:
            return ""

    texts = st.text(max_size=longest).map(keep)
    return texts.filter(lambda text: bool(text) and len(text) <= longest)


def _shortest(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _decimals(most: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(min_value=0, max_value=most, places=2, allow_nan=False)


@st.composite
def _durations(draw: st.DrawFn) -> dict[str, Any]:
    unit = draw(st.sampled_from(["days", "weeks"]))
    hours = draw(st.integers(1, MOST_HOURS[unit] * 100))
    value = {
        "unit": unit,
        "count": draw(st.integers(1, 104)),
        "hours": _shortest(Decimal(hours) / 100),
    }
    missing = draw(st.sets(st.sampled_from(["unit", "count", "hours"]), max_size=2))
    return {key: None if key in missing else part for key, part in value.items()}


_DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))
_SOME_CODES = st.sets(st.sampled_from(CODES), min_size=1).map(sorted)
_COUNTRIES = sorted(country_names("en"))
_REFERENCES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,30}", fullmatch=True)

_IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,30}", fullmatch=True)

OPTIONS: dict[str, dict[str, Any]] = {
    "choice": {"codes": codes(*CODES)},
    "choices": {"codes": codes(*CODES)},
    "code_with_detail": {"codes": codes(*CODES)},
    "derived": {"options": {"formula": "participants", "from": "table"}},
    "rows": {"cells": [{"key": "n", "kind": "integer", "label": {"es": "N", "en": "N"}}]},
}

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": _clean_text(300),
    "long_text": _clean_text(400, lines=True),
    "texts": st.lists(_clean_text(30), min_size=1, max_size=5),
    "integer": st.integers(0, 999_999_999),
    "decimal": _decimals(999_999_999).map(_shortest),
    "money": _decimals(999_999_999_999).map("{:.2f}".format),
    "date": _DATES.map(date.isoformat),
    "partial_date": st.tuples(_DATES, st.sampled_from([4, 7, 10])).map(
        lambda pair: pair[0].isoformat()[: pair[1]]
    ),
    "choice": st.sampled_from(CODES),
    "choices": _SOME_CODES,
    "code_with_detail": st.fixed_dictionaries(
        {"code": st.sampled_from(CODES), "detail": st.none() | _clean_text(40)}
    ),
    "yes_no": st.booleans(),
    "country": st.sampled_from(_COUNTRIES),
    "countries": st.sets(st.sampled_from(_COUNTRIES), min_size=1).map(sorted),
    "reference": _REFERENCES,
    "row_ref": _IDS,
    "row_refs": st.sets(_IDS, min_size=1, max_size=4).map(sorted),
    "units": st.sets(_IDS, min_size=1, max_size=4).map(sorted),
    "officer": _IDS,
    "duration": _durations().filter(lambda value: any(value.values())),
    "files": st.lists(_REFERENCES, min_size=1, max_size=5, unique=True),
}
"""Name of a kind -> values as they are kept."""


def asked(kind: str) -> Field:
    """A field of the kind with what it needs."""
    return field(kind, **OPTIONS.get(kind, {}))


FIELDS: dict[str, Field] = {}


def field_of(kind: str) -> Field:
    """The same field for every example of a property."""
    if kind not in FIELDS:
        FIELDS[kind] = asked(kind)
    return FIELDS[kind]
