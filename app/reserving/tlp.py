"""How far may a mark be passed on? The five of TLP 2.0, each with circles of its own: a set and no ladder."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from app.reserving.envelope import COUNT, RECIPIENT, SPONSORS, Envelope, Reader


class Circle(StrEnum):
    """Where a reader stands towards a communication."""

    NAMED = "named"
    SAME_COUNTRY = "same_country"
    MEMBERS = "members"
    FIGURES = "figures"
    ANYBODY = "anybody"


MARKS: Mapping[str, frozenset[Circle]] = MappingProxyType({
    "RED": frozenset({Circle.NAMED}),
    "AMBER_STRICT": frozenset({Circle.NAMED}),
    "AMBER": frozenset({Circle.NAMED, Circle.SAME_COUNTRY, Circle.FIGURES}),
    "GREEN": frozenset({Circle.NAMED, Circle.SAME_COUNTRY, Circle.MEMBERS, Circle.FIGURES}),
    "CLEAR": frozenset(Circle),
})  # fmt: skip
"""Mark -> who may be told. RED is for the people of the named unit, AMBER_STRICT for that unit as an office:
both go no further; what differs is said to people and not by Enlace."""


def circle(envelope: Envelope, reader: Reader) -> Circle | None:
    """Where the reader stands; None: nowhere."""
    if reader.kind == COUNT:
        return Circle.FIGURES
    if reader.kind == SPONSORS:
        return Circle.ANYBODY
    if reader.kind != RECIPIENT or not reader.is_named:
        return None
    if not reader.is_forwarded:
        return Circle.NAMED
    return Circle.SAME_COUNTRY if reader.country in envelope.recipients else Circle.MEMBERS


def permits(mark: str, envelope: Envelope, reader: Reader) -> bool:
    """Whether a mark lets the reader be told. What has no mark, or another, is told to nobody."""
    return circle(envelope, reader) in MARKS.get(mark, frozenset())
