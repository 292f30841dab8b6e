"""What is asked and what is offered, as proposals of courses see it? Whole cents, whole seats, whole days.

Nothing here knows who is who: keys stand for needs, groups, countries, hosts and sponsors, and whoever
shows a proposal has their names. An empty set of languages, themes, countries or lines means "any".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

Names = frozenset[str]
ANY: Names = frozenset()


class BadWorld(ValueError):
    """What is asked or offered contradicts itself, so that nothing can be computed from it."""


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both included; None leaves that side open."""

    first: date | None = None
    last: date | None = None

    def holds(self, first: date, last: date) -> bool:
        """Whether these days lie within it."""
        return (self.first is None or self.first <= first) and (
            self.last is None or last <= self.last
        )


@dataclass(frozen=True, slots=True)
class Need:
    """A country's need within a group: how many places it asks for, how urgently, when, in which language."""

    key: str
    country: str
    seats: int
    rank: int | None = None
    """The country's own ranking of its needs: 1 comes first."""
    languages: Names = ANY
    window: Span = Span()
    prefers: tuple[str, ...] = ()
    """Its languages as it lists them, the first one first; nothing where nobody knows."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a line is planned to cost: for the course as a whole, and for each who takes part. In cents."""

    line: str
    fixed: int = 0
    each: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Needs that one course could serve, and what that course is planned to be."""

    key: str
    needs: tuple[Need, ...]
    days: int
    """Days of instruction: working days of whoever hosts."""
    costs: tuple[Cost, ...]
    themes: Names = ANY
    seats_min: int = 1
    seats_max: int | None = None


@dataclass(frozen=True, slots=True)
class Host:
    """Who would hold courses, when, in which languages, for how many, and which lines that covers."""

    key: str
    country: str
    seats_max: int | None = None
    windows: tuple[Span, ...] = (Span(),)
    languages: Names = ANY
    themes: Names = ANY
    lines: tuple[str, ...] = ()
    """What the host covers in full, in kind."""
    courses: int = 1
    """How many courses it offered to hold."""
    off: tuple[date, ...] = ()
    """Days on which it does not work, besides Saturdays and Sundays."""


@dataclass(frozen=True, slots=True)
class Share:
    """A line that a sponsor may pay or covers in kind, up to an amount if it named one. In cents."""

    line: str
    in_kind: bool = False
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Sponsor:
    """Money or kind that was offered, and what it may be spent on."""

    key: str
    shares: tuple[Share, ...]
    amount: int | None = None
    """All its money together, in cents; None where it said "as needed"."""
    countries: Names = ANY
    themes: Names = ANY
    languages: Names = ANY
    window: Span = Span()
    """Courses must lie within it: money is spent when the course is held, so its last day is the last of spending."""
    courses: int | None = None
    """How many courses it serves at most, as an offer for one time serves one."""


WEIGHTS = ((1, 10), (2, 6), (3, 4), (4, 3), (5, 2))
MUST_COVER = frozenset({"trainers_travel", "trainers_lodging", "materials", "venue_logistics"})
"""The split of 2004: offering countries and the host pay these; for participants money is sought afterwards."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the Technical Secretariat decided before anything is computed."""

    must_cover: Names = MUST_COVER
    """Lines without which a course does not count; the others may stay open as a gap to be sought."""
    smallest: int = 6
    """No course with fewer places is proposed, whatever its group would allow."""
    countries: int = 1
    """No course for fewer countries is proposed: a regional course joins at least two."""
    weights: tuple[tuple[int, int], ...] = WEIGHTS
    """What a place counts by the country's own ranking of the need."""
    otherwise: int = 1
    """What a place counts for a need ranked lower, or not at all."""
    horizon: Span = field(default_factory=lambda: Span(date(2000, 1, 1), date(2099, 12, 31)))
    """No course begins earlier or ends later."""
    seconds: int = 240
    nodes: int = 200_000
    """How long to look for something better: for all, and steps of search for each part."""

    def weight(self, need: Need) -> int:
        """What one place of this need counts."""
        return dict(self.weights).get(need.rank or 0, self.otherwise)


@dataclass(frozen=True, slots=True)
class World:
    """All that a proposal of courses is made from."""

    groups: tuple[Group, ...]
    hosts: tuple[Host, ...]
    sponsors: tuple[Sponsor, ...]
    settings: Settings = Settings()

    def in_order(self) -> World:
        """The same world, whatever order it was told in. Raises BadWorld where it contradicts itself."""
        ordered = World(
            tuple(_group(each) for each in sorted(self.groups, key=lambda g: g.key)),
            tuple(_host(each) for each in sorted(self.hosts, key=lambda h: h.key)),
            tuple(_sponsor(each) for each in sorted(self.sponsors, key=lambda s: s.key)),
            self.settings,
        )
        _refuse_contradictions(ordered)
        return ordered


def _group(group: Group) -> Group:
    return Group(
        group.key, tuple(sorted(group.needs, key=lambda n: n.key)), group.days,
        tuple(sorted(group.costs, key=lambda c: c.line)), group.themes, group.seats_min,
        group.seats_max,
    )  # fmt: skip


def _host(host: Host) -> Host:
    return replace(host, off=tuple(sorted(set(host.off))))


def _sponsor(sponsor: Sponsor) -> Sponsor:
    shares = tuple(sorted(sponsor.shares, key=lambda s: (s.line, s.in_kind)))
    return Sponsor(sponsor.key, shares, sponsor.amount, sponsor.countries, sponsor.themes,
                   sponsor.languages, sponsor.window, sponsor.courses)  # fmt: skip


def _refuse_contradictions(world: World) -> None:
    _unique(each.key for each in world.groups)
    _unique(need.key for group in world.groups for need in group.needs)
    _unique([*(each.key for each in world.hosts), *(each.key for each in world.sponsors)])
    for group in world.groups:
        _unique(cost.line for cost in group.costs)
        _whole(group.days, *(need.seats for need in group.needs), least=1)
        _whole(*(amount for cost in group.costs for amount in (cost.fixed, cost.each)), least=0)
    for sponsor in world.sponsors:
        _unique(f"{share.line} {share.in_kind}" for share in sponsor.shares)
        _whole(*(share.amount or 0 for share in sponsor.shares), sponsor.amount or 0, least=0)
    _whole(world.settings.countries, least=1)
    _whole(*(weight for _, weight in world.settings.weights), world.settings.otherwise, least=1)
    if world.settings.horizon.first is None:
        raise BadWorld("the first day of all is needed: a course begins as early as it can")


def _unique(keys: Iterable[str]) -> None:
    for key, times in Counter(keys).items():
        if times > 1:
            raise BadWorld(f"{key} stands there {times} times")


def _whole(*numbers: int, least: int) -> None:
    for number in numbers:
        if type(number) is not int or number < least:
            raise BadWorld(f"{number!r} is no whole number of at least {least}")
