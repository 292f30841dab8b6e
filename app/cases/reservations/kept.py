"""Which reservations does a copy obey that was made some time ago? All that held at any moment since.

What was tightened after a copy was made is taken out of it for good: that it is withdrawn, replaced by a
milder version, or that its days are over lets nothing be seen again. Only a new release makes a new copy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app import clock
from app.cases.reservations import terms
from app.cases.reservations.models import ReservationRule
from app.cases.reservations.queries import IN_FORCE
from app.db import beyond
from app.extensions import db
from app.reserving.rule import Rule

_RULE = ReservationRule.__table__.c


@dataclass(frozen=True)
class _Span:
    """A rule, whose days were asked here, and when it held."""

    rule: Rule
    first: date
    last: date
    ended_at: datetime | None

    def held_since(self, moment: datetime) -> bool:
        """Whether it held at that moment, or at any later one until now."""
        if self.ended_at is not None and self.ended_at <= moment:
            return False
        first = max(self.first, clock.day_of(moment))
        return first <= min(self.last, clock.today())


@dataclass(frozen=True)
class Held:
    """The rules of some countries that held since a moment."""

    _rules: tuple[_Span, ...]

    def since(self, moment: datetime) -> tuple[Rule, ...]:
        """Those that held at that moment or later, until now."""
        return tuple(each.rule for each in self._rules if each.held_since(moment))


def held(countries: Iterable[str], since: datetime) -> Held:
    """What copies obey that were made at that moment or later; one question.

    As `queries.rules_of` it is for deciding what is shown; none of it goes on a page of another country.
    """
    query = (
        db.select(*_RULE)
        .where(
            _RULE.country.in_(sorted(set(countries))),
            (_RULE.state == IN_FORCE)
            | (_RULE.confirmed_at.is_not(None) & (_RULE.ended_at > since)),
        )
        .order_by(_RULE.country, _RULE.id)
    )
    return Held(
        tuple(_span(row, rule) for row in beyond.read(query) for rule in terms.rules_of(row))
    )


def rules_since(countries: Iterable[str], moment: datetime) -> tuple[Rule, ...]:
    """What a copy obeys that was made at this moment."""
    return held(countries, moment).since(moment)


def _span(row: Any, rule: Rule) -> _Span:
    confirmed = clock.day_of(row.confirmed_at) if row.confirmed_at else date.min
    ended = clock.day_of(row.ended_at) if row.ended_at else date.max
    return _Span(
        replace(rule, valid_from=None, valid_to=None),
        first=max(confirmed, rule.valid_from or date.min),
        last=min(ended, rule.valid_to or date.max),
        ended_at=row.ended_at,
    )
