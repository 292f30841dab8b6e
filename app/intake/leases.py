"""Whose is a field for the moment, when several people write in one draft?

Softly: a lease only tells the others. It is held by whoever came first for as long as beats come, it can
be taken over, and it never stops anybody from saving. Plain rules over who stands where; no database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

LEASE = timedelta(seconds=50)
"""How long a field stays somebody's after the last beat; a beat comes every twenty seconds."""
HERE = timedelta(seconds=60)
"""How long after the last beat somebody is still said to be here."""


@dataclass(frozen=True)
class Stand:
    """Where a person is in a draft; `place` is an input's name, empty outside of all fields."""

    section: str
    place: str
    holds: bool
    since: datetime
    seen_at: datetime

    def is_held(self, now: datetime) -> bool:
        """Whether the place is theirs at this moment."""
        return self.holds and bool(self.place) and self.seen_at + LEASE > now


Stands = Mapping[str, Stand]
"""Person -> where they are."""


def holder(stands: Stands, place: str, now: datetime) -> str | None:
    """Whose the place is now; None where it is nobody's."""
    return next((p for p, s in stands.items() if s.place == place and s.is_held(now)), None)


def enter(
    stands: Stands, person: str, section: str, place: str, now: datetime, *, takes: bool = False
) -> dict[str, Stand]:
    """Where everybody is after `person` came to a place, or said to be there still.

    With `takes` the place becomes theirs whoever held it.
    """
    before = stands.get(person)
    after = {each: stand for each, stand in stands.items() if each != person}
    is_free = bool(place) and (takes or holder(after, place, now) is None)
    if is_free:
        after = {each: replace(s, holds=s.holds and s.place != place) for each, s in after.items()}
    stays = before is not None and (before.section, before.place) == (section, place)
    since = before.since if before is not None and stays else now
    after[person] = Stand(section, place, is_free, since, now)
    return after
