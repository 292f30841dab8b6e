"""Which answers point at a row of the same record, a unit or a person? What they are called comes from outside.

Whoever draws or shows them binds their field first (see bound.py), so that `codes` are what may be chosen.
Without that any well-formed id is taken, and one that points nowhere is found by `completeness.problems`.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from app.formats.kinds.base import BadAnswer, Value, one
from app.formats.kinds.coded import NOT_IN_LIST, OneKind, SeveralKind
from app.formats.words import N_

if TYPE_CHECKING:
    from app.formats.spec import Field

TOO_MANY_CHOSEN = N_("Choose at most %(max)s here.")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


def _ids(raw: list[str], field: Field) -> list[str]:
    """The ids that were chosen, in alphabetical order, each once. Raises BadAnswer."""
    chosen = sorted({each.strip() for each in raw} - {""})
    for each in chosen:
        if not _ID.fullmatch(each) or (field.codes and each not in field.codes):
            raise BadAnswer(NOT_IN_LIST)
    most = int(field.options.get("max", 100))
    if len(chosen) > most:
        raise BadAnswer(TOO_MANY_CHOSEN, max=most)
    return chosen


class _Pointing:
    """What points somewhere; where that is not known, its id is not shown."""

    def called(self, code: str, field: Field, lang: str) -> str:
        known = field.codes.get(code) if field.codes else None
        return known.label.say(lang) if known else "…"


class PointersKind(_Pointing, SeveralKind):
    """Several ids, in alphabetical order."""

    allows: ClassVar = MappingProxyType({"max": int})

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        return _ids(raw, field) or None


class PointerKind(_Pointing, OneKind):
    """One id."""

    allows: ClassVar = MappingProxyType({"max": int})

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        return next(iter(_ids([one(raw)], field)), None)


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
