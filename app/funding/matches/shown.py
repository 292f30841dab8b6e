"""What of a ranking stands on its page?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.funding.matches import computing, queries
from app.funding.matches.models import MatchRun
from app.funding.matches.queries import Subject
from app.matching import record
from app.matching.criterion import Verdict
from app.matching.weights import Weights
from app.web.keyset import SIZE

SHOWS = ("best", "near", "rest")
PREVIEWED, LOOKED_AT, PLACES = 3, 20, 10
"""Weights are tried on so many rankings, chosen among the last ones; so many places of each are shown."""


@dataclass(frozen=True)
class Part:
    """A page of the entries of a ranking, and the keys with which its neighbours begin."""

    entries: Sequence[Mapping[str, Any]]
    first: int
    """The place of the first of them."""
    before: str | None
    behind: str | None


def part(entries: Sequence[Mapping[str, Any]], start: str, size: int = SIZE) -> Part:
    """The page that begins with the entry of a key; the first one where there is none."""
    keys = [entry["facts"]["key"] for entry in entries]
    at = keys.index(start) if start in keys else 0
    return Part(
        entries[at : at + size], at + 1, keys[max(0, at - size)] if at else None,
        keys[at + size] if at + size < len(keys) else None,
    )  # fmt: skip


@dataclass(frozen=True)
class Moved:
    """One entry of a ranking under other weights."""

    place: int
    was: int
    title: Mapping[str, str]
    lang: str
    total: int
    before: int


@dataclass(frozen=True)
class Preview:
    """What other weights would make of a ranking that was computed."""

    subject: Subject
    run: MatchRun
    places: Sequence[Moved]
    is_same: bool
    """Whether nothing changes its place."""


def previews(weights: Weights) -> list[Preview]:
    """What other weights would make of the last rankings, each of another subject."""
    return [_preview(run, weights) for run in queries.recent(LOOKED_AT, PREVIEWED)]


def _preview(run: MatchRun, weights: Weights) -> Preview:
    content = computing.content_of(run)
    old = {each["facts"]["key"]: (place, each["total"])
           for place, each in enumerate(content["best"], 1)}  # fmt: skip
    again = record.judge_again(content, computing.LABELS, weights)["best"]
    moved = [
        Moved(place, old[key][0], each["title"], each["lang"], each["total"], old[key][1])
        for place, each in enumerate(again, 1)
        if (key := each["facts"]["key"])
    ]
    return Preview(queries.as_kept(content, run), run, moved[:PLACES],
                   all(each.place == each.was for each in moved))  # fmt: skip


def gist(entry: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """An entry at a glance: each verdict that occurs, with the criteria of which it was said."""
    said = ((verdict.value, [each["key"] for each in entry["criteria"]
                             if each["verdict"] == verdict.value]) for verdict in Verdict)  # fmt: skip
    return [(verdict, keys) for verdict, keys in said if keys]


def points(hundredths: int) -> Decimal:
    """Hundredths of a point as points."""
    return Decimal(hundredths) / 100
