"""How does a label fit the place it has? Estimated widths, wrapping and shortening."""

from __future__ import annotations

import unicodedata

FONT_SIZE = 14
LINE_HEIGHT = 18
ELLIPSIS = "…"

# Shares of the font size, on the wide side: the reader's system font is not known here.
_NARROW = frozenset("iíìjlIrtf.,:;'|!()[] ")
_WIDE = frozenset("mwMWÑ@%&—…")


def text_width(text: str, *, size: float = FONT_SIZE) -> float:
    """Estimated width of a line of text in pixels; wrong by a few per cent, never by half."""
    return sum(_share(char) for char in text) * size


def wrap(text: str, *, width: float, lines: int = 2, size: float = FONT_SIZE) -> tuple[str, ...]:
    """The text in at most `lines` lines of `width` pixels, the last one shortened if it must be.

    An empty text gives one empty line, so that a bar without a name keeps its place.
    """
    wrapped: list[str] = []
    line = ""
    for word in _pieces(text, width, size):
        longer = f"{line} {word}" if line else word
        if text_width(longer, size=size) <= width:
            line = longer
            continue
        wrapped.append(line)
        line = word
    wrapped.append(line)
    if len(wrapped) <= lines:
        return tuple(wrapped)
    return (*wrapped[: lines - 1], _shortened(" ".join(wrapped[lines - 1 :]), width, size))


def _pieces(text: str, width: float, size: float) -> list[str]:
    """The words, each cut where it alone would be wider than the place."""
    pieces: list[str] = []
    for word in text.split():
        rest = word
        while text_width(rest, size=size) > width and len(rest) > 1:
            fits = _longest_start(rest, width, size)
            pieces.append(rest[:fits])
            rest = rest[fits:]
        pieces.append(rest)
    return pieces


def _shortened(text: str, width: float, size: float) -> str:
    room = width - text_width(ELLIPSIS, size=size)
    return text[: _longest_start(text, room, size)].rstrip() + ELLIPSIS


def _longest_start(text: str, width: float, size: float) -> int:
    """How many characters fit: at least one, so that cutting always ends."""
    used = 0.0
    for count, char in enumerate(text):
        used += _share(char) * size
        if used > width:
            return max(count, 1)
    return len(text)


def _share(char: str) -> float:
    if char in _NARROW:
        return 0.34
    if char in _WIDE or unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if unicodedata.combining(char):
        return 0.0
    return 0.68 if char.isupper() or char.isdigit() else 0.58
