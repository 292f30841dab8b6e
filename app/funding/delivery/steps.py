"""What does each step of a course require, and what of it is still missing, in words?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.formats.words import N_
from app.funding.courses import fixing
from app.funding.courses.models import Course
from app.funding.delivery.models import CourseEvaluation
from app.funding.delivery.numbers import Totals
from app.workflow import tables

ORDER = ("schedule", "deliver", "evaluate", "close")
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "schedule": N_("Fix the date"),
        "deliver": N_("Record that it was held"),
        "evaluate": N_("Conclude the evaluation"),
        "close": N_("Close the course"),
    }
)
"""What the button of each step says."""
DONE: Mapping[str, str] = MappingProxyType(
    {
        "schedule": N_("The date is fixed. Its confirmed pledges go with it."),
        "deliver": N_("The course is recorded as held."),
        "evaluate": N_("The evaluation is concluded."),
        "close": N_("The course is closed."),
    }
)


@dataclass(frozen=True)
class Requirement:
    """One thing that a step requires: the words for it, whether it is there, where it is written."""

    words: str
    is_met: bool
    endpoint: str


def next_step(course: Course) -> str:
    """The step that a course takes next; empty where none is left."""
    return next((verb for verb in ORDER if tables.COURSE.may(course.state, verb)), "")


def required(
    verb: str, course: Course, totals: Totals, evaluations: Sequence[CourseEvaluation], today: date
) -> list[Requirement]:
    """What a step requires of a course, in a fixed order."""
    if verb == "schedule":
        return [Requirement(*each) for each in fixing.required(course)]
    if verb == "deliver":
        is_over = course.ends_on is not None and course.ends_on <= today
        return [
            Requirement(N_("its last day has come"), is_over, "delivery.schedule"),
            Requirement(N_("the attendance of every country with seats"), totals.is_complete,
                        "delivery.attendance"),
        ]  # fmt: skip
    if verb == "evaluate":
        has_after = any(each.after_answers for each in evaluations)
        return [Requirement(N_("an evaluation after the course"), has_after, "delivery.evaluation")]
    return []
