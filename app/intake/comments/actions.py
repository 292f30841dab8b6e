"""What can be done with comments: say something, answer, withdraw, resolve, take up again?

Nothing that was said is rewritten. The trail says that it happened and where, never what was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app import clock
from app.audit import trail
from app.db.base import new_id
from app.db.changing import changed
from app.extensions import db
from app.formats.words import N_
from app.intake.comments.addressing import addressed
from app.intake.comments.circles import open_to
from app.intake.comments.models import Comment, CommentMention
from app.intake.comments.telling import COMMENTED
from app.intake.opened import Opened
from app.outbox import post
from app.policy.actor import Actor
from app.policy.engine import Forbidden, require
from app.policy.permissions import Permission
from app.web.refusal import Refusal
from app.workflow.machine import NotNow

LONGEST = 2000
"""Letters of a comment."""
NOTHING_SAID = N_("Write what you want to say.")
TOO_LONG = N_("A comment has at most %(limit)s characters. Your text is kept here: shorten it.")
NO_CIRCLE = N_("Choose who may read it. Nothing is chosen for you.")
NOT_YOURS = N_("Only whoever wrote a comment can withdraw it.")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody wants to say: where, to whom, in which words."""

    section: str
    field: str = ""
    circle: str = ""
    text: str
    mentioned: Sequence[str] = ()
    """Ids of colleagues."""
    others: Sequence[str] = ()
    """Names of colleagues, as somebody typed them."""


def write(actor: Actor, opened: Opened, said: Said, permission: Permission) -> Comment:
    """Begin a conversation about a section or a field. Raises Refusal at what is wrong."""
    _require(actor, permission, opened)
    if said.circle not in open_to(actor, opened.dossier):
        raise Refusal(NO_CIRCLE, field="circle")
    return _keep(actor, opened, said, parent=None)


def reply(
    actor: Actor, opened: Opened, parent: Comment, said: Said, permission: Permission
) -> Comment:
    """Answer in a conversation, in its circle. Raises Refusal, or NotNow where it is no beginning."""
    _require(actor, permission, opened)
    if parent.parent_id is not None:
        raise NotNow("comment", "reply", "reply")
    if parent.circle not in open_to(actor, opened.dossier):
        raise Forbidden(permission)
    return _keep(actor, opened, said, parent=parent)


def withdraw(actor: Actor, opened: Opened, comment: Comment, permission: Permission) -> None:
    """Take back one's own words: that and when something was said stays. Raises Refusal, NotNow."""
    _require(actor, permission, opened)
    author = comment.author_id, comment.author_organisation_id
    if author != (actor.person_id, actor.organisation_id):
        raise Refusal(NOT_YOURS, status=409)
    _move(comment, Comment.withdrawn_at.is_(None), "withdraw", withdrawn_at=clock.now())
    _record(actor, comment, "comment-withdrawn")


def resolve(actor: Actor, opened: Opened, comment: Comment, permission: Permission) -> None:
    """Say that a conversation is settled. Raises NotNow where somebody did before."""
    _require(actor, permission, opened)
    _move(
        comment, db.and_(Comment.resolved_at.is_(None), Comment.parent_id.is_(None)), "resolve",
        resolved_at=clock.now(), resolved_by=actor.person_id, resolved_name=actor.name,
    )  # fmt: skip
    _record(actor, comment, "comment-resolved")


def take_up_again(actor: Actor, opened: Opened, comment: Comment, permission: Permission) -> None:
    """Open a settled conversation again. Raises NotNow where it is open."""
    _require(actor, permission, opened)
    _move(comment, Comment.resolved_at.is_not(None), "reopen", resolved_at=None, resolved_by=None,
          resolved_name=None)  # fmt: skip
    _record(actor, comment, "comment-reopened")


def _require(actor: Actor, permission: Permission, opened: Opened) -> None:
    require(actor, permission, opened)
    if opened.is_discarded:
        raise NotNow("dossier", opened.state, "comment")


def _keep(actor: Actor, opened: Opened, said: Said, *, parent: Comment | None) -> Comment:
    _refuse_unfit(said.text)
    names = addressed(actor, said.mentioned, said.others)
    comment = Comment(
        id=new_id(), organisation_id=opened.organisation_id, dossier_id=opened.id,
        circle=parent.circle if parent else said.circle, parent_id=parent.id if parent else None,
        section=parent.section if parent else said.section,
        field=parent.field if parent else said.field,
        version_number=opened.dossier.versions_count, text=said.text, author_id=actor.person_id,
        author_name=actor.name, author_organisation_id=actor.organisation_id,
        created_at=clock.now(),
    )  # fmt: skip
    db.session.add(comment)
    db.session.flush()
    for person_id, name in names.items():
        db.session.add(CommentMention(comment_id=comment.id, person_id=person_id, person_name=name,
                                      organisation_id=opened.organisation_id))  # fmt: skip
    post.to_do(COMMENTED, comment=comment.id)
    _record(actor, comment, "comment-written", is_reply=parent is not None, mentioned=len(names))
    return comment


def _refuse_unfit(text: str) -> None:
    if not text:
        raise Refusal(NOTHING_SAID, field="text")
    if len(text) > LONGEST:
        raise Refusal(TOO_LONG, field="text", limit=LONGEST)


def _move(comment: Comment, still: Any, verb: str, **values: Any) -> None:
    """Write to a comment that still stands as it was seen; of two who are as fast the second hears."""
    moved = changed(
        db.session(),
        db.update(Comment)
        .where(Comment.id == comment.id, Comment.organisation_id == comment.organisation_id, still)
        .values(**values)
        .execution_options(synchronize_session=False),
    )
    if not moved:
        raise NotNow("comment", "settled" if verb == "resolve" else "open", verb)
    db.session.refresh(comment)


def _record(actor: Actor, comment: Comment, kind: str, **detail: Any) -> None:
    trail.record(
        actor, kind, subject=("comment", comment.id), owner=comment.organisation_id,
        part=f"{comment.section}.{comment.field}".rstrip("."),
        detail={"dossier": comment.dossier_id, "circle": comment.circle, **detail},
    )  # fmt: skip
