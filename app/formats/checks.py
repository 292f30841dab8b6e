"""Which rules may hold between answers? A closed table that documents name and completeness asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

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
    }
)
"""Name of a rule in documents -> the rule."""
