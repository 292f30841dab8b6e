"""Which needs of a call are so similar that one course could answer them?

The rule. Needs are taken theme by theme, the theme of most needs first. Within a theme they are taken
in the order of the priority that each country gives them, so that the first needs of all countries come
first. Each one joins the group, among those begun so far, to which it is closest of all that it fits;
if it fits none, it begins one. It fits where everything holds for all of them together: the theme, a
profile in common, a language in common, levels that are the same or neighbours, days on which all can,
and countries that each of them accepts. So a reason that is given for a group holds for every pair in
it. What a country did not say excludes nothing. A need whose country wants no joint course joins none.
A group of one country alone is no proposal: its needs are free again for their other themes.

A need is looked at beside the groups that share a profile with it, and beside the first hundred of
those at most, so that the work grows with the number of needs and not with that of their pairs. The
same needs give the same proposals, in whatever order they come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Literal

MOST_NEEDS = 20
"""Needs of one proposal."""
LOOKED_AT = 100
"""Groups beside which one need is looked at, and needs among which near misses are looked for."""
MOST_NEAR = 5
"""Near misses that are told of one proposal."""
_UNRANKED = 1000

Criterion = Literal["joint", "countries", "theme", "level", "profile", "language", "window"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparable:
    """What of a need in force is compared. Empty or None: its country did not say."""

    need_id: str
    version_id: str
    country: str
    participants: int
    themes: frozenset[str]
    profiles: frozenset[str]
    languages: frozenset[str] = frozenset()
    level: int | None = None
    """Its place among the levels, the lowest being 0."""
    window_from: date | None = None
    window_to: date | None = None
    joint: bool | None = None
    """Whether its country wants a course together with others."""
    joint_countries: frozenset[str] = frozenset()
    urgency: int | None = None
    course_hours: Decimal = Decimal(0)
    modality: str = ""

    @property
    def accepted(self) -> frozenset[str]:
        """The countries with which it may share a course, its own among them; empty: with any."""
        return self.joint_countries | {self.country} if self.joint_countries else frozenset()

    @property
    def order(self) -> tuple[int, str, str]:
        return (self.urgency or _UNRANKED, self.country, self.need_id)


@dataclass(frozen=True, kw_only=True)
class Shared:
    """What some needs have in common. Empty or None where nothing was said, or nothing is common."""

    countries: frozenset[str]
    themes: frozenset[str]
    profiles: frozenset[str]
    languages: frozenset[str]
    says_language: bool
    """Whether any of them said a language: then an empty `languages` means none in common."""
    lowest: int | None
    highest: int | None
    window_from: date | None
    window_to: date | None
    accepted: frozenset[str] | None
    """The countries that all accept; None: any."""

    @classmethod
    def of_one(cls, need: Comparable) -> Shared:
        return cls(
            countries=frozenset({need.country}), themes=need.themes, profiles=need.profiles,
            languages=need.languages, says_language=bool(need.languages), lowest=need.level,
            highest=need.level, window_from=need.window_from, window_to=need.window_to,
            accepted=need.accepted or None,
        )  # fmt: skip

    def with_(self, need: Comparable) -> Shared:
        """What is common once this need is among them."""
        levels = [each for each in (self.lowest, self.highest, need.level) if each is not None]
        return Shared(
            countries=self.countries | {need.country},
            themes=self.themes & need.themes,
            profiles=self.profiles & need.profiles,
            languages=_languages(self, need),
            says_language=self.says_language or bool(need.languages),
            lowest=min(levels, default=None),
            highest=max(levels, default=None),
            window_from=_of_both(max, self.window_from, need.window_from),
            window_to=_of_both(min, self.window_to, need.window_to),
            accepted=_accepted(self.accepted, need.accepted),
        )

    def may_take(self, need: Comparable) -> bool:
        """Whether a need is worth a closer look: what is cheap to say about it speaks for it."""
        if self.profiles.isdisjoint(need.profiles):
            return False
        if self.says_language and need.languages and self.languages.isdisjoint(need.languages):
            return False
        if self.window_to and need.window_from and need.window_from > self.window_to:
            return False
        return not (self.window_from and need.window_to and need.window_to < self.window_from)

    @property
    def broken(self) -> tuple[Criterion, ...]:
        """What does not hold for all of them."""
        fit: dict[Criterion, bool] = {
            "countries": self.accepted is None or self.countries <= self.accepted,
            "theme": bool(self.themes),
            "level": (self.highest or 0) - (self.lowest or 0) <= 1,
            "profile": bool(self.profiles),
            "language": bool(self.languages) or not self.says_language,
            "window": not (self.window_from and self.window_to)
            or self.window_from <= self.window_to,
        }
        return tuple(criterion for criterion, holds in fit.items() if not holds)


@dataclass(frozen=True, kw_only=True)
class Near:
    """A need that would belong to a proposal but for one thing."""

    need: Comparable
    but_for: Criterion


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """Needs that are similar, with what they share and which others nearly are."""

    theme: str
    needs: tuple[Comparable, ...]
    shared: Shared
    near: tuple[Near, ...]


def shared_by(needs: Sequence[Comparable]) -> Shared:
    """What these needs have in common, whether they fit together or not."""
    whole = Shared.of_one(needs[0])
    for need in needs[1:]:
        whole = whole.with_(need)
    return whole


def misfits(shared: Shared, need: Comparable) -> tuple[Criterion, ...]:
    """Why a need does not belong to those that share this; nothing where it does."""
    declined: tuple[Criterion, ...] = ("joint",) if need.joint is False else ()
    return declined + shared.with_(need).broken


def propose(
    needs: Collection[Comparable], told: Callable[[int, int], None] = lambda done, total: None
) -> tuple[Proposed, ...]:
    """The proposals among these needs, those of most countries and people first.

    No need is in two of them. `told` hears how many themes of how many were looked through.
    """
    by_theme = _by_theme(needs)
    themes = sorted(by_theme, key=lambda theme: (-len(by_theme[theme]), theme))
    taken: set[str] = set()
    found: list[tuple[str, _Begun]] = []
    for done, theme in enumerate(themes):
        told(done, len(themes))
        free = [n for n in by_theme[theme] if n.joint is not False and n.need_id not in taken]
        for begun in _cluster(theme, free):
            taken.update(need.need_id for need in begun.needs)
            found.append((theme, begun))
    proposed = [
        Proposed(theme=theme, needs=tuple(begun.needs), shared=begun.shared,
                 near=tuple(_near(theme, begun, by_theme[theme], taken)))
        for theme, begun in found
    ]  # fmt: skip
    return tuple(sorted(proposed, key=_place))


@dataclass(eq=False)
class _Begun:
    """A group in the making."""

    shared: Shared
    needs: list[Comparable] = field(default_factory=list)


def _by_theme(needs: Collection[Comparable]) -> Mapping[str, list[Comparable]]:
    """The needs of each theme: the first of every country, then the second of every country, …"""
    found: dict[str, list[Comparable]] = defaultdict(list)
    for need in sorted(needs, key=lambda each: each.order):
        for theme in need.themes:
            found[theme].append(need)
    return {theme: _by_turns(own) for theme, own in found.items()}


def _by_turns(needs: Sequence[Comparable]) -> list[Comparable]:
    seen: dict[str, int] = defaultdict(int)
    turns: list[tuple[int, int]] = []
    for place, need in enumerate(needs):
        turns.append((seen[need.country], place))
        seen[need.country] += 1
    return [needs[place] for _, place in sorted(turns)]


def _cluster(theme: str, needs: Sequence[Comparable]) -> list[_Begun]:
    """Groups of at least two countries; each need joins the closest of those that it fits."""
    begun: list[_Begun] = []
    by_profile: dict[str, list[_Begun]] = defaultdict(list)
    for need in needs:
        group = _closest(theme, need, by_profile)
        if group is None:
            group = _Begun(Shared.of_one(need), [need])
            begun.append(group)
            for profile in need.profiles:
                by_profile[profile].append(group)
            continue
        group.shared = group.shared.with_(need)
        group.needs.append(need)
        if len(group.needs) == MOST_NEEDS:
            for profile in group.needs[0].profiles:
                by_profile[profile].remove(group)
    return [group for group in begun if len(group.shared.countries) > 1]


def _closest(
    theme: str, need: Comparable, by_profile: Mapping[str, list[_Begun]]
) -> _Begun | None:  # fmt: skip
    """The group to which a need is closest of those that it fits, the one begun first of equals."""
    best: _Begun | None = None
    closest: tuple[int, ...] = (-1,)
    for group in _beside(need, by_profile):
        if not group.shared.may_take(need):
            continue
        whole = group.shared.with_(need)
        if theme in whole.themes and not whole.broken:
            close = _closeness(group.shared, whole, need)
            if close > closest:
                best, closest = group, close
    return best


def _beside(need: Comparable, by_profile: Mapping[str, list[_Begun]]) -> Iterator[_Begun]:
    seen: set[_Begun] = set()
    for profile in sorted(need.profiles):
        for group in by_profile.get(profile, ())[:LOOKED_AT]:
            if group not in seen:
                seen.add(group)
                yield group


def _closeness(group: Shared, whole: Shared, need: Comparable) -> tuple[int, ...]:
    """How near a need is to a group that it fits; the greater, the nearer."""
    either = len(group.profiles | need.profiles)
    return (
        1000 * len(whole.profiles) // either,
        len(whole.themes),
        need.country not in group.countries,
        need.level is not None and need.level in (group.lowest, group.highest),
        len(whole.languages),
    )


def _near(
    theme: str, begun: _Begun, bucket: Sequence[Comparable], taken: Collection[str]
) -> Iterator[Near]:
    """The first needs of the theme that nothing but one thing keeps out of a group."""
    free = (need for need in bucket if need.need_id not in taken)
    looked_at = ((need, misfits(begun.shared, need)) for need in islice(free, LOOKED_AT))
    near = (Near(need=need, but_for=why[0]) for need, why in looked_at if len(why) == 1)
    return islice(near, MOST_NEAR)


def _place(proposed: Proposed) -> tuple[int, int, str, str]:
    people = sum(need.participants for need in proposed.needs)
    return (-len(proposed.shared.countries), -people, proposed.theme, proposed.needs[0].need_id)


def _languages(shared: Shared, need: Comparable) -> frozenset[str]:
    if not need.languages:
        return shared.languages
    return shared.languages & need.languages if shared.says_language else need.languages


def _of_both(
    choose: Callable[[date, date], date], one: date | None, other: date | None
) -> date | None:
    return choose(one, other) if one and other else one or other


def _accepted(one: frozenset[str] | None, other: frozenset[str]) -> frozenset[str] | None:
    if not other:
        return one
    return other if one is None else one & other
