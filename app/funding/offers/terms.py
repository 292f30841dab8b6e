"""What does an offer say, and what must it say before others read it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from app.formats.words import N_

HOST = "host"
ROLES = ("payer", "content", "technical", "fund_seeker")
"""What a sponsor can be in a training; a delegation's offer is to host."""
KINDS = ("one_time", "standing")
PROVIDERS = ("state", "igo", "ngo", "academia")
TITLE_LENGTH, TEXT_LENGTH = 200, 4000
TOO_LONG = N_("Write at most %(most)s characters.")
NOT_BEFORE = N_("The last day cannot be before the first.")
SMALLER = N_("The largest group is smaller than the smallest one.")


@dataclass(frozen=True)
class Line:
    """A cost line that is covered; no amount means as much as is needed."""

    line: str
    form: str
    amount: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """All that whoever offers says, under the names of the table's columns."""

    title: str
    kind: str = ""
    roles: tuple[str, ...] = ()
    text: str = ""
    provider_type: str = ""
    lang: str = "es"
    themes: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    level: str = ""
    seats_min: int | None = None
    seats_max: int | None = None
    countries: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    days: int | None = None
    hours_per_day: int | None = None
    window_from: date | None = None
    window_to: date | None = None
    valid_until: date | None = None
    amount: Decimal | None = None
    currency: str = ""
    last_spending_on: date | None = None
    nomination: str = ""
    vetting: str = ""
    ratio: str = ""
    rank: str = ""
    clearance: str = ""
    host_needed: bool | None = None
    materials: str = ""
    licence: str = ""
    certificate: str = ""
    prior_editions: str = ""
    contact: str = ""
    date_known: bool | None = None
    remind_on: date | None = None
    named_to_sponsors: bool | None = None
    lines: tuple[Line, ...] = field(default=())

    @property
    def is_hosting(self) -> bool:
        return self.roles == (HOST,)

    def columns(self) -> dict[str, Any]:
        """Column -> value, all but the lines."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name in NAMES
            for value in (getattr(self, name),)
        }

    def content(self) -> dict[str, Any]:
        """The same as JSON keeps it; days as text, figures as their exact digits."""
        return {name: _kept(value) for name, value in self.columns().items()}


NAMES = tuple(each.name for each in fields(Terms) if each.name != "lines")
DAYS = ("window_from", "window_to", "valid_until", "last_spending_on", "remind_on")
LISTS = ("roles", "themes", "profiles", "countries", "modalities", "languages")
FREE = ("text", "nomination", "vetting", "ratio", "rank", "clearance", "materials", "licence",
        "certificate", "prior_editions", "contact")  # fmt: skip
"""What is written in words of one's own."""


def of_record(record: Any, lines: Iterable[Any]) -> Terms:
    """The terms of a row of the table, with its lines."""
    values = {name: getattr(record, name) for name in NAMES}
    return _made(values, lines)


def of_content(content: Mapping[str, Any], lines: Iterable[Any]) -> Terms:
    """The terms that were kept with a move."""
    values = dict(content)
    for name in DAYS:
        values[name] = values[name] and date.fromisoformat(values[name])
    values["amount"] = None if values["amount"] is None else Decimal(values["amount"])
    return _made(values, lines)


def _made(values: dict[str, Any], lines: Iterable[Any]) -> Terms:
    for name in LISTS:
        values[name] = tuple(values[name])
    return Terms(
        **values,
        lines=tuple(Line(one.line, one.form, one.amount, one.currency) for one in lines),
    )


def _kept(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def lacking(terms: Terms, today: date) -> dict[str, str]:
    """Field -> the msgid of what is still asked there before the offer can be opened."""
    asked = {
        "kind": (terms.kind in KINDS, N_("Choose whether it stands or is for one time.")),
        "valid_until": (terms.valid_until, N_("Write until which day it stands.")),
        "contact": (terms.contact, N_("Write whom to ask about it.")),
    }
    asked |= _of_host(terms) if terms.is_hosting else _of_sponsor(terms)
    found = {name: sentence for name, (is_there, sentence) in asked.items() if not is_there}
    if terms.valid_until and terms.valid_until < today:
        found["valid_until"] = N_("That day has passed. Write a later one.")
    return found


def _of_sponsor(terms: Terms) -> dict[str, tuple[Any, str]]:
    return {
        "roles": (terms.roles, N_("Choose at least one role.")),
        "themes": (terms.themes, N_("Choose at least one theme.")),
        "profiles": (terms.profiles, N_("Choose at least one profile.")),
        "days": (terms.days or "content" not in terms.roles,
                 N_("Write how many days the training takes.")),
    }  # fmt: skip


def _of_host(terms: Terms) -> dict[str, tuple[Any, str]]:
    is_said = terms.date_known is not None
    return {
        "date_known": (is_said, N_("Choose whether the date is known.")),
        "window_from": (terms.window_from or terms.date_known is not True,
                        N_("Write the first day on which it is possible.")),
        "remind_on": (terms.remind_on or terms.date_known is not False,
                      N_("Write on which day Enlace reminds you to communicate the date.")),
        "named_to_sponsors": (terms.named_to_sponsors is not None,
                              N_("Choose whether sponsors may be told that you host.")),
    }  # fmt: skip


def unfit(terms: Terms) -> dict[str, tuple[str, dict[str, Any]]]:
    """Field -> msgid and its figures, of what can stand in no offer, not even in a draft."""
    found: dict[str, tuple[str, dict[str, Any]]] = {}
    if not terms.title:
        found["title"] = N_("Write a title."), {}
    if len(terms.title) > TITLE_LENGTH:
        found["title"] = TOO_LONG, {"most": TITLE_LENGTH}
    for name in FREE:
        if len(getattr(terms, name)) > TEXT_LENGTH:
            found[name] = TOO_LONG, {"most": TEXT_LENGTH}
    if terms.window_from and terms.window_to and terms.window_to < terms.window_from:
        found["window_to"] = NOT_BEFORE, {}
    if terms.seats_min and terms.seats_max and terms.seats_max < terms.seats_min:
        found["seats_max"] = SMALLER, {}
    if terms.amount is not None and not terms.currency:
        found["currency"] = N_("Choose the currency of this amount."), {}
    return found
