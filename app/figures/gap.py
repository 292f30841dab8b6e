"""How much of what something costs is funded, how much is promised, and how much is missing?

One bar for each line of the cost and a last one for the total, all on one scale. The three parts
differ by pattern as well as tone, and each one's amount is written below its bar, so that nothing
hangs on colour or on a pointer. Always beside a table. To use it, on a page or in a document:

    lines = [GapLine("Materiales", cost=Decimal(900), funded=Decimal(300), promised=Decimal(100))]
    gap(lines, words=GAP_WORDS["es"], show=Shown(locale).money, element_id="gap", title="…")

Write the lines in the order of the table, with their names in the reader's language. `show` writes
an amount as the region does. The description is made of the amounts; whoever has a better one gives
it. A template shows the drawing with `ui.chart(title, drawing)`; a document takes
`StackChart(…, key=words[:3], stacks=gap_stacks(…), tones=TONES)`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from app.figures.drawing import counted
from app.figures.stacked import Stack, Tone, described, stacked

TONES: tuple[Tone, ...] = ("solid", "hatch", "open")
"""Firm, still to be confirmed, and empty."""


class GapLine(NamedTuple):
    """A line of the cost: what it costs, what is confirmed for it, and what is offered."""

    label: str
    cost: Decimal
    funded: Decimal
    promised: Decimal

    @property
    def missing(self) -> Decimal:
        """What nobody has offered yet: never below zero, also where more was offered than needed."""
        return max(self.cost - self.funded - self.promised, Decimal(0))


class GapWords(NamedTuple):
    """What the parts and the last bar are called in one language."""

    funded: str
    promised: str
    missing: str
    total: str


GAP_WORDS: Mapping[str, GapWords] = MappingProxyType(
    {
        "es": GapWords("Financiado", "Prometido", "Falta", "Total"),
        "en": GapWords("Funded", "Promised", "Missing", "Total"),
    }
)


def gap(
    lines: Sequence[GapLine],
    *,
    words: GapWords,
    show: Callable[[Decimal], str],
    element_id: str,
    title: str,
    description: str | None = None,
    width: int | None = None,
    ink: str = "currentColor",
) -> str:
    """The bars as SVG, laid out like `bars`. Raises ValueError for a negative or infinite amount."""
    stacks = gap_stacks(lines, words=words, show=show)
    return stacked(
        stacks,
        key=words[:3],
        tones=TONES,
        writes_parts=True,
        element_id=element_id,
        title=title,
        description=description or described(stacks, words[:3]),
        width=width,
        ink=ink,
    )


def gap_stacks(
    lines: Sequence[GapLine], *, words: GapWords, show: Callable[[Decimal], str]
) -> tuple[Stack, ...]:
    """A stack for each line and one for all; what is missing in one is not made up by another."""
    stacks = [_stack(line.label, line.cost, _parts(line), show) for line in lines]
    parts = [stack.parts for stack in stacks]
    whole = tuple(sum((each[n] for each in parts), Decimal(0)) for n in range(3))
    cost = sum((line.cost for line in lines), Decimal(0))
    return (*stacks, _stack(words.total, cost, whole, show))


def _parts(line: GapLine) -> tuple[Decimal, ...]:
    amounts = (line.cost, line.funded, line.promised)
    _, funded, promised = (counted(amount, label=line.label) for amount in amounts)
    return (funded, promised, line.missing)


def _stack(
    label: str, cost: Decimal, parts: tuple[Decimal, ...], show: Callable[[Decimal], str]
) -> Stack:
    return Stack(label, parts, tuple(show(part) for part in parts), show(cost))
