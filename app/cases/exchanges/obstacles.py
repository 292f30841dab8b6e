"""What stands against releasing a communication? Said at its place, before anything is certified."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.formats.words import N_
from app.organisations.models import Organisation, Unit

NO_UNIT = N_("Name at least one unit to which it goes. A delegation as such is no addressee.")
UNIT_GONE = N_("One of the units to which it goes is no longer there. Choose again.")
NOBODY_THERE = N_(
    "Nobody in this unit handles cases now, so nobody could read it: %(unit)s. Choose another unit, or ask its"
    " delegation to assign somebody."
)
BARRED = N_(
    "%(country)s cannot be told: somebody in this case asks, or may ask, for protection, and has its"
    " nationality. Take its units out. That there is no indication counts where a unit that protects says it."
)
NO_COUNTRY = N_(
    "Somebody here asks, or may ask, for protection: say of which country the person is a citizen, or where"
    " the person was born, so that it is not told. You may answer that it is not known."
)
NOT_OPTED = N_(
    "The format is a proposal. A real case passes only between countries that have said that they exchange"
    " under it; not yet: %(countries)s. The focal point of each says so under Common Format; an invented case"
    " is begun as practice."
)
RELATED = ("REPLY", "CLOSE")
"""Kinds that mean nothing without what they answer or close."""
ANSWERS_NOTHING = N_(
    "An answer, or the word that a case is closed, begins on the page of what it answers: open it under"
    " “Received”."
)
REPLY_PAST = N_("The day by which an answer is asked for has passed.")
RETENTION_PAST = N_("The day until which it is kept has passed.")


@dataclass(frozen=True)
class Obstacle:
    """Why it cannot be released: a msgid with its parts, at a field of the form."""

    field: str
    message: str
    params: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is asked about a release: the chosen units that exist, who opted in, what the law bars."""

    chosen: Sequence[str]
    units: Sequence[tuple[Organisation, Unit]]
    """Of the chosen ones, those that are there."""
    sender: Organisation
    barred: Collection[str]
    """Countries (alpha-2) that must never be told."""
    lacks_country: bool
    """Whether of somebody who may ask for protection nothing is said from which such a country follows."""
    is_free: bool
    """Whether no opting in is needed: practice, or an approved format."""
    opted_in: Collection[str]
    """Ids of the delegations that exchange meanwhile."""
    today: date
    manned: Collection[str]
    """Of the chosen ones, those in which somebody handles cases."""
    is_related: bool = True
    """Whether it is written in a matter that somebody else, or another communication, began."""


def obstacles(
    document: Mapping[str, Any], standing: Standing, *, names: Mapping[str, str]
) -> Iterator[Obstacle]:
    """Everything that stands against it. `names` are those of countries and units by their ids."""
    yield from _units(standing, names)
    countries = {organisation.id: organisation for organisation, _unit in standing.units}
    for id, organisation in countries.items():
        # What a country says itself is not kept from it.
        if organisation.country in standing.barred and id != standing.sender.id:
            yield Obstacle("recipient_units", BARRED, {"country": names[id]})
    if standing.lacks_country:
        yield Obstacle("persons", NO_COUNTRY, {})
    if not standing.is_free:
        missing = [
            names[id]
            for id in dict.fromkeys((standing.sender.id, *countries))
            if id not in standing.opted_in
        ]
        if missing:
            yield Obstacle("recipient_units", NOT_OPTED, {"countries": ", ".join(missing)})
    if document.get("report_kind") in RELATED and not standing.is_related:
        yield Obstacle("report_kind", ANSWERS_NOTHING, {})
    yield from _past(document, standing.today)


def _units(standing: Standing, names: Mapping[str, str]) -> Iterator[Obstacle]:
    if not standing.chosen:
        yield Obstacle("recipient_units", NO_UNIT, {})
    elif len(standing.units) < len(set(standing.chosen)):
        yield Obstacle("recipient_units", UNIT_GONE, {})
    for _organisation, unit in standing.units:
        if unit.id not in standing.manned:
            yield Obstacle("recipient_units", NOBODY_THERE, {"unit": names[unit.id]})


def _past(document: Mapping[str, Any], today: date) -> Iterator[Obstacle]:
    for key, message in (("reply_by", REPLY_PAST), ("retention_until", RETENTION_PAST)):
        day = document.get(key)
        if day and date.fromisoformat(day) < today:
            yield Obstacle(key, message, {})
