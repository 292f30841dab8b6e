"""How does a region write a date, and which day did somebody there write?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date

from app.formats.words import N_

FIRST_YEAR, LAST_YEAR = 1900, 2199
_LITTLE_WORDS = frozenset({"de", "del", "of", "the", "th", "st", "nd", "rd", "el"})


EXAMPLE = date(2004, 5, 24)
"""The day the liaison network's recommendations of Panama reached the members' desks."""

DATE_EXPECTED = N_(
    "Write a date with a year of four figures, for example %(example)s, or the month in words."
)
NO_SUCH_YEAR = N_(
    "This year is out of what is possible: it is expected between %(first)s and %(last)s."
)
NO_SUCH_DAY = N_("%(written)s does not exist. Check the day, the month and the year.")
TWO_DAYS = N_(
    "%(written)s could be %(first)s or %(second)s. Write the month in words, or begin with the year: %(iso)s."
)


class NotADate(ValueError):
    """The text is no date, or could be read as two different days."""

    def why(self, locale: str) -> tuple[str, dict[str, Any]]:
        """The sentence to translate that says what is wrong, and what it mentions: figures, no words."""
        return DATE_EXPECTED, {"example": write_date(EXAMPLE, locale)}


class NoSuchYear(NotADate):
    """A year of four figures in which nothing that is asked can have been."""

    def why(self, locale: str) -> tuple[str, dict[str, Any]]:
        return NO_SUCH_YEAR, {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}


class NoSuchDay(NotADate):
    """Day, month and year can be read, and the calendar has no such day."""

    def __init__(self, year: int, month: int, day: int) -> None:
        super().__init__("no such day")
        self.year, self.month, self.day = year, month, day

    def why(self, locale: str) -> tuple[str, dict[str, Any]]:
        return NO_SUCH_DAY, {"written": _written(self.year, self.month, self.day, locale)}


class TwoDays(NotADate):
    """Figures that are one day to some people of the region, and another day to others."""

    def __init__(self, year: int, first: int, second: int) -> None:
        super().__init__("two days")
        self.year, self.first, self.second = year, first, second

    def why(self, locale: str) -> tuple[str, dict[str, Any]]:
        days = (date(self.year, self.second, self.first), date(self.year, self.first, self.second))
        return TWO_DAYS, {
            "written": f"{self.first:02}/{self.second:02}/{self.year}", "iso": days[0].isoformat(),
            "first": say_date(days[0], locale), "second": say_date(days[1], locale),
        }  # fmt: skip


@lru_cache(maxsize=64)
def date_order(locale: str) -> str:
    """ "dmy", "mdy", or "unsure" where people write both and only a clear date is accepted.

    Unsure are Panama, Canada and Spanish in the United States: CLDR has one order for each, and
    many people there write the other.
    """
    parsed = Locale.parse(locale)
    if parsed.territory == "US":
        return "mdy" if parsed.language == "en" else "unsure"
    pattern = parsed.date_formats["short"].pattern
    return "dmy" if pattern.lower().startswith("d") else "unsure"


def write_date(day: date, locale: str) -> str:
    """The date for an input: 24/05/2004 where days come first, ISO where that could be misread."""
    return _written(day.year, day.month, day.day, locale)


def _written(year: int, month: int, day: int, locale: str) -> str:
    order = date_order(locale)
    if order == "unsure":
        return f"{year:04}-{month:02}-{day:02}"
    middle = f"{day:02}/{month:02}" if order == "dmy" else f"{month:02}/{day:02}"
    return f"{middle}/{year:04}"


def say_date(day: date, lang: str) -> str:
    """The date for reading, in words: "24 de mayo de 2004", "24 May 2004"."""
    if lang.startswith("es"):
        return format_date(day, "d 'de' MMMM 'de' y", locale="es")
    return format_date(day, "d MMMM y", locale="en")


def say_weekday(day: date, lang: str) -> str:
    """A day of a week that is at hand: "lunes 24 de mayo", "Monday 24 May"."""
    if lang.startswith("es"):
        return format_date(day, "EEEE d 'de' MMMM", locale="es")
    return format_date(day, "EEEE d MMMM", locale="en")


def in_words(day: date, length: str, locale: str) -> str:
    """A day of a page or a letter; in English as `say_date` writes it, and short ones with the month in letters
    in every country, whatever the region.

    `length` is "medium" (24 May 2004), "long" (24 May 2004, the month whole) or "full" (with the
    day of the week).
    """
    is_own = locale[:2] == "en" or length == "medium"
    return format_date(day, _PATTERNS[length] if is_own else length, locale=locale)


_PATTERNS = {"medium": "d MMM y", "long": "d MMMM y", "full": "EEEE, d MMMM y"}


def say_month(year: int, month: int, lang: str) -> str:
    """A month for reading: "mayo de 2004", "May 2004"."""
    pattern = "MMMM 'de' y" if lang.startswith("es") else "MMMM y"
    return format_date(date(year, month, 1), pattern, locale="es" if lang[:2] == "es" else "en")


def read_date(text: str, locale: str) -> date:
    """The day written in `text`: ISO, numbers in the region's order, or with the month in words.

    Raises NotADate for years of two figures, NoSuchDay, and TwoDays for numbers that could be two
    different days where the region uses both orders.
    """
    year, month, day = _parts(_tokens(text), locale)
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDay(year, month, day) from None


def read_partial_date(text: str, locale: str) -> str:
    """ "2004", "2004-05" or "2004-05-24", as much as was written. Raises NotADate."""
    tokens = _tokens(text)
    if len(tokens) == 1:
        return f"{_year(tokens[0]):04}"
    if len(tokens) == 2:
        first, second = tokens if len(tokens[1]) == 4 else (tokens[1], tokens[0])
        year, month = _year(second), _month(first)
        return f"{year:04}-{month:02}"
    return read_date(text, locale).isoformat()


def _tokens(text: str) -> list[str]:
    """Numbers and words of the text, without accents and little words."""
    plain = unicodedata.normalize("NFKD", text.strip().casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    if len(plain) > 40 or not re.fullmatch(r"[0-9a-z\s/.,ºª-]*", plain):
        raise NotADate
    return [each for each in re.findall(r"[0-9]+|[a-z]+", plain) if each not in _LITTLE_WORDS]


def _parts(tokens: list[str], locale: str) -> tuple[int, int, int]:
    """Year, month and day of three tokens."""
    if len(tokens) != 3:
        raise NotADate
    words = [each for each in tokens if each.isalpha()]
    if len(words) == 1 and tokens.index(words[0]) < 2:
        rest = [each for each in tokens if each != words[0]]
        years = [each for each in rest if len(each) == 4]
        if len(years) != 1 or tokens[1] == years[0]:
            raise NotADate
        rest.remove(years[0])
        return _year(years[0]), _month(words[0]), _number(rest[0])
    if words:
        raise NotADate
    if len(tokens[0]) == 4:
        return _year(tokens[0]), _number(tokens[1]), _number(tokens[2])
    year, first, second = _year(tokens[2]), _number(tokens[0]), _number(tokens[1])
    return (year, *_month_and_day(year, first, second, locale))


def _month_and_day(year: int, first: int, second: int, locale: str) -> tuple[int, int]:
    order = date_order(locale)
    if order == "dmy" or (order == "unsure" and (first > 12 or first == second)):
        return second, first
    if order == "mdy" or (order == "unsure" and second > 12):
        return first, second
    if 0 in (first, second):
        raise NoSuchDay(year, second, first)
    raise TwoDays(year, first, second)


def _number(token: str) -> int:
    if not token.isdigit() or len(token) > 2:
        raise NotADate
    return int(token)


def _year(token: str) -> int:
    if not token.isdigit() or len(token) != 4:
        raise NotADate
    if not FIRST_YEAR <= int(token) <= LAST_YEAR:
        raise NoSuchYear
    return int(token)


def _month(token: str) -> int:
    if token.isdigit():
        month = _number(token)
    else:
        month = _month_words().get(token, 0)
    if not 1 <= month <= 12:
        raise NotADate
    return month


@lru_cache(maxsize=1)
def _month_words() -> Mapping[str, int]:
    """Whole and short month names of the region's languages -> month."""
    found: dict[str, int] = {}
    for language in ("es", "en", "fr"):
        for width in ("wide", "abbreviated"):
            for month, name in Locale(language).months["format"][width].items():
                for token in _tokens(name):
                    found[token] = month
    return found | {"set": 9, "setiembre": 9}
