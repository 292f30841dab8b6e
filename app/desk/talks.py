"""Which open conversations wait for this person: addressed to them, or unanswered by their side?"""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import and_, or_
from sqlalchemy.orm import aliased

from app.desk.items import ASKED, Block, Item, block
from app.desk.saying import day, line, shortened
from app.extensions import db
from app.intake.comments.circles import SHARED
from app.intake.comments.models import Comment, CommentMention
from app.intake.models import Dossier
from app.policy.actor import Actor


def waiting(actor: Actor) -> Block:
    """The conversations that wait, the oldest first."""

    def draw(row: Any) -> Item:
        said = _("%(name)s, on %(day)s", name=row.author_name, day=day(row.created_at))
        return Item(
            title=shortened(row.text),
            url=url_for("needs.comment", comment_id=row.id),
            notes=(line(row.reference, said),),
            tag=(_("addressed to you"), "warn") if row.is_addressed else (_("to answer"), ""),
        )

    return block("talks", _("Conversations that wait for me"), rows(actor), draw)


def rows(actor: Actor) -> list[Any]:
    """Open conversations in which the person is addressed, or which the other side began and nobody
    of theirs has answered."""
    answer, addressed = aliased(Comment), aliased(Comment)
    is_addressed = (
        db.select(CommentMention.comment_id)
        .join(addressed, addressed.id == CommentMention.comment_id)
        .where(CommentMention.person_id == actor.person_id, addressed.withdrawn_at.is_(None),
               or_(addressed.id == Comment.id, addressed.parent_id == Comment.id))
        .correlate(Comment)
        .exists()
    )  # fmt: skip
    is_answered = (
        db.select(answer.id)
        .where(answer.parent_id == Comment.id,
               answer.author_organisation_id == actor.organisation_id)
        .correlate(Comment)
        .exists()
    )  # fmt: skip
    to_answer = and_(
        Comment.circle == SHARED, Comment.author_organisation_id != actor.organisation_id,
        ~is_answered,
    )  # fmt: skip
    return list(
        db.session.execute(
            db.select(Comment.id, Comment.text, Comment.author_name, Comment.created_at,
                      Dossier.reference, is_addressed.label("is_addressed"))
            .join(Dossier, Dossier.id == Comment.dossier_id)
            .where(Comment.parent_id.is_(None), Comment.resolved_at.is_(None),
                   Comment.withdrawn_at.is_(None), _visible(actor), or_(is_addressed, to_answer))
            .order_by(Comment.created_at, Comment.id)
            .limit(ASKED)
        )
    )  # fmt: skip


def _visible(actor: Actor) -> Any:
    if actor.is_secretariat:
        return and_(Comment.circle == SHARED, Dossier.is_submitted)
    return and_(Comment.organisation_id == actor.organisation_id, Dossier.state != "discarded")
