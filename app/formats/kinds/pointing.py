"""Which answers point at a row of the same record, a unit or a person? What they are called comes from outside.

Whoever draws or shows them binds their field first (see bound.py), so that `codes` are what may be chosen.
Without that any well-formed id is taken, and one that points nowhere is found by `completeness.problems`.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from app.formats.kinds.base import BadAnswer, Kind, Value, one
from app.formats.kinds.coded import NOT_IN_LIST
from app.formats.words import N_

if TYPE_CHECKING:
    from app.formats.spec import Field

TOO_MANY_CHOSEN = N_("Choose at most %(max)s here.")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


class PointersKind(Kind):
    """Several ids. Kept as list[str] in alphabetical order, each once."""

    allows: ClassVar = MappingProxyType({"max": int})

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        chosen = sorted({each.strip() for each in raw} - {""})
        for each in chosen:
            if not _ID.fullmatch(each) or (field.codes and each not in field.codes):
                raise BadAnswer(NOT_IN_LIST)
        most = int(field.options.get("max", 100))
        if len(chosen) > most:
            raise BadAnswer(TOO_MANY_CHOSEN, max=most)
        return chosen or None

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        return list(value or [])

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        return "; ".join(_label(each, field, lang) for each in value or [])

    def holds(self, value: Value) -> frozenset[str]:
        return frozenset(value or [])


class PointerKind(PointersKind):
    """One id. Kept as str."""

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        chosen = super().load([one(raw)], field, locale)
        return chosen[0] if chosen else None

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        return [] if value is None else [value]

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        return "" if value is None else _label(value, field, lang)

    def holds(self, value: Value) -> frozenset[str]:
        return frozenset() if value is None else frozenset({value})


class RowRefKind(PointerKind):
    """A row of the table `to`."""

    name = "row_ref"
    allows = MappingProxyType({"to": str})
    points_at_rows = True


class RowRefsKind(PointersKind):
    """Several rows of the table `to`."""

    name = "row_refs"
    allows = MappingProxyType({"to": str, "max": int})
    points_at_rows = True


class UnitsKind(PointersKind):
    """Several named units of delegations."""

    name = "units"


class OfficerKind(PointerKind):
    """A colleague, by the id of the person."""

    name = "officer"
    allows = MappingProxyType({})


def _label(each: str, field: Field, lang: str) -> str:
    """What an id is called; one that is not known where it is shown is not shown as an id."""
    known = field.codes.get(each) if field.codes else None
    return known.label.say(lang) if known else "…"
