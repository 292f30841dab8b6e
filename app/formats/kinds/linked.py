"""Which answers point elsewhere or are made by the program? References, files, derived, automatic."""

from __future__ import annotations

import re
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from app.formats.kinds.base import NEVER_TYPED, BadAnswer, CellValue, Kind, Value, one
from app.formats.numbers import write_number
from app.formats.words import FILE, FILES, N_, NO, YES

if TYPE_CHECKING:
    from app.formats.spec import Field

NO_SUCH_REFERENCE = N_("This reference does not have the right form.")
TOO_MANY_FILES = N_("Attach at most %(max)s files here.")

_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}")


def _reference(text: str) -> str:
    if not _REFERENCE.fullmatch(text):
        raise BadAnswer(NO_SUCH_REFERENCE)
    return text


class ReferenceKind(Kind):
    """The reference of another record. Kept as str; whether it exists is asked where it is used."""

    name = "reference"
    allows = MappingProxyType({"to": str})

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        text = one(raw)
        return _reference(text) if text else None

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        return [] if value is None else [value]

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        return value or ""


class FilesKind(Kind):
    """Attached files. Kept as list[str] of their ids, in the order attached."""

    name = "files"
    allows = MappingProxyType({"max": int})

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        named = [_reference(each.strip()) for each in raw if each.strip()]
        ids = list(dict.fromkeys(named))
        most = int(field.options.get("max", 20))
        if len(ids) > most:
            raise BadAnswer(TOO_MANY_FILES, max=most)
        return ids or None

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        return list(value or [])

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        if not value:
            return ""
        return f"{len(value)} {(FILE if len(value) == 1 else FILES).say(lang)}"

    def cell(self, value: Value, field: Field, lang: str) -> CellValue:
        return len(value) if value else None


class AutomaticKind(Kind):
    """Something Enlace writes, such as a reference or a form version. Never typed."""

    name = "automatic"
    allows: ClassVar = MappingProxyType({"sequence": str})
    is_asked: ClassVar[bool] = False

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        raise BadAnswer(NEVER_TYPED)

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        return []

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        return "" if value is None else _words(value, field, lang) or str(value)


class DerivedKind(AutomaticKind):
    """What is computed from other answers (see derived.py): a number, yes or no, or a code of `codes`.

    Kept nowhere, computed when asked.
    """

    name = "derived"
    allows = MappingProxyType({"formula": str, "from": str})
    is_number = True

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        if value is None:
            return ""
        words = _words(value, field, lang)
        return write_number(Decimal(value), locale, places=2) if words is None else words

    def cell(self, value: Value, field: Field, lang: str) -> CellValue:
        if value is None:
            return None
        words = _words(value, field, lang)
        if words is not None:
            return words
        return value if isinstance(value, int) else Decimal(value)

    def holds(self, value: Value) -> frozenset[str]:
        if isinstance(value, bool):
            return frozenset({"yes" if value else "no"})
        return frozenset() if value is None else frozenset({str(value)})


def _words(value: Value, field: Field, lang: str) -> str | None:
    """What is computed as words; None for a number."""
    if isinstance(value, bool):
        return (YES if value else NO).say(lang)
    return field.codes.label(value, lang) if field.codes else None
