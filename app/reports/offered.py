"""Which offers stand in a report? Whoever keeps offers says so; a report knows no more of them than this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from app.formats.spec import Text


@dataclass(frozen=True, kw_only=True)
class ListedOffer:
    """An offer that stood open, as a report says it."""

    by: Text
    title: str
    title_lang: str
    roles: tuple[Text, ...]
    covers: tuple[Text, ...]
    """None where it was not said which costs it covers."""
    valid_until: date


Lister = Callable[[datetime], tuple[ListedOffer, ...]]
_listers: list[Lister] = []


def lists_offers(lister: Lister) -> Lister:
    """Register the function that says which offers stood open at an instant, in an order of its own."""
    _listers[:] = [lister]
    return lister


def listed_offers(at: datetime) -> tuple[ListedOffer, ...]:
    """The offers that stood open at an instant."""
    return _listers[0](at) if _listers else ()
