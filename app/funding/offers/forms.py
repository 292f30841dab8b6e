"""How are the forms of an offer read, and which of their mistakes can be told before anything is done?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from flask import request
from flask_babel import gettext as _

from app.calls.fields import CountField, DayField, WordsField
from app.formats.dates import write_date
from app.formats.numbers import write_number
from app.formats.words import N_
from app.funding.offers import codes, grid
from app.funding.offers.fields import MoneyField, OneOf, SomeOf, WholeField, YesNoField
from app.funding.offers.terms import HOST, Terms, lacking, unfit
from app.web import locale
from app.web.input_names import name_inputs
from app.web.plain_forms import PlainForm

LABELS = {
    "title": N_("Title"),
    "kind": N_("For one time or standing?"),
    "roles": N_("What do you offer to do?"),
    "text": N_("In your own words"),
    "provider_type": N_("What kind of organisation are you?"),
    "themes": N_("Themes"),
    "profiles": N_("For whom"),
    "level": N_("Level"),
    "seats_min": N_("Smallest group"),
    "seats_max": N_("Seats at most"),
    "countries": N_("Countries eligible"),
    "modalities": N_("Modality"),
    "languages": N_("Languages"),
    "days": N_("Days"),
    "hours_per_day": N_("Hours a day"),
    "window_from": N_("Possible from"),
    "window_to": N_("Possible until"),
    "valid_until": N_("The offer stands until"),
    "amount": N_("The most it may cost in all"),
    "currency": N_("Currency"),
    "last_spending_on": N_("Last day for spending"),
    "nomination": N_("Who nominates, and how"),
    "vetting": N_("Vetting"),
    "ratio": N_("Ratio of participants"),
    "rank": N_("Rank"),
    "clearance": N_("Clearance"),
    "host_needed": N_("Is a host needed?"),
    "materials": N_("Materials"),
    "licence": N_("Licence of the materials"),
    "certificate": N_("Certificate"),
    "prior_editions": N_("Earlier editions"),
    "contact": N_("Whom to ask about it"),
    "date_known": N_("Is the date known?"),
    "remind_on": N_("Remind me to communicate it on"),
    "named_to_sponsors": N_("May sponsors be told that your country offers to host?"),
}
"""What each input of an offer is called."""
name_inputs(LABELS)
name_inputs({f"amount.{code.key}": code.label for code in grid.lines()})


class OfferForm(PlainForm):
    """All that can be said of an offer; a host's page asks less of it."""

    title = WordsField()
    kind = OneOf()
    roles = SomeOf()
    text = WordsField(lines=True)
    provider_type = OneOf()
    themes = SomeOf()
    profiles = SomeOf()
    level = OneOf()
    seats_min = WholeField()
    seats_max = WholeField()
    countries = SomeOf()
    modalities = SomeOf()
    languages = SomeOf()
    days = WholeField()
    hours_per_day = WholeField()
    window_from = DayField()
    window_to = DayField()
    valid_until = DayField()
    amount = MoneyField()
    currency = OneOf()
    last_spending_on = DayField()
    nomination = WordsField(lines=True)
    vetting = WordsField(lines=True)
    ratio = WordsField(lines=True)
    rank = WordsField(lines=True)
    clearance = WordsField(lines=True)
    host_needed = YesNoField()
    materials = WordsField(lines=True)
    licence = WordsField()
    certificate = WordsField()
    prior_editions = WordsField(lines=True)
    contact = WordsField(lines=True)
    date_known = YesNoField()
    remind_on = DayField()
    named_to_sponsors = YesNoField()
    revision = CountField()

    def read(self, *, hosts: bool, opens: bool, today: date) -> tuple[Terms, dict[str, str]]:
        """What was typed, and every mistake at its place; what is lacking only where it is opened."""
        self.validate()
        lines, errors = grid.read(request.form)
        errors = {**self.mistakes, **errors}
        said = {
            name: field.data for name, field in self._fields.items()
            if name in LABELS and field.data is not None
        }  # fmt: skip
        said["title"] = self.title.data or ""
        if hosts:
            said["roles"] = (HOST,)
        terms = Terms(**said, lang=locale.lang(), lines=lines)
        for name, (message, params) in unfit(terms).items():
            errors.setdefault(name, _(message, **params))
        for name, message in lacking(terms, today).items() if opens else ():
            errors.setdefault(name, _(message))
        return terms, in_order(errors)


def in_order(errors: dict[str, str]) -> dict[str, str]:
    """Mistakes in the order of the form's inputs, those of the grid at the end."""
    order = {name: place for place, name in enumerate(LABELS)}
    return dict(sorted(errors.items(), key=lambda one: order.get(one[0], len(order))))


class RenewalForm(PlainForm):
    """A later last day."""

    valid_until = DayField()
    revision = CountField()


class WithdrawalForm(PlainForm):
    """Why an offer is taken back."""

    reason = WordsField(lines=True)
    revision = CountField()


def written(terms: Terms) -> dict[str, Any]:
    """An offer as its form holds it, to be drawn for the first time."""
    held: dict[str, Any] = {name: _held(getattr(terms, name)) for name in LABELS}
    return held | grid.typed_of(terms)


def _held(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return write_date(value, locale.locale())
    if isinstance(value, Decimal):
        return write_number(value, locale.locale(), places=2, least=2)
    if isinstance(value, tuple):
        return list(value)
    return "" if value is None else str(value)


def options() -> dict[str, codes.Choices]:
    """Field -> what can be chosen there."""
    names = ("kind", "roles", "provider_type", "themes", "profiles", "level", "countries",
             "modalities", "languages", "currency", "form")  # fmt: skip
    return {name: codes.choices(name) for name in names}
