"""How well does a pair match in all, and which offers come first, nearly, or not at all?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from typing import NamedTuple

from app.formats.spec import Text
from app.matching.by_need import mean_told
from app.matching.criterion import Criterion, Pair, Verdict, percent, verdict_of
from app.matching.weights import CRITERIA, Weights
from app.matching.wording import Labels, after

BEST, NEAR = 50, 25
"""So many of a run are kept with their reasons."""
NOT_ASKED = Text("No se pide a quien ofrece la sede.", "Not asked of who offers the place.")
JUDGING = 2
"""By which rules it is judged and worded; a record keeps its own. By the first ones no host was told
apart from who pays, and nothing said how the share of a group comes about."""
ABOUT = "theme"
"""An offer about something else is no near miss, however well the rest fits."""


@dataclass(frozen=True)
class Finding:
    """What one criterion says of a pair, and why."""

    criterion: str
    share: int | None
    """In whole per cent; None where a side is silent."""
    weight: int
    points: int
    """Weight times share, in hundredths of a point."""
    reason: Text
    change: Text | None
    """What would have to change, where it fails."""
    rules_out: bool
    is_asked: bool

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.share) if self.is_asked else Verdict.NOT_ASKED


@dataclass(frozen=True, slots=True)
class Match:
    """A pair with the share of each criterion, in the order of CRITERIA, and the total."""

    pair: Pair
    key: str
    """What it is told apart by: the key of the side that differs in a run."""
    shares: tuple[int | None, ...]
    total: int
    """In hundredths of a point: 0 to 10,000."""

    @property
    def failed(self) -> tuple[str, ...]:
        """The criteria that it does not meet at all."""
        return tuple(
            each.key for each, share in zip(CRITERIA, self.shares, strict=True) if share == 0
        )

    @property
    def order(self) -> tuple[int, str]:
        """The greatest total first; equal ones by key."""
        return -self.total, self.key


def match(pair: Pair, weights: Weights, key: str) -> Match:
    """A pair, judged."""
    shares = tuple(
        percent(criterion.share(pair)) if criterion.is_asked(pair) else None
        for criterion in CRITERIA
    )
    total = sum(map(_points, CRITERIA, shares, [weights] * len(CRITERIA)))
    return Match(pair, key, shares, total)


def _points(criterion: Criterion, share: int | None, weights: Weights) -> int:
    return weights.points[criterion.key] * (weights.not_stated if share is None else share)


def findings(
    found: Match, weights: Weights, labels: Labels, judging: int = JUDGING
) -> tuple[Finding, ...]:
    """A match in words: what each criterion says, and how the total comes about."""
    return tuple(
        _finding(criterion, share, found.pair, weights, _Words(labels, judging))
        for criterion, share in zip(CRITERIA, found.shares, strict=True)
    )


class _Words(NamedTuple):
    """By which lists codes are called, and by which rules reasons are put."""

    labels: Labels
    judging: int

    def reason(self, criterion: Criterion, pair: Pair) -> Text:
        if not criterion.is_asked(pair):
            return NOT_ASKED
        reason = criterion.reason(pair, self.labels)
        followed = mean_told(criterion, pair) if self.judging > 1 else None
        return after(reason, followed) if followed else reason


def _finding(
    criterion: Criterion, share: int | None, pair: Pair, weights: Weights, words: _Words
) -> Finding:
    fails = share == 0
    return Finding(
        criterion=criterion.key, share=share, weight=weights.points[criterion.key],
        points=_points(criterion, share, weights), reason=words.reason(criterion, pair),
        change=criterion.change(pair, words.labels) if fails else None,
        rules_out=fails and criterion.rules_out, is_asked=criterion.is_asked(pair),
    )  # fmt: skip


def for_sponsor(pair: Pair, labels: Labels) -> dict[str, Text]:
    """Criterion -> sentence that the offer's sponsor may read of what fits.

    Nothing of the need but what the offer says as well, and no country: see `Criterion.for_sponsor`.
    """
    told = {criterion.key: criterion.for_sponsor(pair, labels) for criterion in CRITERIA}
    return {key: sentence for key, sentence in told.items() if sentence is not None}


@dataclass(frozen=True)
class Ranking:
    """What a run found, in order."""

    considered: int
    matched: int
    """How many fail no criterion; the first of them are `best`."""
    best: tuple[Match, ...]
    missed: int
    """How many fail one criterion and are about what is asked; the first of them are `near`."""
    near: tuple[Match, ...]
    others: int
    failed: dict[str, int]
    """Criterion -> how many of the others fail it; one may fail several."""


def rank(matches: Iterable[Match], *, best: int = BEST, near: int = NEAR) -> Ranking:
    """The ranking of judged pairs. The order in which they come does not matter."""
    fitting, missing, others, considered = [], [], 0, 0
    failed: Counter[str] = Counter()
    for each in matches:
        considered += 1
        missed = each.failed
        if not missed:
            fitting.append(each)
        elif len(missed) == 1 and ABOUT not in missed:
            missing.append(each)
        else:
            others += 1
            failed.update(missed)
    return Ranking(
        considered, len(fitting), tuple(nsmallest(best, fitting, key=_order)),
        len(missing), tuple(nsmallest(near, missing, key=_order)), others,
        {key: failed[key] for key in sorted(failed)},
    )  # fmt: skip


def _order(found: Match) -> tuple[int, str]:
    return found.order
