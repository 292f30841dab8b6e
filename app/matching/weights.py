"""How much does each criterion count? A hundred points in all, in versions that never change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.matching.criterion import WHOLE, Criterion
from app.matching.subject import Level, Profile, Theme
from app.matching.terms import Eligibility, Period, Validity
from app.matching.way import Costs, Language, Modality, Seats

CRITERIA: tuple[Criterion, ...] = (
    Theme(), Profile(), Level(), Language(), Period(), Seats(), Eligibility(), Costs(), Modality(),
    Validity(),
)  # fmt: skip
"""In the order in which people read them."""
KEYS = tuple(criterion.key for criterion in CRITERIA)
FIRST = MappingProxyType({
    "theme": 30, "profile": 15, "level": 5, "language": 10, "window": 10, "seats": 10,
    "eligibility": 5, "costs": 10, "modality": 5, "validity": 0,
})  # fmt: skip
"""The first version: a proposal of this product."""
SILENCE = 50
"""What is not stated counts by half, until it is: neither for the offer nor against it."""


class BadWeights(ValueError):
    """Not a hundred points, not whole ones, or not one number for each criterion."""


@dataclass(frozen=True)
class Weights:
    """One version of the weights. `not_stated` is what silence counts, in per cent."""

    points: Mapping[str, int]
    not_stated: int = SILENCE
    version: int = 1

    def __post_init__(self) -> None:
        numbers = (*self.points.values(), self.not_stated)
        if set(self.points) != set(KEYS) or any(type(each) is not int for each in numbers):
            raise BadWeights("one whole number for each criterion")
        if min(numbers) < 0 or self.not_stated > WHOLE or sum(self.points.values()) != WHOLE:
            raise BadWeights("a hundred points in all")

    def written(self) -> dict[str, Any]:
        """As they are stored."""
        return {"points": {key: self.points[key] for key in KEYS}, "not_stated": self.not_stated}

    @classmethod
    def read(cls, written: Mapping[str, Any], version: int) -> Weights:
        """A stored version. Raises BadWeights."""
        return cls(dict(written["points"]), written["not_stated"], version)


DEFAULT = Weights(FIRST)
