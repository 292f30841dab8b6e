"""Which rules may hold between answers? A closed table that documents name and completeness asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.formats import persons

COMPARABLE = frozenset({"integer", "decimal", "money", "date"})


@dataclass(frozen=True, slots=True)
class Rule:
    """How a rule is judged.

    `broken` gets the values of the named fields (numbers, dates; None: no answer) and gives the name
    of the problem, or None. `problems` are the names it may give, `points_at` the field blamed.
    """

    problems: frozenset[str]
    fewest: int
    most: int
    points_at: int
    broken: Callable[[Sequence[Any]], str | None]
    contradictions: frozenset[str] = frozenset()
    """Problems that more answers cannot mend, which are told as soon as they are made."""
    kinds: frozenset[str] | None = None
    """The kinds of field it can judge; None for any."""
    takes_kept: bool = False
    """Whether it gets the values as they are kept, and not as numbers and dates."""


def _order(values: Sequence[Any]) -> str | None:
    first, second = values
    return "order" if first is not None and second is not None and first > second else None


def _needs(values: Sequence[Any]) -> str | None:
    first, second = values
    return "missing" if first is not None and second is None else None


def _total_or_parts(values: Sequence[Any]) -> str | None:
    """One total, or women and men (and those not stated): both would count people twice."""
    total, *parts = values
    given = [part for part in parts if part is not None]
    if total is not None and given:
        return "both"
    if total is None and not given:
        return "neither"
    if given and None in parts[:2]:
        return "partial"
    return "nobody" if (total or 0) + sum(given) == 0 else None


def _differ(values: Sequence[Any]) -> str | None:
    first, second = values
    return "same" if first is not None and first == second else None


def _join(values: Sequence[Any]) -> str | None:
    first, second = values
    return "apart" if None not in values and first != second else None


def _kept(
    broken: Callable[[Sequence[Any]], str | None], *problems: str, fields: tuple[int, int],
    points_at: int, contradicts: bool = True,
) -> Rule:  # fmt: skip
    """A rule that judges values as they are kept."""
    named = frozenset(problems)
    return Rule(named, *fields, points_at, broken, named if contradicts else frozenset(),
                takes_kept=True)  # fmt: skip


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "ordered": Rule(frozenset({"order"}), 2, 2, 1, _order, frozenset({"order"}), COMPARABLE),
        "needs": Rule(frozenset({"missing"}), 2, 2, 1, _needs),
        "total_or_parts": Rule(
            frozenset({"both", "neither", "partial", "nobody"}),
            3,
            4,
            0,
            _total_or_parts,
            frozenset({"both", "nobody"}),
            frozenset({"integer"}),
        ),
        "differ": _kept(_differ, "same", fields=(2, 2), points_at=1),
        "join": _kept(_join, "apart", fields=(2, 2), points_at=1),
        "ordered_days": _kept(persons.ordered_days, "order", fields=(2, 2), points_at=0),
        "days_follow": _kept(persons.ordered_days, "order", fields=(2, 2), points_at=1),
        "lifetime": _kept(persons.lifetime, "longer", fields=(2, 2), points_at=0),
        "minor_by_birth": _kept(
            persons.minor_by_birth, "older", "younger", fields=(3, 3), points_at=0
        ),
        "minor_by_band": _kept(
            persons.minor_by_band, "older", "younger", fields=(2, 2), points_at=0
        ),
        "band_by_birth": _kept(persons.band_by_birth, "other", fields=(3, 3), points_at=0),
        "age_by_birth": _kept(persons.age_by_birth, "older", fields=(3, 3), points_at=0),
        "is_minor": _kept(persons.must_be_minor, "adult", fields=(2, 2), points_at=0),
        "says_minor": _kept(
            persons.must_say_minor, "unknown", fields=(2, 2), points_at=0, contradicts=False
        ),
        "is_adult": _kept(persons.must_be_adult, "minor", fields=(2, 2), points_at=0),
        "asylum_answered": _kept(
            persons.asylum_answered, "missing", "unsigned", fields=(1, 1), points_at=0,
            contradicts=False,
        ),
        "asylum_guard": _kept(persons.asylum_guard, "contacted", fields=(2, 2), points_at=0),
        "family_warned": _kept(
            persons.family_warned, "warned", fields=(2, 2), points_at=0, contradicts=False
        ),
    }
)  # fmt: skip
"""Name of a rule in documents -> the rule."""
