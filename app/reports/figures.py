"""Which figures does the needs report hold, whatever medium they are shown in?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

from app.formats.spec import Text

Audience = Literal["full", "members"]
GROUP, NO_GROUP = "group", "none"
"""How an address names groups of similar needs, and the needs that stand in none."""
FULL: Audience = "full"
MEMBERS: Audience = "members"


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What a report counts: the needs of a call in force at an instant, for an audience.

    For members only needs count whose country let members see them.
    """

    call_id: str
    as_of: datetime
    audience: Audience = FULL


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What is known of a set of needs. `participant_hours` are course hours times participants.

    `countries` are those that are named: a need shown without its country adds none.
    """

    needs: int = 0
    countries: int = 0
    participants: int = 0
    women: int = 0
    men: int = 0
    not_stated: int = 0
    course_hours: Decimal = Decimal(0)
    participant_hours: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Line:
    """The figures of one code of a dimension, with its words in both languages."""

    code: str
    label: Text
    figures: Figures


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """The needs by one dimension. Where one need may carry several codes, its lines overlap."""

    dimension: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """Where a theme and a country meet: each need and each participant of it once.

    A need of several themes stands under each of them, so that crossings overlap as themes do.
    """

    theme: str
    country: str
    needs: int
    participants: int


@dataclass(frozen=True, kw_only=True)
class Compilation:
    """All figures of a report. The total comes from the needs themselves, never from the lines.

    `crossings` are by theme and country where any need is; editions of the first shape have none.
    """

    total: Figures
    groupings: tuple[Grouping, ...]
    crossings: tuple[Crossing, ...] | None = field(default=None, metadata={"since": 2})

    def grouping(self, dimension: str) -> Grouping:
        """The grouping by that dimension. Raises KeyError."""
        for grouping in self.groupings:
            if grouping.dimension == dimension:
                return grouping
        raise KeyError(dimension)


@dataclass(frozen=True, kw_only=True)
class Coded:
    """A code with its words in both languages."""

    code: str
    label: Text


@dataclass(frozen=True, kw_only=True)
class SimilarNeeds:
    """Needs that the Secretariat looks at as one; or, last and without a name, all the others.

    What is told of them is what they have in common, in words.
    """

    code: str
    label: Text
    figures: Figures
    countries: tuple[Coded, ...] = ()
    themes: tuple[Coded, ...] = ()
    languages: tuple[Coded, ...] = ()
    window: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Participants:
    """How many people of one profile a need is for."""

    profile: Coded
    participants: int
    women: int
    men: int
    not_stated: int


@dataclass(frozen=True, kw_only=True)
class ListedNeed:
    """One need as a report lists it, in the order of 2004: content, people, duration.

    Where the country is not named there is neither id, reference nor title: each may tell it.
    `title_lang` is the language the title was written in, `length` the duration in words.
    """

    need_id: str | None
    reference: str | None
    title: str | None
    title_lang: str
    country: Coded
    themes: tuple[Coded, ...]
    audience: tuple[Participants, ...]
    participants: int
    duration: Coded
    length: Text
    course_hours: Decimal
    modality: Coded
    languages: tuple[Coded, ...]
    urgency: Coded
    group: Coded | None = field(default=None, metadata={"since": 5})
    """That of similar needs; None in none, or where members are not shown it."""

    def carries(self, dimension: str) -> tuple[str, ...]:
        """The codes under which the need stands in the grouping by a dimension."""
        if dimension == GROUP:
            return (self.group.code if self.group else NO_GROUP,)
        held: dict[str, tuple[Coded, ...]] = {
            "theme": self.themes, "profile": tuple(each.profile for each in self.audience),
            "duration": (self.duration,), "country": (self.country,), "modality": (self.modality,),
            "language": self.languages, "urgency": (self.urgency,),
        }  # fmt: skip
        return tuple(each.code for each in held[dimension])
