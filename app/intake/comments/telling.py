"""Who is told of a comment: whoever it addresses, whoever spoke there before, and the other side?

A deed of the outbox: a delegation may not know who works for the Secretariat, nor the Secretariat who
drafts. Each person is told once of a comment, in the most personal way that fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.extensions import db
from app.intake.comments.circles import SHARED
from app.intake.comments.models import Comment, CommentMention
from app.intake.comments.queries import TALKING
from app.intake.hands import hands
from app.notices.telling import Notification, to_tell
from app.organisations.addresses import belonging, secretariat_ids
from app.outbox.deeds import Write, deed
from app.policy.roles import OFFICERS

COMMENTED = "comment-written"
Whom = tuple[str, str]


@deed(COMMENTED)
def told_of_comment(params: Mapping[str, Any]) -> Write:
    """Tell of a comment, unless it was withdrawn before that."""
    comment = db.session.get_one(Comment, params["comment"])
    if comment.withdrawn_at is not None:
        return to_tell([])
    told: dict[Whom, str] = {}
    for kind, whom in _audience(comment):
        told.setdefault(whom, kind)
    told.pop((comment.author_id, comment.author_organisation_id), None)
    reading = belonging({organisation_id for _, organisation_id in told}, TALKING)
    return to_tell(
        Notification(person_id=whom[0], organisation_id=whom[1], kind=kind, event=f"comment:{comment.id}",
                     subject_id=comment.parent_id or comment.id, dossier_id=comment.dossier_id)
        for whom, kind in told.items() if whom in reading
    )  # fmt: skip


def _audience(comment: Comment) -> Iterator[tuple[str, Whom]]:
    """(kind of notice, person and organisation), the most personal first."""
    addressed = db.select(CommentMention.person_id).where(CommentMention.comment_id == comment.id)
    for person_id in db.session.scalars(addressed):
        yield "mentioned", (person_id, comment.author_organisation_id)
    if comment.parent_id is not None:
        spoke = db.select(Comment.author_id, Comment.author_organisation_id).where(
            db.or_(Comment.id == comment.parent_id, Comment.parent_id == comment.parent_id)
        )
        for person_id, organisation_id in db.session.execute(spoke):
            yield "replied", (person_id, organisation_id)
    if comment.circle == SHARED:
        for whom in _other_side(comment):
            yield "commented", whom


def _other_side(comment: Comment) -> set[Whom]:
    if comment.author_organisation_id == comment.organisation_id:
        return belonging(secretariat_ids(), OFFICERS)
    return hands([comment.dossier_id]).get(comment.dossier_id, set())
