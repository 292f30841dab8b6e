"""What is written down of a ranking, so that it can be read, and judged once more, at any time?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.formats.canonical import canonical_json
from app.formats.spec import Text
from app.matching.criterion import Pair
from app.matching.facts import Asked, Offered
from app.matching.match import JUDGING, Finding, Match, findings, match, rank
from app.matching.weights import Weights
from app.matching.wording import Labels
from app.matching.written import read, write

LISTS = ("best", "near")


@dataclass(frozen=True)
class Named:
    """One side of a pair, with what it is called where it is listed."""

    kind: str
    """need, group or offer"""
    title: Text
    lang: str
    """The language in which the title was written; "" where it stands in both."""
    by: Text
    """Who asks or offers."""
    facts: Asked | Offered


def compute(
    subject: Named, others: Iterable[Named], *, weights: Weights, today: date, labels: Labels
) -> dict[str, Any]:
    """The ranking of all others for the subject, with every reason in words."""
    named = {other.facts.key: other for other in others}
    words = _Words(weights, labels, JUDGING)
    ranking = rank(
        match(_pair(subject.facts, other.facts, today), weights, key)
        for key, other in named.items()
    )
    return {
        "as_of": today.isoformat(),
        "judging": JUDGING,
        "subject": _named(subject),
        "weights": weights.written() | {"version": weights.version},
        "considered": ranking.considered, "matched": ranking.matched, "missed": ranking.missed,
        "others": ranking.others, "failed": ranking.failed,
        "best": [_entry(named[each.key], each, words) for each in ranking.best],
        "near": [_entry(named[each.key], each, words) for each in ranking.near],
    }  # fmt: skip


def judge_again(
    content: Mapping[str, Any], labels: Labels, weights: Weights | None = None
) -> dict[str, Any]:
    """The same record made anew from the facts that stand in it; other weights give another order.

    What was not kept is not judged again: its counts stay.
    """
    chosen = weights or weights_of(content)
    subject, today = _read(content["subject"]), date.fromisoformat(content["as_of"])
    words = _Words(chosen, labels, content.get("judging", 1))
    lists = {}
    for name in LISTS:
        named = {each["facts"]["key"]: _read(each) for each in content[name]}
        judged = sorted(
            (match(_pair(subject.facts, other.facts, today), chosen, key)
             for key, other in named.items()), key=lambda each: each.order,
        )  # fmt: skip
        lists[name] = [_entry(named[each.key], each, words) for each in judged]
    return dict(content) | lists | {
        "subject": _named(subject),
        "weights": chosen.written() | {"version": chosen.version},
    }  # fmt: skip


def stands(content: Mapping[str, Any], labels: Labels) -> bool:
    """Whether the same facts and weights still give the same bytes."""
    return canonical_json(judge_again(content, labels)) == canonical_json(dict(content))


def weights_of(content: Mapping[str, Any]) -> Weights:
    """The weights by which it was judged."""
    return Weights.read(content["weights"], content["weights"]["version"])


def _pair(one: Asked | Offered, other: Asked | Offered, today: date) -> Pair:
    if isinstance(one, Offered):
        one, other = other, one
    if not isinstance(one, Asked) or not isinstance(other, Offered):
        raise TypeError("an offer is held against what is asked")
    return Pair(one, other, today)


def _named(named: Named) -> dict[str, Any]:
    return {
        "kind": named.kind, "title": _text(named.title), "lang": named.lang, "by": _text(named.by),
        "facts": write(named.facts),
    }  # fmt: skip


def _read(written: Mapping[str, Any]) -> Named:
    return Named(written["kind"], Text(**written["title"]), written["lang"], Text(**written["by"]),
                 read(written["facts"]))  # fmt: skip


@dataclass(frozen=True)
class _Words:
    """By what an entry is put in words."""

    weights: Weights
    labels: Labels
    judging: int


def _entry(named: Named, found: Match, words: _Words) -> dict[str, Any]:
    told = findings(found, words.weights, words.labels, words.judging)
    return _named(named) | {"total": found.total, "criteria": [_finding(each) for each in told]}


def _finding(each: Finding) -> dict[str, Any]:
    return {
        "key": each.criterion, "verdict": each.verdict.value, "share": each.share,
        "weight": each.weight, "points": each.points, "reason": _text(each.reason),
        "change": _text(each.change) if each.change else None, "rules_out": each.rules_out,
    }  # fmt: skip


def _text(text: Text) -> dict[str, str]:
    return {"es": text.es, "en": text.en}
