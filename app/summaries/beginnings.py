"""With which words may the Secretariat begin to say why a summary goes to a sponsor?

Whoever knows what sponsors offer says them here. They are put into the form for a person to amend;
nothing is sent by this.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.summaries import sending
from app.summaries.queries import OpenedSummary
from app.web.errors import Refusal


@dataclass(frozen=True)
class Beginning:
    """Words for one sponsor, in both languages, and the offer of which they speak."""

    key: str
    sponsor_id: str
    offer: str
    lang: str
    text: str


Source = Callable[[OpenedSummary], Sequence[Beginning]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a feature say with which words one may begin."""
    if source not in _sources:
        _sources.append(source)


def of(opened: OpenedSummary) -> list[Beginning]:
    """What one may begin with; words that would name an unnamed country are not among it."""
    found = {each.key: each for source in _sources for each in source(opened)}
    while found:
        try:
            sending.refuse_untold(opened, {key: each.text for key, each in found.items()})
        except Refusal as refusal:
            del found[refusal.field or ""]
        else:
            break
    return list(found.values())
