"""Which answers are words? Text, long text and lists of texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from app.formats.cleaning import UnfitText, clean
from app.formats.kinds.base import BadAnswer, CellValue, Kind, Value, one
from app.formats.words import N_

if TYPE_CHECKING:
    from app.formats.spec import Field

UNFIT = N_(
    "This text holds signs that cannot be kept. Please type it again or paste it as plain text."
)
TOO_LONG = N_("Please shorten this text: it may have %(max)s characters and has %(length)s.")
TOO_MANY = N_("Write at most %(max)s texts here.")

LOOKS: Mapping[str, tuple[re.Pattern[str], str]] = MappingProxyType({
    "email": (re.compile(r"[^\s@,;]+@[^\s@,;.]+(\.[^\s@,;.]+)+"),
              N_("Write an e-mail address, for example unit@example.org.")),
    "phone": (re.compile(r"[+(\d](\D*\d){6,}.*"),
              N_("Write the telephone number in figures, for example +507 500 0000.")),
})  # fmt: skip
"""How a text may have to look -> what it must match, and the sentence where it does not."""


def fit(text: str, *, longest: int, lines: bool = False) -> str:
    """Clean text of at most `longest` characters. Raises BadAnswer."""
    try:
        body = clean(text, lines=lines)
    except UnfitText:
        raise BadAnswer(UNFIT) from None
    if len(body) > longest:
        raise BadAnswer(TOO_LONG, max=longest, length=len(body))
    return body


class TextKind(Kind):
    """One line of words. Kept as str."""

    name = "text"
    allows: ClassVar = MappingProxyType({"max": int, "looks": frozenset(LOOKS)})
    is_free_text = True
    lines: ClassVar[bool] = False
    longest: ClassVar[int] = 300

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        text = fit(one(raw), longest=self.limit(field), lines=self.lines)
        if text and (looks := field.options.get("looks")):
            pattern, message = LOOKS[looks]
            if not pattern.fullmatch(text):
                raise BadAnswer(message)
        return text or None

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        return [] if value is None else [value]

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        return value or ""

    def limit(self, field: Field) -> int:
        """The most characters the answer may have."""
        return int(field.options.get("max", self.longest))


class LongTextKind(TextKind):
    """Several lines of words. Kept as str with "\\n"."""

    name = "long_text"
    allows = MappingProxyType({"max": int})
    lines = True
    longest = 4000


class TextsKind(Kind):
    """A list of short texts, one to a line or input. Kept as list[str]."""

    name = "texts"
    allows = MappingProxyType({"max": int, "length": int})
    is_free_text = True

    def load(self, raw: list[str], field: Field, locale: str) -> Value:
        length = int(field.options.get("length", 300))
        lines = [line for each in raw for line in each.splitlines()]
        texts = [text for text in (fit(line, longest=length) for line in lines) if text]
        most = int(field.options.get("max", 20))
        if len(texts) > most:
            raise BadAnswer(TOO_MANY, max=most)
        return texts or None

    def dump(self, value: Value, field: Field, locale: str) -> list[str]:
        return list(value or [])

    def show(self, value: Value, field: Field, lang: str, locale: str) -> str:
        return "\n".join(value or [])

    def cell(self, value: Value, field: Field, lang: str) -> CellValue:
        return "; ".join(value or []) or None
