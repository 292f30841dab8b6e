"""What is a criterion: its share, its verdict, its reason, and what would have to change?"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from app.formats.spec import Text
from app.matching.facts import Asked, NeedAsked, Offered
from app.matching.wording import Labels

WHOLE = 100
"""A share of one, in per cent."""


class Verdict(StrEnum):
    """What a criterion says of an offer beside what is asked."""

    FITS = "fits"
    PARTLY = "partly"
    FAILS = "fails"
    NOT_STATED = "not_stated"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Pair:
    """An offer held against what is asked, as of a day."""

    asked: Asked
    offered: Offered
    today: date


class Criterion(ABC):
    """One question that is put to every pair. Its share is exact; nobody's words enter into it."""

    key: ClassVar[str]
    rules_out: ClassVar[bool] = False
    """Whether failing it makes a course impossible, however well everything else fits."""
    is_of_host: ClassVar[bool] = True
    """Whether it is asked of who offers the place alone, also where its offer says nothing of it."""

    def is_told(self, pair: Pair) -> bool:
        """Whether the offer says anything of it."""
        return True

    def is_asked(self, pair: Pair) -> bool:
        """Whether it is asked of whoever makes this offer: a host need not teach anything."""
        return self.is_of_host or not pair.offered.is_host or self.is_told(pair)

    @abstractmethod
    def share(self, pair: Pair) -> Fraction | None:
        """How much of what is asked the offer meets, from 0 to 1; None where a side is silent."""

    @abstractmethod
    def reason(self, pair: Pair, labels: Labels) -> Text:
        """Why, with the values themselves; may name countries, so for the Secretariat alone."""

    def change(self, pair: Pair, labels: Labels) -> Text:
        """What would have to change where it fails."""
        raise NotImplementedError(self.key)

    def for_sponsor(self, pair: Pair, labels: Labels) -> Text | None:
        """A sentence that the offer's sponsor may read: no more than what its own offer says.

        It holds no value of the need that the offer does not hold too, no country, and never speaks
        of who may take part: an offer to two countries would tell which of them asks.
        """
        return None


class ByNeed(Criterion):
    """A criterion whose share is the mean of those of the needs that state something."""

    def share(self, pair: Pair) -> Fraction | None:
        if not self.is_told(pair):
            return None
        return mean(self.of_need(pair, need) for need in pair.asked.needs)

    @abstractmethod
    def of_need(self, pair: Pair, need: NeedAsked) -> Fraction | None:
        """The share of one need, which the offer meets as far as it says; None where it is silent."""


def percent(share: Fraction | None) -> int | None:
    """A share in whole per cent: rounded down, and never to all or nothing where it is neither."""
    if share is None:
        return None
    if share in (0, 1):
        return int(share) * WHOLE
    return max(1, int(share * WHOLE))


def verdict_of(share: int | None) -> Verdict:
    if share is None:
        return Verdict.NOT_STATED
    if share == WHOLE:
        return Verdict.FITS
    return Verdict.PARTLY if share else Verdict.FAILS


def mean(shares: Iterable[Fraction | None]) -> Fraction | None:
    """The mean of the needs of a group that state something; None where none does."""
    stated = [share for share in shares if share is not None]
    return sum(stated, Fraction()) / len(stated) if stated else None


def covered(asked: tuple[str, ...], offered: Iterable[str]) -> Fraction | None:
    """How many of the asked codes are offered; None where none is asked."""
    wanted = frozenset(asked)
    return Fraction(len(wanted & frozenset(offered)), len(wanted)) if wanted else None
