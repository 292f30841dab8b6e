"""Whose is a field for the moment, when several people write in one draft?

Softly: a lease only tells the others. It is held by whoever came first for as long as beats come, it can
be taken over, and it never stops anybody from saving. Somebody with the draft open in two pages stands
in two places, and each page is told of the other. Plain rules over who stands where; no database.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

P = TypeVar("P", bound=Hashable)
"""A page that somebody has open."""
LEASE = timedelta(seconds=50)
"""How long a field stays somebody's after the last beat; a beat comes every twenty seconds."""
HERE = timedelta(seconds=60)
"""How long after the last beat somebody is still said to be here."""


@dataclass(frozen=True)
class Stand:
    """Where a page is in a draft; `place` is an input's name, empty outside of all fields."""

    section: str
    place: str
    holds: bool
    since: datetime
    seen_at: datetime

    def is_held(self, now: datetime) -> bool:
        """Whether the place is theirs at this moment."""
        return self.holds and bool(self.place) and self.seen_at + LEASE > now


def holder(stands: Mapping[P, Stand], place: str, now: datetime) -> P | None:
    """Whose the place is now; None where it is nobody's."""
    return next((p for p, s in stands.items() if s.place == place and s.is_held(now)), None)


def enter(
    stands: Mapping[P, Stand], page: P, section: str, place: str, now: datetime, *,
    takes: bool = False,
) -> dict[P, Stand]:  # fmt: skip
    """Where everybody is after somebody came to a place on `page`, or said to be there still.

    With `takes` the place becomes that page's whoever held it.
    """
    before = stands.get(page)
    after = {each: stand for each, stand in stands.items() if each != page}
    is_free = bool(place) and (takes or holder(after, place, now) is None)
    if is_free:
        after = {each: replace(s, holds=s.holds and s.place != place) for each, s in after.items()}
    stays = before is not None and (before.section, before.place) == (section, place)
    since = before.since if before is not None and stays else now
    after[page] = Stand(section, place, is_free, since, now)
    return after
