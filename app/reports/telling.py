"""Who is told that an edition counts a need in which they took part?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import or_

from app.extensions import db
from app.intake.hands import hands
from app.needs.models import NeedFact
from app.notices.telling import Notification, to_tell
from app.outbox import post
from app.outbox.deeds import Write, deed
from app.reports.models import Edition

PUBLISHED = "edition-counts-needs"


def published(edition_id: str) -> None:
    """Promise that those whose needs an edition counts are told, each once for all their needs."""
    post.to_do(PUBLISHED, edition=edition_id)


@deed(PUBLISHED)
def told(params: Mapping[str, Any]) -> Write:
    """Tell everybody who had a hand in a need that the edition counts."""
    edition = db.session.get_one(Edition, params["edition"])
    counted = db.select(NeedFact.need_id).where(*is_counted_in(edition))
    everybody = {whom for people in hands(counted).values() for whom in people}
    return to_tell(
        Notification(person_id=person_id, organisation_id=organisation_id, kind="in-report",
                     subject_id=edition.id, event=f"in-report:{edition.id}")
        for person_id, organisation_id in sorted(everybody)
    )  # fmt: skip


def is_counted_in(edition: Any) -> tuple[Any, ...]:
    """The conditions under which an edition, or its columns, counts a fact."""
    return (
        NeedFact.call_id == edition.call_id,
        NeedFact.valid_from <= edition.as_of,
        or_(NeedFact.valid_to.is_(None), NeedFact.valid_to > edition.as_of),
    )
