"""Who is told that a course has a date, or was held? Those who had a hand in its needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.funding.courses.contributors import told_of_course
from app.outbox import post
from app.outbox.deeds import Write, deed

STEPPED = "course-stepped"
KINDS = {"schedule": "course-scheduled", "deliver": "course-held"}
"""Step -> the notice that tells of it; the others are no news to whoever wrote a need."""


def stepped(course_id: str, verb: str) -> None:
    """Promise to tell of a step, once."""
    if verb in KINDS:
        post.to_do(STEPPED, course=course_id, step=verb)


@deed(STEPPED)
def told(params: Mapping[str, Any]) -> Write:
    """Tell of a step."""
    return told_of_course(params["course"], KINDS[params["step"]])
