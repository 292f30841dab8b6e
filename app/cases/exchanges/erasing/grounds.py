"""On what ground is a communication erased before its day?"""

from __future__ import annotations

from app.formats.words import N_

GROUNDS = {
    "asked": N_("The person concerned, or a guardian, asked for it"),
    "ordered": N_("A court, or an authority for data protection, ordered it"),
    "mistaken": N_("It was written or released by mistake"),
    "not_needed": N_("It is no longer needed for what it was made for"),
    "other": N_("Another ground, named below"),
}
