"""What is each made of? One bar for each label, cut into the same few parts, with their key above."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from app.figures.colours import EDGE, TEAL, TEAL_LIGHT, WHITE
from app.figures.drawing import counted, drawing, lines_of_text, number, tooltip, value_at_end
from app.figures.labels import LINE_HEIGHT, text_width, wrap
from app.figures.layout import NARROW, Place, places, room_beside
from app.figures.xml import plain

Tone = Literal["solid", "light", "hatch", "open"]

_HEIGHT = 20
_SWATCH = 14
_MOST_PARTS = 4
_TONES: tuple[Tone, ...] = ("solid", "light", "hatch", "open")


class Stack(NamedTuple):
    """A label, its parts in the order of the key, each as shown, and the whole as shown."""

    label: str
    parts: tuple[Decimal, ...]
    shown_parts: tuple[str, ...]
    shown: str


def stacked(
    items: Sequence[Stack],
    *,
    key: Sequence[str],
    element_id: str,
    title: str,
    description: str,
    tones: Sequence[Tone] = _TONES,
    writes_parts: bool = False,
    width: int | None = None,
    ink: str = "currentColor",
) -> str:
    """The stacks as SVG, laid out like `bars`; `key` names the parts, four at most.

    `tones` says how each part is filled, `writes_parts` writes the parts below each bar, so that
    none has or infinite number and for an id that is not a plain name.
    """
    if len(key) > _MOST_PARTS:
        raise ValueError(f"a stack is legible up to {_MOST_PARTS} parts, not {len(key)}")
    wholes = [_whole(stack, key) for stack in items]
    fills = _fills(element_id, tones)
    below = [_told(stack, key, width or NARROW) if writes_parts else () for stack in items]
    legend, top = _legend(key, fills, width=width or NARROW, ink=ink)
    rows = list(
        places(
            [stack.label for stack in items],
            [stack.shown for stack in items],
            bar=_HEIGHT,
            below=[len(lines) for lines in below],
            width=width,
            top=top,
        )
    )
    drawn = (
        _row(stack, place, max(wholes), key=key, fills=fills, ink=ink)
        + _below(lines, place, ink=ink)
        for stack, place, lines in zip(items, rows, below, strict=True)
    )
    return drawing(
        (_hatch(element_id), *legend, *drawn),
        element_id=element_id,
        title=title,
        description=description,
        width=width,
        height=rows[-1].bottom if rows else top,
    )


def described(stacks: Sequence[Stack], key: Sequence[str]) -> str:
    """The drawing in words: each bar with all its parts."""
    told = (
        f"{stack.label}: {stack.shown} ("
        + ", ".join(f"{name} {part}" for name, part in zip(key, stack.shown_parts, strict=True))
        + ")"
        for stack in stacks
    )
    return "; ".join(told) + "."


def _whole(stack: Stack, key: Sequence[str]) -> Decimal:
    if not len(stack.parts) == len(stack.shown_parts) == len(key):
        raise ValueError(f"{stack.label!r} has {len(stack.parts)} parts, the key {len(key)}")
    return sum((counted(part, label=stack.label) for part in stack.parts), Decimal(0))


def _fills(element_id: str, tones: Sequence[Tone]) -> tuple[str, ...]:
    """Tone and pattern differ together: the parts are told apart without colour and in print."""
    filled = dict(zip(_TONES, (TEAL, TEAL_LIGHT, f"url(#{element_id}-hatch)", WHITE), strict=True))
    return tuple(filled[tone] for tone in tones)


def _told(stack: Stack, key: Sequence[str], width: int) -> tuple[str, ...]:
    """The parts in words, in as many lines as they need where a bar begins at the side."""
    parts = zip(key, stack.parts, stack.shown_parts, strict=True)
    told = [f"{name}: {shown}" for name, part, shown in parts if part]
    room = width if width == NARROW else room_beside(width)
    return wrap(" · ".join(told), width=room, lines=4) if told else ()


def _below(lines: Sequence[str], place: Place, *, ink: str) -> str:
    if not lines:
        return ""
    x, y = f"{number(place.start)}{place.unit}", place.top + _HEIGHT + LINE_HEIGHT - 3
    return lines_of_text(lines, x=x, y=y, ink=ink)


def _row(
    stack: Stack,
    place: Place,
    longest: Decimal,
    *,
    key: Sequence[str],
    fills: Sequence[str],
    ink: str,
) -> str:
    at, drawn = place.start, []
    for name, part, shown, fill in zip(key, stack.parts, stack.shown_parts, fills, strict=False):
        if not part:
            continue
        length = float(part / longest) * place.reach
        drawn.append(
            f'<rect x="{number(at)}{place.unit}" y="{number(place.top)}"'
            f' width="{number(length)}{place.unit}" height="{_HEIGHT}" fill="{fill}"'
            f' stroke="{WHITE if fill in (TEAL, TEAL_LIGHT) else EDGE}">'
            f"<title>{plain(name)}: {plain(shown)}</title></rect>"
        )
        at += length
    return (
        f"<g>{tooltip(stack.label, place.label, stack.shown)}"
        f"{lines_of_text(place.label, x='0', y=place.first_line, ink=ink)}{''.join(drawn)}"
        f"{value_at_end(stack.shown, x=at, unit=place.unit, y=place.top + 15, ink=ink)}</g>"
    )


def _legend(
    key: Sequence[str], fills: Sequence[str], *, width: float, ink: str
) -> tuple[list[str], float]:
    """The key in as many lines as it needs, and where it ends."""
    drawn, x, top = [], 0.0, 0.0
    for name, fill in zip(key, fills, strict=False):
        text = wrap(name, width=width - _SWATCH - 6, lines=1)[0]
        needed = _SWATCH + 6 + text_width(text)
        if x and x + needed > width:
            x, top = 0.0, top + LINE_HEIGHT + 4
        drawn.append(
            f"<g>{tooltip(name, [text])}"
            f'<rect x="{number(x + 0.5)}" y="{number(top + 2.5)}" width="{_SWATCH - 1}"'
            f' height="{_SWATCH - 1}" fill="{fill}" stroke="{EDGE}"/>'
            f"{lines_of_text([text], x=number(x + _SWATCH + 6), y=top + 14, ink=ink)}</g>"
        )
        x += needed + 18
    return drawn, top + LINE_HEIGHT + 14


def _hatch(element_id: str) -> str:
    return (
        f'<defs><pattern id="{element_id}-hatch" width="6" height="6"'
        f' patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="6" height="6" fill="{WHITE}"/>'
        f'<rect width="2.5" height="6" fill="{TEAL}"/></pattern></defs>'
    )
