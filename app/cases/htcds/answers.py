"""Which answer to a question of the Common Format stands in a cell of HTCDS?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.cases.htcds.codes import read_code
from app.cases.htcds.findings import (
    NO_DAY,
    NO_EXACT,
    SEVERAL,
    UNKNOWN_CODE,
    At,
    Effect,
    Finding,
    tidy,
)
from app.cases.htcds.places import Place
from app.formats.kinds.base import BadAnswer

SEPARATOR = ";"
_SEVERAL_CODES = frozenset({"choices", "countries"})
_LOCALE = "en"


def read(place: Place, said: str, at: At) -> tuple[Any, list[Finding]]:
    """The answer, None where there is none; and what is to be said of it."""
    found: list[Finding] = []
    raw: Sequence[str] = [said]
    if place.item.codes or place.is_language:
        raw = list(_codes(place, said, at, found))
    elif place.field.kind.name in ("date", "partial_date"):
        raw = _day(said, at, found)
    if not raw:
        return None, found
    try:
        return place.field.kind.load(list(raw), place.field, _LOCALE), found
    except BadAnswer as bad:
        wrong = replace(
            at.finding(bad.message_id, found=tidy(said), effect=Effect.LEFT_OUT), params=bad.params
        )
        return None, [*found, wrong]


def _codes(place: Place, said: str, at: At, found: list[Finding]) -> Iterator[str]:
    pieces = _pieces(place, said)
    if len(pieces) > 1 and place.field.kind.name not in _SEVERAL_CODES:
        found.append(at.finding(SEVERAL, found=tidy(said), effect=Effect.LEFT_OUT))
        return
    for piece in pieces:
        theirs = _code(place, piece, at, found)
        ours = place.ours(theirs) if theirs else None
        if theirs and ours is None:
            what = UNKNOWN_CODE if place.is_language else NO_EXACT
            found.append(at.finding(what, found=tidy(piece), effect=Effect.LEFT_OUT))
        elif ours:
            yield ours


def _code(place: Place, piece: str, at: At, found: list[Finding]) -> str | None:
    if place.is_language:
        return tidy(piece).casefold()
    code, mismatches = read_code(place.item, piece, at)
    found += mismatches
    return code


def _pieces(place: Place, said: str) -> list[str]:
    """The answers in a cell: a label may hold the sign that parts answers, and forms part them by blanks."""
    if place.is_language or place.item.code_of(said):
        return [said]
    pieces = [piece for piece in said.split(SEPARATOR) if piece.strip()]
    words = said.split()
    if len(pieces) == 1 and len(words) > 1 and all(word in place.item.codes for word in words):
        return words
    return pieces


def _day(said: str, at: At, found: list[Finding]) -> list[str]:
    try:
        return [date.fromisoformat(tidy(said)).isoformat()]
    except ValueError:
        found.append(at.finding(NO_DAY, found=tidy(said), effect=Effect.LEFT_OUT))
        return []
