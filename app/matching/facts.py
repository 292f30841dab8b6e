"""What is compared: what is asked for, by one need or a group of needs, and what is offered?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

HOURS_A_DAY = 8
"""A course that is told in hours alone takes a day for so many of them."""


@dataclass(frozen=True, slots=True)
class Window:
    """From which day until which; an end that is not stated is open."""

    first: date | None = None
    last: date | None = None

    @property
    def is_stated(self) -> bool:
        return self.first is not None or self.last is not None

    def days_with(self, other: Window) -> int | None:
        """Days that both have in common; None where nothing ends them, negative for days between."""
        first = max((day for day in (self.first, other.first) if day), default=None)
        last = min((day for day in (self.last, other.last) if day), default=None)
        return None if first is None or last is None else (last - first).days + 1

    def until(self, day: date | None) -> Window:
        """The same window, over at the latest on this day."""
        last = min((each for each in (self.last, day) if each), default=None)
        return Window(self.first, last)

    def moved(self, days: int) -> Window:
        """The same window, so many days later."""
        shift = timedelta(days)
        return Window(self.first and self.first + shift, self.last and self.last + shift)


@dataclass(frozen=True, kw_only=True)
class NeedAsked:
    """What one need asks for, by codes; what it does not state is empty."""

    key: str
    country: str
    themes: tuple[str, ...]
    audience: tuple[tuple[str, int], ...]
    """(profile, participants)"""
    level: str = ""
    languages: tuple[str, ...] = ()
    window: Window = Window()
    modality: str = ""
    hours: Decimal = Decimal()
    costs: tuple[str, ...] = ()
    """Cost lines that the country does not pay itself."""

    @property
    def participants(self) -> int:
        return sum(people for _, people in self.audience)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A need, or a group of needs that one course would serve."""

    key: str
    needs: tuple[NeedAsked, ...]

    @property
    def participants(self) -> int:
        return sum(need.participants for need in self.needs)

    @property
    def countries(self) -> tuple[str, ...]:
        return tuple(sorted({need.country for need in self.needs}))

    @property
    def days(self) -> int:
        """Days that the longest of the courses takes."""
        hours = max((need.hours for need in self.needs), default=Decimal())
        return max(1, int((hours / HOURS_A_DAY).to_integral_value(ROUND_CEILING)))

    def codes(self, name: str) -> frozenset[str]:
        """All codes of one kind that the needs carry: themes, languages, costs, level, modality."""
        return frozenset(self._codes(name))

    def _codes(self, name: str) -> Iterator[str]:
        for need in self.needs:
            value = getattr(need, name)
            yield from (value,) if isinstance(value, str) and value else value

    def audience(self) -> dict[str, int]:
        """Participants by profile, of all needs together."""
        found: dict[str, int] = {}
        for need in self.needs:
            for profile, people in need.audience:
                found[profile] = found.get(profile, 0) + people
        return found


@dataclass(frozen=True, kw_only=True)
class Offered:
    """What one offer gives, by codes; what it does not state is empty."""

    key: str
    valid_until: date
    themes: tuple[str, ...]
    profiles: tuple[str, ...] = ()
    level: str = ""
    seats_min: int | None = None
    seats_max: int | None = None
    countries: tuple[str, ...] = ()
    """Those that may take part; empty for all."""
    modalities: tuple[str, ...] = ()
    """Any of them."""
    languages: tuple[str, ...] = ()
    days: int | None = None
    window: Window = Window()
    last_spending_on: date | None = None
    is_standing: bool = False
    costs: tuple[str, ...] = ()
    """Cost lines that the offer covers."""
    is_host: bool = False
    """Whether it offers the place, and neither pays for others nor teaches."""

    @property
    def usable(self) -> Window:
        """When a course may be held: a sponsor whose money is over pays none."""
        return self.window.until(self.last_spending_on)
