"""Who has already read what a rule reserves from now on? Whoever knows registers how it is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.cases.reservations.models import ReservationRule
from app.policy.actor import Actor


@dataclass(frozen=True)
class Read:
    """A communication that a unit elsewhere opened."""

    reference: str
    who: str
    """The unit and its country, in the reader's language."""
    at: datetime
    url: str = ""
    """Where the communication is looked at, for who may."""
    ask: str = ""
    """The unit that can recall it, where the reader may not."""


Finder = Callable[[Actor, ReservationRule], Sequence[Read]]
_finders: list[Finder] = []


def finds_readers(finder: Finder) -> Finder:
    """Register a way in which those who already read something are found, the latest first."""
    if finder not in _finders:
        _finders.append(finder)
    return finder


def already_read(actor: Actor, rule: ReservationRule) -> list[Read]:
    """Who read, before the rule, what it concerns."""
    return [read for finder in _finders for read in finder(actor, rule)]
