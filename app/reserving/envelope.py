"""What goes from whom to whom, and who is reading? All that is decided by, and nothing of the case itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from app.formats.spec import Klass
from app.reserving import rule

OWN, RECIPIENT, SECRETARIAT = "own", "recipient", "secretariat"
SPONSORS, COUNT, STRANGER = "sponsors", "count", "stranger"
KINDS = (OWN, RECIPIENT, SECRETARIAT, SPONSORS, COUNT, STRANGER)
"""Who reads: a unit of the sender, a unit it was sent to, the Secretariat, a sponsor, figures that are made
for publication, anybody else."""


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Envelope:
    """One communication. `bars` are countries that must never be told (whoever asks for protection against
    them is in it); `forwarded_by` are countries through which it came; `raised` are places whose class was
    raised in this record; `files` tells class and mark of attached files by their ids."""

    sender: str
    recipients: frozenset[str]
    tlp: str
    purpose: str
    at: date
    bars: frozenset[str] = frozenset()
    forwarded_by: frozenset[str] = frozenset()
    raised: Mapping[str, Klass] = field(default_factory=_nothing)
    files: Mapping[str, tuple[Klass, str]] = field(default_factory=_nothing)

    @property
    def senders(self) -> frozenset[str]:
        """Every country that sends it on to the reader."""
        return self.forwarded_by | {self.sender}


@dataclass(frozen=True)
class Reader:
    """Somebody who reads, for a purpose. `is_named`: a unit the sender (or who forwarded it) named;
    `released` are places of class secret that were released to it expressly."""

    kind: str
    country: str = ""
    unit_id: str = ""
    purpose: str = ""
    is_named: bool = False
    is_forwarded: bool = False
    released: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError("nobody reads in such a way")

    @property
    def is_counting(self) -> bool:
        """Whether figures are made of it and no page."""
        return self.kind == COUNT

    @property
    def counterpart(self) -> str:
        """As whom a rule names the reader."""
        return {SECRETARIAT: rule.SECRETARIAT, SPONSORS: rule.SPONSORS, COUNT: rule.SECRETARIAT}.get(
            self.kind, self.country
        )  # fmt: skip
