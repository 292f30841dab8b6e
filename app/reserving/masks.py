"""What is left of an answer that may be told in part? The year, an age band, a region, initials, a band."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from app.formats import ages
from app.formats.hidden import is_hidden
from app.formats.in_part import (
    AGE_BAND,
    COUNT_BAND,
    INITIALS,
    REGION,
    UNKNOWN,
    YEAR,
    in_part,
    mask_of,
)
from app.formats.regions import REGIONS
from app.formats.spec import Field

FITS: Mapping[str, frozenset[str]] = MappingProxyType({
    YEAR: frozenset({"date", "partial_date"}),
    AGE_BAND: frozenset({"date", "partial_date", "integer"}),
    REGION: frozenset({"country", "countries"}),
    INITIALS: frozenset({"text", "texts"}),
    COUNT_BAND: frozenset({"integer", "decimal"}),
})  # fmt: skip
"""Mask -> the kinds of answers it can coarsen."""

AS_COARSE: Mapping[str, frozenset[str]] = MappingProxyType({
    AGE_BAND: frozenset({"age_band", "is_minor"}),
    REGION: frozenset({"region_of_origin", "extracontinental"}),
})  # fmt: skip
"""Mask -> formulas that tell no more of their source than what the mask leaves of it."""

_COUNTS = ((0, 0), (1, 1), (2, 4), (5, 9), (10, 24), (25, 49))
_MANY = "50+"
_WORLD = "001"


def fits(mask: str, field: Field) -> bool:
    """Whether the mask can coarsen answers to this question."""
    return field.kind.name in FITS.get(mask, frozenset())


def masked(mask: str, value: Any, on: str | None = None) -> dict[str, Any] | None:
    """The answer through the mask; None for one that was coarsened in another way before.

    `on` is the (partial) day at which an age is told. A sealed answer is not looked at.
    """
    before = mask_of(value)
    if before is not None:
        return value if before == mask else None
    return in_part(mask) if is_hidden(value) else in_part(mask, _MASKS[mask](value, on))


def _year(value: Any, _on: str | None) -> str:
    return str(value)[:4]


def _age_band(value: Any, on: str | None) -> str:
    span = (value, value) if isinstance(value, int) else ages.ages(value, on)
    return ages.band_of(span) or UNKNOWN


def _region(value: Any, _on: str | None) -> list[str]:
    return sorted({REGIONS.get(code, _WORLD) for code in _each(value)})


def _initials(value: Any, _on: str | None) -> list[str]:
    return [
        " ".join(f"{word[0].upper()}." for word in text.split() if word[0].isalnum())
        for text in _each(value)
    ]


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _count_band(value: Any, _on: str | None) -> str:
    for first, last in _COUNTS:
        if first <= int(float(value)) <= last:
            return str(first) if first == last else f"{first}-{last}"
    return _MANY


_MASKS: Mapping[str, Callable[[Any, str | None], Any]] = MappingProxyType({
    YEAR: _year, AGE_BAND: _age_band, REGION: _region, INITIALS: _initials, COUNT_BAND: _count_band,
})  # fmt: skip
