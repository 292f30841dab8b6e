"""What stands on a desk: blocks of a few things each, with the way to all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

SHOWN = 5
"""How many things a block shows; whoever has more is led to the list."""
ASKED = SHOWN + 1
"""How many are asked for: one more, to know whether there are more."""

Row = TypeVar("Row")


@dataclass(frozen=True)
class Item:
    """One thing that waits: what it is, where it is opened, what is known about it."""

    title: str
    url: str
    notes: tuple[str, ...] = ()
    """A line each."""
    tag: tuple[str, str] | None = None
    """A word and the look of its tag."""
    lang: str | None = None
    """In which language the title was written, where that is known and not the reader's."""
    asked: tuple[tuple[str, str], ...] = ()
    """(section, reason) pairs of a return."""


@dataclass(frozen=True)
class Block:
    """Things of one kind. A block without items is left out."""

    key: str
    title: str
    items: tuple[Item, ...]
    all_url: str | None = None
    """Where the others are, if there are more than are shown."""


@dataclass(frozen=True)
class Desk:
    """What waits, and what to say where nothing does."""

    blocks: tuple[Block, ...]
    nothing: tuple[str, str] = ("", "")
    """A title and a sentence for a desk on which nothing waits."""
    calm: str = ""
    """A sentence above all else, for somebody who may look here and has nothing to do."""
    ways: tuple[tuple[str, str], ...] = ()
    """Where that person may look: (address, label)."""
    start: str = ""
    """The open call in which this person may begin a need; empty where there is none."""
    coming: tuple[str, ...] = field(default=())
    """What will stand here for roles whose work is not in Enlace yet."""


def block(
    key: str,
    title: str,
    rows: Sequence[Row],
    draw: Callable[[Row], Item],
    all_url: str | None = None,
) -> Block:
    """A block of the first few rows, each drawn as an item."""
    items = tuple(draw(row) for row in rows[:SHOWN])
    return Block(key, title, items, all_url if len(rows) > SHOWN else None)


def desk(*blocks: Block, nothing: tuple[str, str] = ("", ""), **more: Any) -> Desk:
    """A desk of the blocks on which something lies; `more` is what else a Desk says."""
    return Desk(tuple(each for each in blocks if each.items), nothing, **more)
