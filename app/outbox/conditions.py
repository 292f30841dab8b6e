"""Has a promised letter still its reason when it is delivered?

A reminder is promised, the answer comes, and only then does the mail server come back: nobody is
reminded of what is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Condition = Callable[[Mapping[str, Any]], bool]
_conditions: dict[str, Condition] = {}


def due_while(kind: str) -> Callable[[Condition], Condition]:
    """Register the condition under which a kind of letter still goes out."""

    def register(condition: Condition) -> Condition:
        _conditions[kind] = condition
        return condition

    return register


def is_still_due(kind: str, params: Mapping[str, Any]) -> bool:
    """Whether the reason still holds; true where a kind has no condition."""
    condition = _conditions.get(kind)
    return condition is None or condition(params)
