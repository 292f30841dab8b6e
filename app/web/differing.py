"""Which words of a text are gone in its next wording, and which came?"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import NamedTuple

MOST, MOST_PAIRS = 600, 10_000
"""Words that are compared at the most, without those with which both texts begin and end, and how often
a word of one may stand in the other, all in all: beyond that it would be felt on a page."""
ALIKE = 0.3
"""What two wordings must share at least; of less, every mark would only say that all is new."""
_WORD = re.compile(r"\S+")


class Part(NamedTuple):
    """Some words as they stand, with the spaces between them."""

    text: str
    is_marked: bool


Sides = tuple[list[Part], list[Part]]


def differing(before: str, after: str) -> Sides:
    """Both texts in parts, of which those are marked that the other does not have.

    Nothing is marked where one is empty, where they have little in common, or where they are too long.
    """
    words = [list(_WORD.finditer(text)) for text in (before, after)]
    spans = _spans([word[0] for word in words[0]], [word[0] for word in words[1]])
    return tuple(  # type: ignore[return-value]
        _parts(text, [(found[start].start(), found[end - 1].end()) for start, end in of_text])
        for text, found, of_text in zip((before, after), words, spans, strict=True)
    )


def _spans(old: list[str], new: list[str]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """From where to where the words differ, in each."""
    first = _same(old, new)
    last = _same(old[:first:-1], new[:first:-1]) if first < min(len(old), len(new)) else 0
    middle = [words[first : len(words) - last] for words in (old, new)]
    if max(map(len, middle)) > MOST or _pairs(*middle) > MOST_PAIRS:
        return [], []
    matching = SequenceMatcher(None, middle[0], middle[1], autojunk=False)
    steps = [step for step in matching.get_opcodes() if step[0] != "equal"]
    kept = first + last + sum(size for _old, _new, size in matching.get_matching_blocks())
    if kept < ALIKE * max(len(old), len(new)):
        return [], []
    return (
        [(first + start, first + end) for _tag, start, end, _, _ in steps if start < end],
        [(first + start, first + end) for _tag, _, _, start, end in steps if start < end],
    )


def _pairs(old: list[str], new: list[str]) -> int:
    counted = Counter(new)
    return sum(counted[word] for word in old)


def _same(old: list[str], new: list[str]) -> int:
    """With how many words both begin."""
    pairs = zip(old, new, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))


def _parts(text: str, spans: list[tuple[int, int]]) -> list[Part]:
    parts, at = [], 0
    for start, end in spans:
        parts += [Part(text[at:start], False), Part(text[start:end], True)]
        at = end
    return [part for part in (*parts, Part(text[at:], False)) if part.text]
