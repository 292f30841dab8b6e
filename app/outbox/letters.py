"""What does a message say, to this person in this language?

Templates are ours and trusted; what is put into them is only ever text. A sandbox stands around both
all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import dates, numbers
from jinja2 import FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from app.formats.dates import in_words
from app.outbox.recipients import Addressee
from app.policy.actor import locale_of

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "mail"
LANGUAGES = ("es", "en")
LONGEST_SUBJECT = 200
HOME_ZONE = "America/Panama"


class BadLetter(ValueError):
    """The letter would break out of its headers, or says nothing."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What is sent: plain text."""

    to: str
    name: str
    lang: str
    subject: str
    body: str


def write(kind: str, given: Mapping[str, Any], recipient: Addressee, base_url: str) -> Letter:
    """The letter of a kind. Raises BadLetter, or what jinja2 raises for a template with a mistake.

    A variable `path` becomes `{{ link }}`, an address of this installation.
    """
    lang = recipient.lang if recipient.lang in LANGUAGES else LANGUAGES[0]
    path = given.get("path", "/")
    context = {
        **given,
        "name": recipient.name,
        "lang": lang,
        "zone": getattr(recipient, "zone", HOME_ZONE),
        "base_url": base_url,
        "link": base_url.rstrip("/") + path,
    }
    text = _environment.get_template(f"{kind}.{lang}.txt").render(context)
    subject, _, body = text.strip().partition("\n")
    refuse_breaks(subject, recipient.email, recipient.name)
    if not subject.strip() or not body.strip():
        raise BadLetter("a letter needs a subject and a text")
    layout = _environment.get_template(f"layout.{lang}.txt")
    return Letter(
        to=recipient.email,
        name=recipient.name,
        lang=lang,
        subject=subject.strip()[:LONGEST_SUBJECT],
        body=layout.render(context, text=body.strip()).strip() + "\n",
    )


def refuse_breaks(*headers: str) -> None:
    """Raise BadLetter for a header that would become two."""
    for header in headers:
        if any(ord(letter) < 32 or letter in "\x7f\x85\u2028\u2029" for letter in header):
            raise BadLetter("a header cannot hold a line break or control character")


@pass_context
def _instant(context: Context, value: datetime, zone: str | None = None) -> str:
    chosen = zone or context["zone"]
    local = value.astimezone(ZoneInfo(chosen))
    locale = locale_of(context["lang"], None)
    day = in_words(local.date(), "long", locale)
    place = dates.get_timezone_location(chosen, locale=locale, return_city=True)
    return f"{day}, {local:%H:%M} ({place})"


@pass_context
def _day(context: Context, value: date) -> str:
    return in_words(value, "long", locale_of(context["lang"], None))


@pass_context
def _number(context: Context, value: int | Decimal) -> str:
    return numbers.format_decimal(value, locale=locale_of(context["lang"], None))


_environment = ImmutableSandboxedEnvironment(
    loader=FileSystemLoader(FOLDER),
    undefined=StrictUndefined,
    autoescape=False,  # plain text has nothing to escape
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_environment.filters.update(instant=_instant, day=_day, number=_number)
