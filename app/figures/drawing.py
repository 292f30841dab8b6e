"""What does every drawing have in common? Its frame, its accessible name, escaped text, plain numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from app.figures.labels import FONT_SIZE, LINE_HEIGHT
from app.figures.xml import plain

_ID = re.compile(r"[A-Za-z][\w-]*", re.ASCII)


def drawing(
    body: Iterable[str],
    *,
    element_id: str,
    title: str,
    description: str,
    width: int | None,
    height: float,
) -> str:
    """One `<svg>` with its name and description; `width` None fills the place it stands in.

    Text is drawn in the colour around it and in the system's font. Raises ValueError for an id
    that is not a plain name.
    """
    if not _ID.fullmatch(element_id):
        raise ValueError(f"not a plain id for a drawing: {element_id!r}")
    tall = number(max(height, 1))  # a drawing of no height is none to many programs
    size = f'width="{width or "100%"}" height="{tall}"'
    # A reader's font may be wider than was reckoned: on a page it runs on rather than being cut.
    frame = f' viewBox="0 0 {width} {tall}"' if width else ' overflow="visible"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{element_id}" role="img" {size}{frame}'
        f' aria-labelledby="{element_id}-title {element_id}-desc"'
        f' font-family="system-ui, sans-serif" font-size="{FONT_SIZE}">'
        f'<title id="{element_id}-title">{plain(title)}</title>'
        f'<desc id="{element_id}-desc">{plain(description)}</desc>'
        f"{''.join(body)}</svg>"
    )


def lines_of_text(lines: Sequence[str], *, x: str, y: float, ink: str) -> str:
    """Lines under one another, `y` being the base line of the first."""
    spans = "".join(
        f'<tspan x="{x}" y="{number(y + index * LINE_HEIGHT)}">{plain(line)}</tspan>'
        for index, line in enumerate(lines)
    )
    return f'<text fill="{ink}">{spans}</text>'


def tooltip(label: str, lines: Sequence[str], shown: str = "") -> str:
    """The whole label, where it had to be shortened; what is written anyway is not said twice."""
    if " ".join(lines).split() == label.split():
        return ""
    return f"<title>{plain(label)}{': ' if shown else ''}{plain(shown)}</title>"


def value_at_end(shown: str, *, x: float, unit: str, y: float, ink: str) -> str:
    """The number written just after its bar, which ends at `x`."""
    return f'<text x="{number(x)}{unit}" dx="8" y="{number(y)}" fill="{ink}">{plain(shown)}</text>'


def number(value: float | Decimal) -> str:
    """A coordinate with at most two decimals and never an exponent."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def counted(value: Decimal | int, *, label: str) -> Decimal:
    """The value, refused with ValueError where no length could show it."""
    exact = Decimal(value)
    if not exact.is_finite() or exact < 0:
        raise ValueError(f"cannot draw {exact} for {label!r}")
    return exact
