"""Where does each bar stand? Beside its label on a fixed width, below it on a fluid one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from app.figures.labels import LINE_HEIGHT, text_width, wrap

# The narrowest page a fluid drawing is planned for, in CSS pixels.
NARROW = 288
GAP = 8
_MARGIN = 4
_BETWEEN = 14
_LABEL_SHARE = 0.34
_LEAST_REACH = 0.2


@dataclass(frozen=True)
class Place:
    """One row: its label and first base line, its bar's corner, and the length of a full bar."""

    label: tuple[str, ...]
    first_line: float
    top: float
    start: float
    reach: float
    unit: str
    bottom: float


def room_beside(width: int) -> float:
    """How wide is the place at the right of the labels."""
    return width * (1 - _LABEL_SHARE)


def places(
    labels: Sequence[str],
    shown: Sequence[str],
    *,
    bar: float,
    width: int | None,
    top: float = 0,
    below: Sequence[int] = (),
) -> Iterator[Place]:
    """A place for each label from `top` downwards, `bar` pixels high, `shown` fitting at its end.

    `below` says how many lines of text stand under each bar, none if it is not given. With a `width` lengths are pixels; without one they are hundredths of whatever width there is.
    """
    room = max((text_width(text) for text in shown), default=0) + GAP + _MARGIN
    for label, lines in zip_longest(labels, below, fillvalue=0):
        text = lines * LINE_HEIGHT
        place = (
            _beside(str(label), bar=bar, text=text, width=width, room=room, top=top)
            if width
            else _above(str(label), bar=bar, text=text, room=room, top=top)
        )
        yield place
        top = place.bottom


def _beside(label: str, *, bar: float, text: float, width: int, room: float, top: float) -> Place:
    start = width * _LABEL_SHARE
    lines = wrap(label, width=start - 2 * GAP, lines=4)
    height = max(bar + text, len(lines) * LINE_HEIGHT)
    # A bar alone stands beside the middle of its label; with text below it both begin at the top.
    middle = top + (bar if text else height) / 2
    return Place(
        label=lines,
        first_line=middle + 5 - (0 if text else (len(lines) - 1) * LINE_HEIGHT / 2),
        top=middle - bar / 2,
        start=start,
        reach=max(width - start - room, width * _LEAST_REACH),
        unit="",
        bottom=top + height + _BETWEEN,
    )


def _above(label: str, *, bar: float, text: float, room: float, top: float) -> Place:
    lines = wrap(label, width=NARROW, lines=3)
    bar_top = top + len(lines) * LINE_HEIGHT + 3
    return Place(
        label=lines,
        first_line=top + 14,
        top=bar_top,
        start=0,
        reach=max(100 - room / NARROW * 100, 100 * _LEAST_REACH),
        unit="%",
        bottom=bar_top + bar + text + _BETWEEN,
    )
