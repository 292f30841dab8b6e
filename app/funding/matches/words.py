"""How are the criteria and their verdicts called on pages?"""

from __future__ import annotations

from app.formats.words import N_
from app.matching.weights import KEYS

CRITERIA = {
    "theme": N_("Thematic content"),
    "profile": N_("Participant profile"),
    "level": N_("Level"),
    "language": N_("Language"),
    "window": N_("Period"),
    "seats": N_("Seats"),
    "eligibility": N_("Countries admitted"),
    "costs": N_("Cost lines"),
    "modality": N_("Way of teaching"),
    "validity": N_("Validity of the offer"),
}
VERDICTS = {
    "fits": (N_("fits"), "good"),
    "partly": (N_("fits in part"), "warn"),
    "fails": (N_("does not fit"), "bad"),
    "not_stated": (N_("not stated"), "quiet"),
    "not_asked": (N_("not asked of a host"), "quiet"),
}
"""Verdict -> (words, look of its tag)"""
INPUTS = {f"points_{key}": CRITERIA[key] for key in KEYS}
"""What the input of each criterion's weight is called."""
SILENCE, NOTE = "silence", "note"
LABELS = INPUTS | {SILENCE: N_("What is not stated counts, in per cent"),
                   NOTE: N_("Why they are changed")}  # fmt: skip
