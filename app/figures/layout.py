"""Where does each bar stand? Beside its label on a fixed width, below it on a fluid one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


def places(
    labels: Sequence[str], shown: Sequence[str], *, bar: float, width: int | None, top: float = 0
) -> Iterator[Place]:
    """A place for each label from `top` downwards, `bar` pixels high, `shown` fitting at its end.

    With a `width` lengths are pixels; without one they are hundredths of whatever width there is.
    """
    room = max((text_width(text) for text in shown), default=0) + GAP + _MARGIN
    for label in labels:
        place = (
            _beside(label, bar=bar, width=width, room=room, top=top)
            if width
            else _above(label, bar=bar, room=room, top=top)
        )
        yield place
        top = place.bottom


def _beside(label: str, *, bar: float, width: int, room: float, top: float) -> Place:
    start = width * _LABEL_SHARE
    lines = wrap(label, width=start - 2 * GAP, lines=4)
    height = max(bar, len(lines) * LINE_HEIGHT)
    middle = top + height / 2
    return Place(
        label=lines,
        first_line=middle - (len(lines) - 1) * LINE_HEIGHT / 2 + 5,
        top=middle - bar / 2,
        start=start,
        reach=max(width - start - room, width * _LEAST_REACH),
        unit="",
        bottom=top + height + _BETWEEN,
    )


def _above(label: str, *, bar: float, room: float, top: float) -> Place:
    lines = wrap(label, width=NARROW, lines=3)
    bar_top = top + len(lines) * LINE_HEIGHT + 3
    return Place(
        label=lines,
        first_line=top + 14,
        top=bar_top,
        start=0,
        reach=max(100 - room / NARROW * 100, 100 * _LEAST_REACH),
        unit="%",
        bottom=bar_top + bar + _BETWEEN,
    )
