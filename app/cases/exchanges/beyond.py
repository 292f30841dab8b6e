"""What does a communication ask of its unit beyond a receipt, such as to take something over?

Later features say it here; exchanges do not know who they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.cases.exchanges.opened import Received


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked, in the reader's words; `url` is where it is done, or what came of it."""

    title: str
    words: str
    url: str = ""
    act: str = ""
    """What the way there is called."""
    is_next: bool = False
    """Whether it is what comes next now."""


Says = Callable[[Received], Asked | None]
_saying: list[Says] = []


def asks(say: Says) -> Says:
    """Register what says what a communication asks for."""
    _saying.append(say)
    return say


def asked(received: Received) -> Asked | None:
    """What this one asks for; None for most."""
    return next((found for say in _saying if (found := say(received)) is not None), None)
