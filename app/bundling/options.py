"""Where, when and in which language could a group's course be held, and which of its needs could then take part?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from app.bundling.days import held
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
    paying: Names
    """Their keys."""
    least: int
    most: int

    @property
    def covered(self) -> Names:
        """The lines that the host covers."""
        return frozenset(self.host.lines)


def options_of(group: Group, world: World) -> tuple[Option, ...]:
    """Every course of the group worth thinking of, in a fixed order.

    What an earlier option at the same host already offers to the same needs and sponsors is left out.
    """
    return tuple(Places(group, world).options())


def least_of(group: Group, settings: Settings) -> int:
    """The fewest places with which a course of the group is proposed."""
    return max(group.seats_min, settings.smallest, settings.countries, 1)


class Places:
    """Where and when a course of a group could be held, and who could take part in it or pay for it.

    A course begins as early as something allows it to begin: any other beginning could be moved to one
    of these days without keeping anybody away.
    """

    def __init__(self, group: Group, world: World) -> None:
        self.group, self.horizon = group, world.settings.horizon
        self.hosts = [
            host for host in world.hosts if host.courses > 0 and fits(host.themes, group.themes)
        ]
        self.sponsors = [each for each in world.sponsors if fits(each.themes, group.themes)]
        self._least, self._countries = least_of(group, world.settings), world.settings.countries
        asking: tuple[Need | Sponsor, ...] = (*group.needs, *self.sponsors)
        self._opens = {each.window.first for each in asking} | {self.horizon.first}
        self._named = self._ordered(set[str]().union(*(each.languages for each in asking))) or [""]
        self._days: dict[str, list[tuple[date, date]]] = {}
        self._moments: dict[tuple[date, date, str], _Moment] = {}

    def days(self, host: Host) -> list[tuple[date, date]]:
        """The first and last days that a course could have at a host."""
        if host.key not in self._days:
            spans = [_both(window, self.horizon) for window in host.windows]
            opens = self._opens | {span.first for span in spans}
            could = {held(day, self.group.days, host) for day in opens if day is not None}
            self._days[host.key] = sorted(
                days for days in could if any(span.holds(*days) for span in spans)
            )
        return self._days[host.key]

    def languages(self, host: Host) -> list[str]:
        """The languages in which a course could be held at a host."""
        return self._ordered(host.languages) if host.languages else self._named

    def _ordered(self, languages: Collection[str]) -> list[str]:
        """Those that the needs of most participants list first; then that most needs name, then Spanish."""
        return sorted(languages, key=self._rank)

    def _rank(self, language: str) -> tuple[list[int], int, bool, str]:
        needs = self.group.needs
        most = max((len(need.prefers) for need in needs), default=0)
        placed = [
            -sum(need.seats for need in needs if need.prefers[place : place + 1] == (language,))
            for place in range(most)
        ]
        named = sum(language in need.languages for need in needs)
        return placed, -named, language != "es", language

    def moment(self, first: date, last: date, language: str) -> _Moment:
        """Who could take part, and pay, on these days and in this language."""
        key = (first, last, language)
        if key not in self._moments:
            self._moments[key] = _Moment(
                tuple(need for need in self.group.needs
                      if need.window.holds(first, last) and speaks(need.languages, language)),
                tuple(each for each in self.sponsors
                      if each.window.holds(first, last) and speaks(each.languages, language)),
            )  # fmt: skip
        return self._moments[key]

    def options(self) -> Iterator[Option]:
        """The options of each host, without those that are no better than another there."""
        for host in self.hosts:
            here: list[Option] = []
            for option in self._at(host):
                if not any(_is_no_better(option, other) for other in here):
                    here = [other for other in here if not _is_no_better(other, option)]
                    here.append(option)
            yield from here

    def _at(self, host: Host) -> Iterator[Option]:
        for (first, last), language in product(self.days(host), self.languages(host)):
            able = self.moment(first, last, language)
            most = self.room(able, host)
            if most >= self._least and able.countries >= self._countries:
                yield Option(self.group, host, first, last, language, able.needs, able.sponsors,
                             able.paying, self._least, most)  # fmt: skip

    def room(self, able: _Moment, host: Host) -> int:
        """How many places a course with these needs has at most at a host."""
        caps = [cap for cap in (self.group.seats_max, host.seats_max) if cap is not None]
        return min([able.asked, *caps])


class _Moment:
    """Who could take part, and pay, at some time and in some language."""

    def __init__(self, needs: tuple[Need, ...], sponsors: tuple[Sponsor, ...]) -> None:
        self.needs, self.sponsors = needs, sponsors
        self.asked = sum(need.seats for need in needs)
        self.countries = len({need.country for need in needs})
        self.paying = frozenset(sponsor.key for sponsor in sponsors)


def _both(one: Span, other: Span) -> Span:
    firsts = [day for day in (one.first, other.first) if day]
    lasts = [day for day in (one.last, other.last) if day]
    return Span(max(firsts, default=None), min(lasts, default=None))


def speaks(languages: Names, language: str) -> bool:
    """Whether this language is among those, where any are named."""
    return not languages or not language or language in languages


def fits(themes: Names, of: Names) -> bool:
    """Whether one of these themes is among those of the group; none named fits all."""
    return not themes or not of or bool(themes & of)


def _is_no_better(option: Option, other: Option) -> bool:
    """Both keep the order of needs and sponsors, so that containing is a walk along both."""
    return _within(option.needs, other.needs) and _within(option.payers, other.payers)


def _within(some: tuple[Need, ...] | tuple[Sponsor, ...],
            others: tuple[Need, ...] | tuple[Sponsor, ...]) -> bool:  # fmt: skip
    if some is others:
        return True
    walk = iter(others)
    return len(some) <= len(others) and all(any(one is other for other in walk) for one in some)
