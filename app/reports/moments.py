"""As of which moment is a report asked for, and how is that moment said?"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from app import clock
from app.calls.fields import read_hour
from app.calls.local_time import SkippedTime, instant_of
from app.formats.dates import NotADate, in_words, read_date
from app.formats.words import N_
from app.web.errors import Refusal

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
NOT_YET = N_("That day has not come yet. A report can be as of today or of any day before.")
DAY_TOO = N_("Write the day to which this hour belongs.")
NO_HOUR = N_("Write the hour and the minutes, for example 18:00.")
HOUR_TO_COME = N_(
    "That moment has not come yet. A report can be as of now or of any moment before."
)
SKIPPED = N_(
    "On that day the clocks are put forward over this hour. Write %(instead)s, for example."
)
NOT_A_MOMENT = N_("This address names no moment. Open the figures again from the report.")


class Fields(NamedTuple):
    """What the inputs of a moment are called on a page."""

    day: str
    hour: str


AS_OF, SINCE = Fields("on", "at"), Fields("since_on", "since_at")
"""The moment of the figures, and the one they are compared with."""


def typed(day: str, hour: str, zone: str, locale: str, fields: Fields = AS_OF) -> datetime:
    """The moment that was typed on the clocks of `zone`: without an hour, the end of the day.

    Of an hour that the clocks show twice the later one. Raises Refusal at the input that is not
    right, also for the future.
    """
    if not hour:
        return end_of_day(day, zone, locale, fields.day)
    if not day:
        raise Refusal(DAY_TOO, field=fields.day)
    on = _day(day, zone, locale, fields.day)
    try:
        moment = instant_of(on, read_hour(hour), zone, later=True).instant
    except SkippedTime as skipped:
        raise Refusal(SKIPPED, field=fields.hour, instead=f"{skipped.instead:%H:%M}") from None
    except ValueError:
        raise Refusal(NO_HOUR, field=fields.hour) from None
    if moment > clock.now():
        raise Refusal(HOUR_TO_COME, field=fields.hour)
    return moment


def end_of_day(typed: str, zone: str, locale: str, field: str = AS_OF.day) -> datetime:
    """The end of the day that was typed, on the clocks of `zone`; for today the present moment.

    Raises Refusal for what is no day and for a day to come.
    """
    return min(_last_of(_day(typed, zone, locale, field), zone), clock.now())


def _day(typed: str, zone: str, locale: str, field: str) -> date:
    try:
        day = read_date(typed, locale)
    except NotADate as fault:
        message, params = fault.why(locale)
        raise Refusal(message, field=field, **params) from None
    if day > clock.now().astimezone(ZoneInfo(zone)).date():
        raise Refusal(NOT_YET, field=field)
    return day


def _last_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.max, ZoneInfo(zone)).astimezone(UTC)


def in_past(text: str, zone: str, locale: str) -> datetime:
    """The moment that an address names: exactly, or by a day, which is meant to its end in `zone`.

    Raises Refusal for any other text and for the future.
    """
    return end_of_day(text, zone, locale) if ISO_DAY.fullmatch(text) else exact(text)


def exact(text: str) -> datetime:
    """The moment in an address of ours. Raises Refusal for any other text and for the future."""
    try:
        moment = datetime.fromisoformat(text).astimezone(UTC) if text.endswith("Z") else None
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        raise Refusal(NOT_A_MOMENT, field="on")
    if moment > clock.now():
        raise Refusal(NOT_YET, field="on")
    return moment


def in_address(moment: datetime) -> str:
    """A moment as addresses of ours carry it, exact to the last figure."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def told(moment: datetime, zone: str, locale: str) -> str:
    """A moment in words with the place whose clocks show it: 24 de mayo de 2004, 09:00 (Panamá)."""
    local = moment.astimezone(ZoneInfo(zone))
    day = in_words(local.date(), "long", locale)
    return f"{day}, {local:%H:%M} ({get_timezone_location(zone, locale=locale, return_city=True)})"
