"""Who is told of a step of a course? Those who had a hand in the needs for which it has seats."""

from __future__ import annotations

from app.extensions import db
from app.funding.courses.models import CourseSeat
from app.intake.hands import hands
from app.notices.telling import Notification, to_tell
from app.outbox.deeds import Write


def told_of_course(course_id: str, kind: str) -> Write:
    """Find out, for a deed, whom a step concerns: one notice for each, whatever number of their needs."""
    people = hands(db.select(CourseSeat.need_id).where(CourseSeat.course_id == course_id))
    first: dict[tuple[str, str], str] = {}
    for need_id in sorted(people):
        for whom in people[need_id]:
            first.setdefault(whom, need_id)
    return to_tell(
        Notification(person_id=person_id, organisation_id=organisation_id, kind=kind,
                     subject_id=course_id, dossier_id=need_id, event=f"{kind}:{course_id}")
        for (person_id, organisation_id), need_id in sorted(first.items())
    )  # fmt: skip
