"""What has to be written of a course before its date can be fixed?"""

from __future__ import annotations

from app.formats.words import N_
from app.funding.courses.models import Course


def required(course: Course) -> list[tuple[str, bool, str]]:
    """(in words, whether it is there, on which page it is written), in a fixed order."""
    has_days = bool(course.starts_on and course.ends_on)
    return [
        (N_("the first and the last day"), has_days, "courses.edit"),
        (N_("the place"), bool(course.place.strip()), "courses.edit"),
        (N_("the host"), course.host_id is not None, "courses.edit"),
        (N_("seats for at least one country"), course.seats > 0, "courses.seats"),
    ]
