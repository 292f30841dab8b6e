"""How are numbers, dates and instants written for this reader?"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers
from flask import g

from app import clock
from app.formats.dates import in_words, say_weekday
from app.formats.numbers import write_number
from app.policy.actor import locale_of
from app.web.language import LANGUAGES as LANGUAGES
from app.web.language import lang as lang
from app.web.sentences import gettext as _


def locale() -> str:
    """The CLDR id by which numbers and dates are written and read."""
    actor = g.get("actor")
    return _locale_of(lang(), actor.country if actor else None)


_locale_of = cache(locale_of)
"""Asked for every figure of a page."""


def zone() -> str:
    return g.get("zone") or "America/Panama"


def zone_info() -> ZoneInfo:
    """The reader's time zone."""
    return ZoneInfo(zone())


def today() -> date:
    """The day it is on the reader's clocks."""
    return clock.now().astimezone(zone_info()).date()


def show_number(value: int | float | Decimal | None) -> str:
    return "" if value is None else numbers.format_decimal(value, locale=locale())


def show_money(value: Decimal | None) -> str:
    """An amount with its cents: 18,400.50."""
    return "" if value is None else write_number(value, locale(), places=2, least=2)


def show_date(value: date | None) -> str:
    """A day in words: 24 de mayo de 2004. Of a moment, the day that it was on the reader's clocks."""
    return "" if value is None else _day_in_words(_day_of(value), "long", locale())


def show_iso_date(value: str | None) -> str:
    """A day that is kept as text, in words."""
    return show_date(date.fromisoformat(value)) if value else ""


def show_short_date(value: date | None) -> str:
    """A day in a table: 24 may 2004."""
    return "" if value is None else in_words(_day_of(value), "medium", locale())


def _day_of(value: date) -> date:
    return value.astimezone(zone_info()).date() if isinstance(value, datetime) else value


def show_weekday(value: date) -> str:
    """A day among others of its weeks: lunes 24 de mayo."""
    return say_weekday(value, lang())


def show_instant(value: datetime | None, in_zone: str | None = None) -> str:
    """A moment in words, in a zone that is named beside it by the caller: 24 de mayo de 2004, 09:00."""
    if value is None:
        return ""
    local = value.astimezone(ZoneInfo(in_zone or zone()))
    day = _day_in_words(local.date(), "long", locale())
    return f"{day}, {local:%H:%M}"


@lru_cache(4096)
def _day_in_words(day: date, length: Literal["long", "full"], locale: str) -> str:
    return in_words(day, length, locale)


@lru_cache(1024)
def _city(zone_name: str, locale: str) -> str:
    return dates.get_timezone_location(zone_name, locale=locale, return_city=True)


def show_moment(value: datetime) -> str:
    """When something was saved: the hour, and the day where it was not today."""
    local, today = value.astimezone(zone_info()), clock.now().astimezone(zone_info()).date()
    if local.date() == today:
        return f"{local:%H:%M}"
    return f"{in_words(local.date(), 'medium', locale())}, {local:%H:%M}"


def show_clock(value: datetime) -> str:
    return f"{value.astimezone(ZoneInfo(zone())):%H:%M}"


def place_of(zone_name: str) -> str:
    """The city by which a zone is named for people: Panamá, Tegucigalpa."""
    return _city(zone_name, locale())


def show_deadline(value: datetime, stated_zone: str) -> str:
    """A deadline in its stated zone, and in the reader's own where that differs.

    For example "viernes, 28 de mayo de 2004, 18:00 (Panamá) · 17:00 (Tegucigalpa)".
    """
    return _deadline(value, stated_zone, zone(), locale())


@lru_cache(1024)
def _deadline(value: datetime, stated_zone: str, own_zone: str, locale: str) -> str:
    """Kept by all that decides it: every page of a draft says the same deadline."""
    there, here = value.astimezone(ZoneInfo(stated_zone)), value.astimezone(ZoneInfo(own_zone))
    day = _day_in_words(there.date(), "full", locale)
    text = _("%(day)s at %(time)s (%(place)s)", day=day, time=f"{there:%H:%M}",
             place=_city(stated_zone, locale))  # fmt: skip
    if there.utcoffset() == here.utcoffset():
        return text
    other = f"{here:%H:%M}" if here.date() == there.date() else show_instant(value)
    return _("%(text)s · %(time)s (%(place)s)", text=text, time=other,
             place=_city(own_zone, locale))  # fmt: skip


def country_name(code: str | None) -> str:
    """A country's short name in the reader's language."""
    return Locale.parse(locale(), sep="_").territories.get(code or "", code or "")
