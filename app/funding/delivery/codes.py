"""Which codes stand in the record of a course: reasons, kinds of questions, answers, profiles?"""

from __future__ import annotations

from app.formats.spec import CodeList
from app.formats.words import N_
from app.needs.format import NEED

PROFILES: CodeList = NEED.code_lists["profiles"]
"""Profiles of participants, as needs name them."""

REASONS = {
    "workload": N_("could not be spared from work"),
    "travel": N_("travel or documents"),
    "health": N_("health or family"),
    "post": N_("changed post"),
    "content": N_("the course did not fit"),
    "language": N_("language"),
    "other": N_("another reason"),
    "unknown": N_("not known"),
}
"""Why somebody did not finish. Said of a delegation's people together, never of one."""

KINDS = {
    "knowledge": N_("Knowledge (a test, from 0 to 100)"),
    "confidence": N_("Confidence in doing the work (from 1 to 5)"),
    "satisfaction": N_("Satisfaction with the course (from 1 to 5)"),
}
"""What a question of the evaluation measures."""
SCALES = {"knowledge": (0, 100), "confidence": (1, 5), "satisfaction": (1, 5)}
"""Between which figures an average lies."""
FEW = 5
"""Fewer answers than these say little, and could be known again: the page says so beside them."""

ANSWERS = {
    "met": N_("Yes, the need was met"),
    "partly": N_("In part"),
    "not": N_("No"),
    "too_early": N_("It is too early to say"),
}
"""What either side may answer a year later."""
SIDES = {"country": N_("Country"), "sponsor": N_("Sponsor")}
