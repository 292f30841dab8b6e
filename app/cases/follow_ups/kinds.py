"""Which two follow-ups are there of one child, for which purpose, and in which units?

One is of the child, for its protection; the other of the person who travels with it, for crossings. They
share a pair and nothing else: what protects a child never answers a border or an investigation.
"""

from __future__ import annotations

from app.formats.words import N_
from app.organisations.units import PROTECTING

CHILD, COMPANION = "child", "companion"
PURPOSES = {CHILD: "PROTECTION", COMPANION: "BORDER_ALERT"}
"""Kind -> the purpose for which it is kept, and under which it is handed over."""
KINDS = {
    CHILD: N_("The child, for protection"),
    COMPANION: N_("The person with the child, for crossings"),
}
VERIFIED, CROSSED, DECIDED = "verified", "crossed", "decided"
STEPS = {CHILD: VERIFIED, COMPANION: CROSSED}
"""Kind -> what is written down step by step."""
KLASSES = {CHILD: "personal", COMPANION: "secret"}
"""Kind -> the class of what is written in words, as the Common Format has it."""


def kinds_of(unit_kind: str) -> tuple[str, ...]:
    """Which follow-ups a unit of this kind keeps."""
    return (CHILD, COMPANION) if unit_kind in PROTECTING else (COMPANION,)
