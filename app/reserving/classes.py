"""What may be told of a class where no country reserved anything? The rule behind all rules."""

from __future__ import annotations

from app.formats.spec import Klass
from app.reserving.envelope import COUNT, RECIPIENT, SECRETARIAT, SPONSORS, Envelope, Reader
from app.reserving.targets import Target

ENVELOPE = "envelope"
"""The section the Secretariat may read."""
CASE_NUMBER = "national_case_ref"
"""Secret, and yet released to the unit that is addressed: who answers cites it first."""
STATISTICS = "STATISTICS"
"""A purpose for which nobody needs to know who somebody is."""

_SEALED = (Klass.PERSONAL, Klass.SECRET)
_ORDER = tuple(Klass)


def stricter(one: Klass, other: Klass) -> Klass:
    """The stricter of two classes: a class is raised in a record and never lowered."""
    return max(one, other, key=_ORDER.index)


def class_in(target: Target, envelope: Envelope) -> Klass:
    """The class of a place in this record."""
    raised = envelope.raised.get(target.place, target.klass)
    return stricter(target.klass, raised)


def exists_for(target: Target, klass: Klass, reader: Reader) -> bool:
    """Whether this reader may know that the question is there at all."""
    if reader.kind == RECIPIENT:
        return reader.is_named
    if klass in _SEALED:
        return False
    if reader.kind == SECRETARIAT:
        return target.section == ENVELOPE
    return reader.kind == COUNT or (reader.kind == SPONSORS and klass is Klass.PUBLIC)


def permits(place: str, klass: Klass, envelope: Envelope, reader: Reader) -> bool:
    """Whether the class lets a reader for whom a place (or file) exists read what is there."""
    if klass not in _SEALED:
        return True
    if envelope.purpose == STATISTICS or reader.purpose != envelope.purpose:
        return False
    return klass is Klass.PERSONAL or _is_released(place, reader)


def _is_released(place: str, reader: Reader) -> bool:
    is_addressed = place == CASE_NUMBER and not reader.is_forwarded
    return is_addressed or place in reader.released
