"""Which words did a page show when somebody wrote over them?

A revision counts within one draft: opened again, a need begins a new draft at 1. A page therefore names
both, `<draft>:<revision>`, at each of its answers; what was seen in another draft is never the newest.
"""

from __future__ import annotations

from typing import NamedTuple

LONGEST = 32
NEVER = -1
"""A revision that no answer ever has."""


class Seen(NamedTuple):
    """An answer as somebody saw it: its revision, and the draft in which that counts."""

    draft: str
    revision: int

    def __str__(self) -> str:
        return f"{self.draft}:{self.revision}"

    def within(self, draft: str) -> int:
        """The revision to compare in this draft. An empty answer is the same in each."""
        return self.revision if self.draft == draft or not self.revision else NEVER


NOTHING = Seen("", 0)


def read(sent: str) -> Seen | None:
    """What a page says that it showed; None for nonsense, and for a number without its draft."""
    draft, _sep, number = sent.rpartition(":")
    if not number.isdecimal() or len(number) > 9:
        return None
    if not draft:
        return NOTHING if int(number) == 0 else None
    is_id = draft.isascii() and draft.isalnum() and len(draft) <= LONGEST
    return Seen(draft, int(number)) if is_id else None
