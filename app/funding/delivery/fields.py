"""How are the short texts and whole numbers of these forms read from what was typed?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from app.calls.fields import Typed, WordsField
from app.formats.numbers import NotANumber, read_number
from app.web import locale

MOST_PEOPLE = 9999


class ShortField(WordsField):
    """A text of at most so many characters."""

    def __init__(self, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def read(self, text: str) -> str:
        cleaned = super().read(text)
        if len(cleaned) > self.most:
            raise ValueError(_("Write at most %(most)s characters.", most=self.most))
        return cleaned


class HowManyField(Typed):
    """How many people or answers: a whole number, nothing where nothing is written."""

    def read(self, text: str) -> int:
        try:
            found = read_number(text, locale.locale(), places=0)
        except NotANumber:
            found = Decimal(-1)
        if not 0 <= found <= MOST_PEOPLE:
            raise ValueError(_("Write a whole number, for example 12."))
        return int(found)

    def nothing(self) -> int:
        return 0


class AverageField(Typed):
    """A figure with two decimals at most; None where nothing is written."""

    def read(self, text: str) -> Decimal:
        try:
            return read_number(text, locale.locale(), places=2)
        except NotANumber:
            raise ValueError(_("Write a figure with two decimals at most.")) from None
