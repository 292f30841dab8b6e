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
TAKEN = ("accepted", "actioned")
"""Receipts by which a unit that is asked to take a follow-up over says that it does."""
OF_THE_LINK = "LINK_VERIFIED"
"""The outcome of a child's that no warning indicator may stand against."""
OUTCOMES_OF_COMPANION = {
    "NO_FURTHER_CROSSING": N_("No further crossing was seen"),
    "NOTHING_FOUND": N_("Nothing was found against the person"),
    "PASSED_ON": N_("Passed on to the competent authority"),
    "INVESTIGATION_OPENED": N_("An investigation was opened"),
    "LEFT_THE_COUNTRY": N_("Left the country"),
    "LOST_TRACK": N_("Lost track of the person"),
}
"""How the follow-up of the person with the child ends, who need not have done any wrong. How a child's does
stands in the format."""
VERIFIED, CROSSED, DECIDED = "verified", "crossed", "decided"
STEPS = {CHILD: VERIFIED, COMPANION: CROSSED}
"""Kind -> what is written down step by step."""
KLASSES = {CHILD: "personal", COMPANION: "secret"}
"""Kind -> the class of what is written in words, as the Common Format has it."""


def kinds_of(unit_kind: str) -> tuple[str, ...]:
    """Which follow-ups a unit of this kind keeps."""
    return (CHILD, COMPANION) if unit_kind in PROTECTING else (COMPANION,)
