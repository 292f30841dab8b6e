"""What does the bench of these tests remember?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from types import SimpleNamespace


@dataclass
class Kept:
    """What the bench remembers of one answer."""

    raw: list[str]
    revision: int = 0


@dataclass
class Bench:
    """The answers, and what was asked of the bench."""

    answers: dict[str, Kept] = field(default_factory=lambda: defaultdict(lambda: Kept([])))
    asked: list[SimpleNamespace] = field(default_factory=list)
    done: dict[str, tuple[str, int]] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    refuse_next: list[int] = field(default_factory=list)
    lose_next: int = 0
    signed_in: bool = True
    person: str = "p1"
    token: str = "token"
    slow: float = 0
    own_computer: bool = False
    session: dict[str, int] = field(default_factory=dict)
    posts: list[dict[str, list[str]]] = field(default_factory=list)
