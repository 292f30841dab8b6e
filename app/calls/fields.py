"""How are the words, days and hours of a call's forms read from what was typed?"""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from flask_babel import gettext as _
from wtforms import Field

from app.formats.cleaning import UnfitText, clean
from app.formats.dates import NotADate, read_date
from app.web import locale

HOUR = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?P<half>[ap])?\s*\.?\s*(?P<m>m?)\.?", re.I
)


class Typed(Field):
    """A field whose one text is read by `read`; what was typed is kept for drawing it again."""

    def __init__(self, *, missing: Any = None, **options: Any) -> None:
        super().__init__(**options)
        self.missing = missing
        self.data: Any = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the first text posted under the name. Raises ValueError with what is wrong."""
        text = valuelist[0].strip() if valuelist else ""
        if text:
            self.data = self.read(text)
        elif self.missing:
            raise ValueError(str(self.missing))
        else:
            self.data = self.nothing()

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def nothing(self) -> Any:
        return None


class WordsField(Typed):
    """Text of one line, or of several; always a str."""

    def __init__(self, *, lines: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.lines = lines

    def read(self, text: str) -> str:
        try:
            return clean(text, lines=self.lines)
        except UnfitText:
            raise ValueError(
                _("The text holds a sign that cannot be kept. Type it anew.")
            ) from None

    def nothing(self) -> str:
        return ""


class DayField(Typed):
    """A day as the region writes it, in figures or with the month in words."""

    def read(self, text: str) -> date:
        try:
            return read_date(text, locale.locale())
        except NotADate as fault:
            message, params = fault.why(locale.locale())
            raise ValueError(_(message, **params)) from None


class HourField(Typed):
    """A time of day: 18:00, or 6 p.m."""

    def read(self, text: str) -> time:
        try:
            return read_hour(text)
        except ValueError:
            raise ValueError(_("Write the hour and the minutes, for example 18:00.")) from None


class CountField(Typed):
    """A whole number that the page itself had put there; anything else reads as 0."""

    def read(self, text: str) -> int:
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def nothing(self) -> int:
        return 0


class ManyField(Field):
    """The values of all boxes that were ticked."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = frozenset(valuelist)


def read_hour(text: str) -> time:
    """The time of day in a text. Raises ValueError."""
    found = HOUR.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    hour, minute, half = (
        int(found["hour"]),
        int(found["minute"] or 0),
        (found["half"] or "").lower(),
    )
    if bool(half) != bool(found["m"]) or (not half and found["minute"] is None):
        raise ValueError(text)
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute)
