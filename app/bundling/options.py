"""Where, when and in which language could a group's course be held, and which of its needs could then take part?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from app.bundling.world import Group, Host, Names, Need, Settings, Span, Sponsor, World


@dataclass(frozen=True, slots=True)
class Option:
    """A course that could be held: a host, days, a language, and who could take part in it."""

    group: Group
    host: Host
    first: date
    last: date
    language: str
    needs: tuple[Need, ...]
    payers: tuple[Sponsor, ...]
    """The sponsors whose themes, languages and days allow them to pay for it."""
    least: int
    most: int

    @property
    def covered(self) -> Names:
        """The lines that the host covers."""
        return frozenset(self.host.lines)


def options_of(group: Group, world: World) -> tuple[Option, ...]:
    """Every course of the group worth thinking of, in a fixed order.

    A course begins as early as something allows it to begin: any other beginning could be moved to one
    of these days without keeping anybody away. What an earlier option at the same host already offers
    to the same needs and sponsors is left out.
    """
    kept: list[Option] = []
    for host in world.hosts:
        here: list[Option] = []
        for option in _at(group, host, world):
            if not any(_is_no_better(option, other) for other in here):
                here = [other for other in here if not _is_no_better(other, option)]
                here.append(option)
        kept += here
    return tuple(kept)


def least_of(group: Group, settings: Settings) -> int:
    """The fewest places with which a course of the group is proposed."""
    return max(group.seats_min, settings.smallest, 1)


def _at(group: Group, host: Host, world: World) -> Iterator[Option]:
    if not fits(host.themes, group.themes) or host.courses < 1:
        return
    for (first, last), language in product(
        beginnings(group, host, world), languages(group, host, world)
    ):
        option = _option(group, host, first, last, language, world)
        if option is not None:
            yield option


def _option(group: Group, host: Host, first: date, last: date, language: str,
            world: World) -> Option | None:  # fmt: skip
    needs = tuple(
        need for need in group.needs
        if need.window.holds(first, last) and speaks(need.languages, language)
    )  # fmt: skip
    least = least_of(group, world.settings)
    asked = sum(need.seats for need in needs)
    most = min(asked, *(cap for cap in (group.seats_max, host.seats_max) if cap is not None), asked)
    if most < least:
        return None
    payers = tuple(
        sponsor for sponsor in world.sponsors
        if sponsor.window.holds(first, last) and speaks(sponsor.languages, language)
        and fits(sponsor.themes, group.themes)
    )  # fmt: skip
    return Option(group, host, first, last, language, needs, payers, least, most)


def beginnings(group: Group, host: Host, world: World) -> list[tuple[date, date]]:
    """The first and last days that a course of the group could have at this host."""
    horizon = world.settings.horizon
    spans = [_both(window, horizon) for window in host.windows]
    opens = {span.first for span in (*spans, *(need.window for need in group.needs),
                                     *(sponsor.window for sponsor in world.sponsors))}  # fmt: skip
    ends = timedelta(days=group.days - 1)
    return sorted(
        (day, day + ends) for day in opens
        if day is not None and any(span.holds(day, day + ends) for span in spans)
    )  # fmt: skip


def _both(one: Span, other: Span) -> Span:
    firsts = [day for day in (one.first, other.first) if day]
    lasts = [day for day in (one.last, other.last) if day]
    return Span(max(firsts, default=None), min(lasts, default=None))


def languages(group: Group, host: Host, world: World) -> list[str]:
    """The languages in which a course of the group could be held at this host."""
    if host.languages:
        return sorted(host.languages)
    named = frozenset[str]().union(
        *(need.languages for need in group.needs), *(each.languages for each in world.sponsors)
    )
    return sorted(named) or [""]


def speaks(languages: Names, language: str) -> bool:
    """Whether this language is among those, where any are named."""
    return not languages or not language or language in languages


def fits(themes: Names, of: Names) -> bool:
    """Whether one of these themes is among those of the group; none named fits all."""
    return not themes or not of or bool(themes & of)


def _is_no_better(option: Option, other: Option) -> bool:
    return set(option.needs) <= set(other.needs) and set(option.payers) <= set(other.payers)
