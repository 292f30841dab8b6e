"""What does a country reserve? One rule: which data, with whom, for what purpose, and what follows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from app.formats.canonical import canonical_json
from app.reserving.targets import CARRIAGE, Target

if TYPE_CHECKING:
    from app.reserving.envelope import Envelope, Reader

SECRETARIAT, SPONSORS = "ST", "SPONSORS"
"""Who beside countries a rule may name."""

ALL: frozenset[str] = frozenset()
"""Nobody and nothing named: everybody, every purpose."""


class Effect(StrEnum):
    """What a rule demands, from the mildest to the strictest."""

    ALLOW = "allow"
    AFTER_APPROVAL = "after_approval"
    CONSENT_ONLY = "consent_only"
    MASK = "mask"
    DENY = "deny"

    @property
    def severity(self) -> int:
        """How strict it is beside the others."""
        return _SEVERITY[self]


_SEVERITY = {effect: number for number, effect in enumerate(Effect)}


class Direction(StrEnum):
    """On which way a rule stands."""

    SEND = "send"
    RECEIVE = "receive"
    ONWARD = "onward"
    AGGREGATE = "aggregate"


class Of(StrEnum):
    """By what a rule names its data."""

    KEY = "key"
    SECTION = "section"
    CLASS = "class"
    TLP = "tlp"


@dataclass(frozen=True, slots=True)
class Selector:
    """The data of a rule; a key names a question, a whole table, or "persons.birth_date"."""

    of: Of
    value: str

    def selects(self, target: Target, klass: str, tlp: str) -> bool:
        """Whether it names this place, whose class in this record is `klass`; never what carries it all."""
        if target.place in CARRIAGE:
            return False
        if self.of is Of.KEY:
            return self.value in (target.place, target.key)
        if self.of is Of.SECTION:
            return self.value == target.section
        return self.value == (klass if self.of is Of.CLASS else tlp)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one country. Empty counterparts or purposes mean all; `mask` is for the effect mask."""

    id: str
    country: str
    direction: Direction
    selector: Selector
    effect: Effect
    counterparts: frozenset[str] = ALL
    purposes: frozenset[str] = ALL
    mask: str | None = None
    discloses: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    version: int = 1

    def __post_init__(self) -> None:
        if (self.effect is Effect.MASK) != (self.mask is not None):
            raise ValueError("a mask goes with the effect mask, and with no other")

    def is_in_force(self, day: date) -> bool:
        """Whether it holds on a day, both ends included."""
        begins, ends = self.valid_from or day, self.valid_to or day
        return begins <= day <= ends

    def is_about(self, other: str) -> bool:
        """Whether it concerns what goes to or comes from another; never what stays in the country."""
        return other != self.country and (not self.counterparts or other in self.counterparts)

    def is_for(self, *purposes: str) -> bool:
        """Whether it concerns any of these purposes."""
        return not self.purposes or not self.purposes.isdisjoint(purposes)

    def concerns(self, envelope: Envelope, reader: Reader) -> bool:
        """Whether it has a say when this reader is shown what lies in this envelope."""
        return (
            self.is_in_force(envelope.at)
            and self.is_for(envelope.purpose, reader.purpose)
            and self._is_on_the_way(envelope, reader)
        )

    def _is_on_the_way(self, envelope: Envelope, reader: Reader) -> bool:
        if self.direction is Direction.RECEIVE:
            return reader.country == self.country and any(map(self.is_about, envelope.senders))
        if self.country not in envelope.senders or not self.is_about(reader.counterpart):
            return False
        if self.direction is Direction.ONWARD:
            return reader.is_forwarded
        return self.direction is Direction.SEND or reader.is_counting


def digest(rules: Iterable[Rule]) -> str:
    """sha256 hex of rules, whatever their order: what a copy was made by."""
    told = sorted((_told(rule) for rule in rules), key=canonical_json)
    return hashlib.sha256(canonical_json(told)).hexdigest()


def _told(rule: Rule) -> list[Any]:
    return [
        rule.id, rule.version, rule.country, rule.direction, rule.selector.of, rule.selector.value, rule.effect,
        sorted(rule.counterparts), sorted(rule.purposes), rule.mask, rule.discloses,
        str(rule.valid_from), str(rule.valid_to),
    ]  # fmt: skip
