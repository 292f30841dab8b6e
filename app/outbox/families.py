"""Which mail can somebody do without, kind by kind?

Mail about accounts, roles, calls that open and decisions with a deadline has no family: it always
comes. The feature that keeps people's choices registers who does without what.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

from app.outbox.recipients import Addressee

COMMENTS: Final = "comments"
"""Somebody is addressed in a comment, or answered."""
READY: Final = "ready"
"""A draft waits for whoever certifies it."""
STEPS: Final = "steps"
"""What became of needs in which the person took part."""
REMINDERS: Final = "reminders"
"""A call closes soon and nothing was submitted."""
CASES: Final = "cases"
"""What becomes of communications on cases; that one arrived always comes."""
ALL: Final = (COMMENTS, READY, STEPS, CASES, REMINDERS)

DoWithout = Callable[[str, Collection[str]], Collection[str]]
_families: dict[str, str] = {}
_choosers: list[DoWithout] = []


def belongs_to(family: str, *kinds: str) -> None:
    """Put kinds of mail into a family."""
    _families.update(dict.fromkeys(kinds, family))


def knows_choices(do_without: DoWithout) -> DoWithout:
    """Register the function that says who of these people does without a family of mail."""
    _choosers[:] = [do_without]
    return do_without


def willing(kind: str, people: Sequence[Addressee]) -> Sequence[Addressee]:
    """Those who have not switched off mail of this kind."""
    family = _families.get(kind)
    if family is None or not people or not _choosers:
        return people
    without = _choosers[0](family, [person.id for person in people])
    return [person for person in people if person.id not in without]
