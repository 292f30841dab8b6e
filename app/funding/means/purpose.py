"""What is a course about, for whom is it and when, on the paper of its sponsor?

It says what the course's sheet says and no more: countries, host and place by name only where they agreed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from app.documents.shown import Shown
from app.formats.countries import country_names
from app.formats.spec import Text
from app.funding.courses.lists import THEMES

MOST_THEMES = 3
"""So many themes of a course are told by name; further ones are counted."""
THEMES_MORE = (
    Text("{themes}", "{themes}"),
    Text("{themes}; y un tema más", "{themes}; and one more theme"),
    Text("{themes}; y {n} temas más", "{themes}; and {n} more themes"),
)
SERVES = (
    Text("Atiende a {seats} de los {asked} participantes que pide {countries}",
         "Serves {seats} of the {asked} participants for whom {countries} asks"),
    Text("Atiende a {seats} de los {asked} participantes que piden {countries}",
         "Serves {seats} of the {asked} participants for whom {countries} ask"),
)  # fmt: skip
UNNAMED = (
    Text("un país que no se nombra", "one country that is not named"),
    Text("{n} países que no se nombran", "{n} countries that are not named"),
)
AND = Text(" y ", " and ")
DATES, ONE_DAY = (
    Text("Del {first} al {last}", "From {first} to {last}"),
    Text("El {first}", "On {first}"),
)
NO_DATES = Text("Aún sin fechas", "No dates yet")
DAYS = (Text("un día de instrucción", "one day of instruction"),
        Text("{n} días de instrucción", "{n} days of instruction"))  # fmt: skip
HOST = Text("Sede: {host}", "Host: {host}")
UNNAMED_HOST = Text("Sede conocida, que no se nombra", "The host is known, and not named")
NO_HOST = Text("Aún sin sede", "No host yet")
DECIDE_BY = Text("Último día para aportes: {day}", "Last day for pledges: {day}")


def purpose(content: dict[str, Any], lang: str, shown: Shown) -> str:
    """A course in a few sentences."""
    return ". ".join(_said(content, lang, shown)) + "."


def _said(content: dict[str, Any], lang: str, shown: Shown) -> Iterator[str]:
    if content["themes"]:
        yield themes_told(content["themes"], lang, shown)
    yield SERVES[content["countries_count"] > 1].say(lang).format(
        seats=shown.number(content["seats"]), countries=_countries(content, lang, shown),
        asked=shown.number(content["seats"] + content["waiting"]),
    )  # fmt: skip
    yield "; ".join(_when(content, lang, shown))
    yield _host(content, lang)
    if content["decide_by"]:
        yield DECIDE_BY.say(lang).format(day=_day(content["decide_by"], shown))


def themes_told(themes: Sequence[str], lang: str, shown: Shown, most: int = MOST_THEMES) -> str:
    """So many of the themes by name, and how many more there are."""
    told = "; ".join(THEMES.label(theme, lang) for theme in themes[:most])
    further = max(len(themes) - most, 0)
    return THEMES_MORE[min(further, 2)].say(lang).format(themes=told, n=shown.number(further))


def _countries(content: dict[str, Any], lang: str, shown: Shown) -> str:
    """Those that agreed by name, and how many others there are."""
    names = country_names(lang)
    told = sorted(names.get(code, code) for code in content["countries"])
    others = content["countries_count"] - len(told)
    if others:
        told.append(UNNAMED[others > 1].say(lang).format(n=shown.number(others)))
    return AND.say(lang).join(filter(None, (", ".join(told[:-1]), *told[-1:])))


def _when(content: dict[str, Any], lang: str, shown: Shown) -> Iterator[str]:
    first, last = content["starts_on"], content["ends_on"]
    if first and last and first != last:
        yield DATES.say(lang).format(first=_day(first, shown), last=_day(last, shown))
    elif first or last:
        yield ONE_DAY.say(lang).format(first=_day(first or last, shown))
    else:
        yield NO_DATES.say(lang)
    if content["days"]:
        yield DAYS[content["days"] > 1].say(lang).format(n=shown.number(content["days"]))


def _host(content: dict[str, Any], lang: str) -> str:
    if content["host"]:
        place = f"{content['host'][lang]}, {content['place']}".rstrip(", ")
        return HOST.say(lang).format(host=place)
    return (UNNAMED_HOST if content["has_host"] else NO_HOST).say(lang)


def _day(day: str, shown: Shown) -> str:
    return shown.long_date(date.fromisoformat(day))
